/** `using` and `await using`: what they hold is disposed of whichever way their block is left. */
import { Kind } from '../tree/tree.ts';
import type { Body } from './body.ts';
import { Op } from './flow.ts';
import { guarded } from './try.ts';

export const isUsing = (node: number, body: Body): boolean =>
  body.kind(node) === Kind.VariableDeclaration && body.text(node).endsWith('using');

/** Runs what follows a declaration in its block, then disposes. */
export function disposing(declaration: number, body: Body, rest: () => void): void {
  guarded(body, rest, () => {
    body.step(Op.CALL, declaration);
    if (body.text(declaration).startsWith('await')) body.wait(declaration);
  });
}
