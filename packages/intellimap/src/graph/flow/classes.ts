/** A class is made: keys and decorators are evaluated where it stands; what its own bodies do is told in their flows. */
import { childAt, childrenOf, Field, Flag, has, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';

export const classMade: Visit = (node, body) => {
  const { tree } = body;
  const own = childrenOf(tree, node, Field.decorators);
  for (const decorator of own) body.value(childAt(tree, decorator, Field.expression));
  const superClass = childAt(tree, node, Field.superClass);
  if (superClass !== NONE) body.value(superClass);
  const members = childrenOf(tree, childAt(tree, node, Field.body));
  for (const member of members) keyOf(member, body);
  body.step(Op.CLOSURE, node);
  for (const member of members)
    for (const decorator of childrenOf(tree, member, Field.decorators)) body.step(Op.CALL, decorator);
  for (const decorator of own) body.step(Op.CALL, decorator);
  for (const member of members) if (runsAtOnce(member, body)) body.step(Op.CALL, member);
};

function keyOf(member: number, body: Body): void {
  const { tree } = body;
  for (const decorator of childrenOf(tree, member, Field.decorators))
    body.value(childAt(tree, decorator, Field.expression));
  if (!has(tree, member, Flag.COMPUTED)) return;
  body.value(childAt(tree, member, Field.key));
  // It is made a text, or a symbol.
  body.step(Op.COMPUTE, member);
}

/** Static blocks, and static fields that have a value. */
function runsAtOnce(member: number, body: Body): boolean {
  const kind = body.kind(member);
  if (kind === Kind.StaticBlock) return true;
  if (kind !== Kind.PropertyDefinition && kind !== Kind.AccessorProperty) return false;
  return has(body.tree, member, Flag.STATIC) && childAt(body.tree, member, Field.value) !== NONE;
}

export const classDeclared: Visit = (node, body) => {
  classMade(node, body);
  const id = childAt(body.tree, node, Field.id);
  if (id !== NONE) body.declare(id);
};
