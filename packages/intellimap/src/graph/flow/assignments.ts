/** `a = b`, `a += b`, `a ||= b`, `a++`: what is written is known before what it is given. */
import { bareNode, childAt, Field, Kind } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';
import { assigned } from './patterns.ts';
import { reference } from './references.ts';

export const assignment: Visit = (node, body) => {
  const operator = body.text(node);
  if (operator === '=') return simple(node, targetOf(node, body), body);
  if (isLogicalAssignment(operator)) {
    const after = body.draft.block();
    unlessKept(node, body, after);
    return body.draft.goTo(after);
  }
  const target = targetOf(node, body);
  body.value(target);
  body.value(childAt(body.tree, node, Field.right));
  body.step(Op.COMPUTE, node);
  store(target, body);
};

export const isLogicalAssignment = (operator: string): boolean => /^(?:&&|\|\||\?\?)=$/.test(operator);

const targetOf = (node: number, body: Body): number =>
  bareNode(body.tree, childAt(body.tree, node, Field.left));

function simple(node: number, target: number, body: Body): void {
  const right = childAt(body.tree, node, Field.right);
  const isMember = body.kind(target) === Kind.MemberExpression;
  if (isMember) reference(target, body);
  body.value(right);
  if (isMember) body.step(Op.STORE, target);
  else assigned(target, body);
}

/** `a &&= b` and its like: goes to `kept` when the value stays as it is, and on when it was written. */
export function unlessKept(node: number, body: Body, kept: number): void {
  const target = targetOf(node, body);
  body.value(target);
  const right = body.draft.block();
  if (body.text(node) === '&&=') body.branch(node, right, kept);
  else body.branch(node, kept, right);
  body.draft.begin(right);
  body.value(childAt(body.tree, node, Field.right));
  store(target, body);
}

export const update: Visit = (node, body) => {
  const target = bareNode(body.tree, childAt(body.tree, node, Field.argument));
  body.value(target);
  body.step(Op.COMPUTE, node);
  store(target, body);
};

function store(target: number, body: Body): void {
  if (body.kind(target) === Kind.MemberExpression) body.step(Op.STORE, target);
  else assigned(target, body);
}
