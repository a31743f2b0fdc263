/** `try`: who hears of what fails in it. There is one copy of `finally`; from its end edges lead to all that it was entered for. */
import { childAt, Field, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';
import { declared } from './patterns.ts';

export const tryStatement: Visit = (node, body) => {
  const finalizer = childAt(body.tree, node, Field.finalizer);
  if (finalizer === NONE) caught(node, body);
  else
    guarded(
      body,
      () => caught(node, body),
      () => body.statement(finalizer),
    );
};

function caught(node: number, body: Body): void {
  const { draft, exits, tree } = body;
  const handler = childAt(tree, node, Field.handler);
  const block = childAt(tree, node, Field.block);
  if (handler === NONE) return body.statement(block);
  const [entry, after] = [draft.block(), draft.block()];
  exits.enter({ type: 'catch', entry });
  draft.fresh();
  body.statement(block);
  exits.leave();
  draft.edge(after);
  draft.begin(entry);
  body.safe(Op.CATCH, handler);
  const param = childAt(tree, handler, Field.param);
  if (param !== NONE) declared(param, body);
  body.statement(childAt(tree, handler, Field.body));
  draft.goTo(after);
}

/** Runs `last` whichever way `first` is left. */
export function guarded(body: Body, first: () => void, last: () => void): void {
  const { draft, exits } = body;
  const [entry, after] = [draft.block(), draft.block()];
  const frame = exits.enter({ type: 'finally' as const, entry, pending: [], isFailing: false });
  draft.fresh();
  first();
  exits.leave();
  const isNormal = draft.isLive();
  draft.goTo(entry);
  const isDead = !draft.isLive();
  last();
  if (isNormal || isDead) draft.edge(after);
  exits.resume(frame);
  draft.begin(after);
}
