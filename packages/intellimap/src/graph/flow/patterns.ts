/** What destructuring does: parts are read, defaults are branches, and each name is written when its part is there. */
import { childAt, childrenOf, Field, Flag, has, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';
import { reference } from './references.ts';

/** Names are declared: writing them does not fail. */
export const declared: Visit = (node, body) => element(node, body, true, NONE, NONE);

/** Variables and members are given what was evaluated before. */
export const assigned: Visit = (node, body) => element(node, body, false, NONE, NONE);

/** @param op how the part is read, of node `source`; `NONE`: it is there already */
function element(node: number, body: Body, isNew: boolean, op: number, source: number): void {
  const { tree } = body;
  const hasDefault = body.kind(node) === Kind.AssignmentPattern;
  const target = place(hasDefault ? childAt(tree, node, Field.left) : node, body);
  const isMember = body.kind(target) === Kind.MemberExpression;
  // Which member is meant is known before the part is read.
  if (isMember) reference(target, body);
  if (op !== NONE) body.step(op, source);
  if (hasDefault) byDefault(node, body);
  if (isMember) body.step(Op.STORE, target);
  else put(target, body, isNew);
}

/** Parentheses around what is written mean nothing. */
function place(node: number, body: Body): number {
  let inner = node;
  while (WRAPPERS.has(body.kind(inner))) inner = childAt(body.tree, inner, Field.expression);
  return inner;
}

const WRAPPERS: ReadonlySet<number> = new Set([
  Kind.ParenthesizedExpression,
  Kind.TSAsExpression,
  Kind.TSNonNullExpression,
  Kind.TSSatisfiesExpression,
  Kind.TSTypeAssertion,
]);

/** TRUE: there is a value. */
function byDefault(node: number, body: Body): void {
  const { draft } = body;
  const missing = draft.block();
  const after = draft.block();
  body.branch(node, after, missing);
  draft.begin(missing);
  body.value(childAt(body.tree, node, Field.right));
  draft.goTo(after);
}

function put(node: number, body: Body, isNew: boolean): void {
  const kind = body.kind(node);
  if (kind === Kind.ObjectPattern) object(node, body, isNew);
  else if (kind === Kind.ArrayPattern) array(node, body, isNew);
  else if (kind === Kind.RestElement) put(childAt(body.tree, node, Field.argument), body, isNew);
  else if (kind === Kind.TSParameterProperty) element(childAt(body.tree, node, Field.parameter), body, isNew, NONE, NONE);
  else if (kind !== Kind.Identifier) body.value(node);
  else if (isNew) body.declare(node);
  else body.assign(node);
} // prettier-ignore

function object(node: number, body: Body, isNew: boolean): void {
  const { tree } = body;
  // Nothing can be taken out of null.
  body.step(Op.COMPUTE, node);
  for (const property of childrenOf(tree, node)) {
    if (body.kind(property) === Kind.RestElement)
      element(childAt(tree, property, Field.argument), body, isNew, Op.COMPUTE, property);
    else {
      if (has(tree, property, Flag.COMPUTED)) body.value(childAt(tree, property, Field.key));
      element(childAt(tree, property, Field.value), body, isNew, Op.LOAD, property);
    }
  }
}

/** Asks for an iterator, then for each element, and closes it at the end unless a rest has taken all. */
function array(node: number, body: Body, isNew: boolean): void {
  const { tree } = body;
  body.step(Op.ITERATE, node);
  let hasRest = false;
  for (const part of childrenOf(tree, node)) {
    hasRest = body.kind(part) === Kind.RestElement;
    if (body.kind(part) === Kind.Hole) body.step(Op.ITERATE, part);
    else element(hasRest ? childAt(tree, part, Field.argument) : part, body, isNew, Op.ITERATE, part);
  }
  if (!hasRest) body.step(Op.ITERATE, node);
}
