/** Tests: what is known after a part of one is not asked again. */
import { childAt, Field, Kind } from '../tree/tree.ts';
import { unlessKept } from './assignments.ts';
import type { Body } from './body.ts';

/**
 * Evaluates a test and goes to one of two blocks. `owner` is what tests it: its branch comes last, and TRUE is the way when the whole test is true.
 */
export function condition(
  node: number,
  body: Body,
  owner: number,
  whenTrue: number,
  whenFalse: number,
): void {
  test(node, body, owner, whenTrue, whenFalse, false);
}

/** @param isNegated whether `owner` sees the opposite of it; both targets are of the node's own value */
function test(node: number, body: Body, owner: number, whenTrue: number, whenFalse: number, isNegated: boolean): void {
  const { tree, draft } = body;
  const kind = body.kind(node);
  const says = body.text(node);
  if (kind === Kind.ParenthesizedExpression)
    return test(childAt(tree, node, Field.expression), body, owner, whenTrue, whenFalse, isNegated);
  if (kind === Kind.UnaryExpression && says === '!')
    return test(childAt(tree, node, Field.argument), body, owner, whenFalse, whenTrue, !isNegated);
  if (kind === Kind.LogicalExpression && says !== '??') {
    const right = draft.block();
    if (says === '&&') condition(childAt(tree, node, Field.left), body, node, right, whenFalse);
    else condition(childAt(tree, node, Field.left), body, node, whenTrue, right);
    draft.begin(right);
    return test(childAt(tree, node, Field.right), body, owner, whenTrue, whenFalse, isNegated);
  }
  if (kind === Kind.AssignmentExpression && (says === '&&=' || says === '||='))
    unlessKept(node, body, says === '&&=' ? whenFalse : whenTrue);
  else body.value(node);
  if (isNegated) body.branch(owner, whenFalse, whenTrue);
  else body.branch(owner, whenTrue, whenFalse);
} // prettier-ignore

/** Evaluates the left side of `??` and goes where there is a value, or where there is none. */
function present(node: number, body: Body, owner: number, there: number, missing: number): void {
  const { tree, draft } = body;
  const kind = body.kind(node);
  if (kind === Kind.ParenthesizedExpression)
    return present(childAt(tree, node, Field.expression), body, owner, there, missing);
  if (kind !== Kind.LogicalExpression || body.text(node) !== '??') {
    body.value(node);
    return body.branch(owner, there, missing);
  }
  const right = draft.block();
  present(childAt(tree, node, Field.left), body, node, there, right);
  draft.begin(right);
  present(childAt(tree, node, Field.right), body, owner, there, missing);
}

/** `a && b`, `a || b`, `a ?? b` whose value is wanted. */
export function logical(node: number, body: Body): void {
  const { tree, draft } = body;
  const right = draft.block();
  const after = draft.block();
  const left = childAt(tree, node, Field.left);
  const says = body.text(node);
  if (says === '&&') condition(left, body, node, right, after);
  else if (says === '||') condition(left, body, node, after, right);
  else present(left, body, node, after, right);
  draft.begin(right);
  body.value(childAt(tree, node, Field.right));
  draft.goTo(after);
}

export function conditional(node: number, body: Body): void {
  const { tree, draft } = body;
  const [whenTrue, whenFalse, after] = [draft.block(), draft.block(), draft.block()];
  condition(childAt(tree, node, Field.test), body, node, whenTrue, whenFalse);
  draft.begin(whenTrue);
  body.value(childAt(tree, node, Field.consequent));
  draft.edge(after);
  draft.begin(whenFalse);
  body.value(childAt(tree, node, Field.alternate));
  draft.goTo(after);
}
