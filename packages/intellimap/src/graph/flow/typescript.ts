/** What of TypeScript runs beside expressions. The body of a namespace runs where it stands: nothing jumps out of it, and it cannot be called again. */
import { childAt, childrenOf, Field, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';

export const enumDeclared: Visit = (node, body) => {
  body.declare(childAt(body.tree, node, Field.id));
  for (const member of childrenOf(body.tree, childAt(body.tree, node, Field.body))) {
    const initializer = childAt(body.tree, member, Field.initializer);
    if (initializer !== NONE) body.value(initializer);
    body.step(Op.STORE, member);
    const name = childAt(body.tree, member, Field.id);
    // The members after it may name it.
    if (body.kind(name) === Kind.Identifier) body.declare(name);
  }
};

export const namespaceDeclared =
  (statementsIn: (nodes: readonly number[], body: Body) => void): Visit =>
  (node, body) => {
    const id = childAt(body.tree, node, Field.id);
    const block = childAt(body.tree, node, Field.body);
    if (block === NONE) return;
    const name = firstName(id, body);
    if (name !== NONE) body.declare(name);
    if (body.kind(block) === Kind.TSModuleDeclaration) body.statement(block);
    else statementsIn(childrenOf(body.tree, block), body);
  };

/** Of `A.B` it is `A`; `NONE` of `declare module 'a'`. */
function firstName(node: number, body: Body): number {
  let at = node;
  while (at !== NONE && body.kind(at) !== Kind.Identifier) at = childrenOf(body.tree, at)[0] ?? NONE;
  return at;
}

/** `import a = require('b')`, `import a = b.c` */
export const importAssigned: Visit = (node, body) => {
  const reference = childAt(body.tree, node, Field.moduleReference);
  if (body.kind(reference) === Kind.TSExternalModuleReference) body.step(Op.CALL, reference);
  else qualified(reference, body);
  body.declare(childAt(body.tree, node, Field.id));
};

function qualified(node: number, body: Body): void {
  if (body.kind(node) === Kind.Identifier) return body.step(Op.READ, node);
  const [left] = childrenOf(body.tree, node);
  if (left === undefined) return;
  qualified(left, body);
  body.step(Op.LOAD, node);
}

/** `export = a` */
export const exportAssigned: Visit = (node, body) => body.value(childAt(body.tree, node, Field.expression));
