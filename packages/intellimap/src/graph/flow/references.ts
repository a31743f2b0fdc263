/** Members, calls and optional chains, and what is written or deleted of members. */
import { childAt, childrenOf, Field, Flag, has, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';

/** Object and key of a member, and whether the chain goes on. */
export function reference(node: number, body: Body): void {
  const { tree } = body;
  const object = childAt(tree, node, Field.object);
  if (body.kind(object) !== Kind.Super) body.value(object);
  goOn(node, body);
  if (has(tree, node, Flag.COMPUTED)) body.value(childAt(tree, node, Field.property));
}

export const member: Visit = (node, body) => {
  reference(node, body);
  body.step(Op.LOAD, node);
};

export const call: Visit = (node, body) => {
  const callee = childAt(body.tree, node, Field.callee);
  if (body.kind(callee) !== Kind.Super) body.value(callee);
  goOn(node, body);
  for (const argument of childrenOf(body.tree, node, Field.arguments)) body.value(argument);
  body.step(Op.CALL, node);
};

/** `?.`: only if there is something before it. */
function goOn(node: number, body: Body): void {
  if (!has(body.tree, node, Flag.OPTIONAL)) return;
  const next = body.draft.block();
  body.branch(node, next, body.chainEnd);
  body.draft.begin(next);
}

/** All of a chain is left when one link is not there. */
export function chain(node: number, body: Body, link: Visit): void {
  const around = body.chainEnd;
  const end = body.draft.block();
  body.chainEnd = end;
  link(childAt(body.tree, node, Field.expression), body);
  body.draft.goTo(end);
  body.chainEnd = around;
}

export const chained: Visit = (node, body) => chain(node, body, (link) => body.value(link));

/** `delete` */
export const deleted: Visit = (node, body) => {
  const kind = body.kind(node);
  if (kind === Kind.ParenthesizedExpression || kind === Kind.TSNonNullExpression)
    deleted(childAt(body.tree, node, Field.expression), body);
  else if (kind === Kind.ChainExpression) chain(node, body, deleted);
  else if (kind === Kind.MemberExpression) {
    reference(node, body);
    body.step(Op.STORE, node);
  } else if (kind !== Kind.Identifier) body.value(node);
};

export const taggedTemplate: Visit = (node, body) => {
  const { tree } = body;
  body.value(childAt(tree, node, Field.tag));
  const quasi = childAt(tree, node, Field.quasi);
  for (const value of childrenOf(tree, quasi, Field.expressions)) body.value(value);
  body.step(Op.CALL, node);
};

export const imported: Visit = (node, body) => {
  body.value(childAt(body.tree, node, Field.source));
  const options = childAt(body.tree, node, Field.options);
  if (options !== NONE) body.value(options);
  body.step(Op.CALL, node);
};
