/** Tests: what is known after a part of one is not asked again. */
import { childAt, Field, Kind, textOf } from '../tree/tree.ts';
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
  test({ node, owner, whenTrue, whenFalse, isNegated: false }, body);
}

interface Test {
  readonly node: number;
  readonly owner: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  /** Whether `owner` sees the opposite of it; both targets are of the node's own value. */
  readonly isNegated: boolean;
}

/** Goes down on the left side, and comes back on the right ones: long conditions are as deep as they are long. */
function test(whole: Test, body: Body): void {
  const { draft } = body;
  const left: { block: number; test: Test }[] = [];
  let first = whole;
  for (let parts = partsOf(first, body); parts !== undefined; parts = partsOf(first, body)) {
    const block = draft.block();
    left.push({ block, test: { ...first, node: parts.right } });
    first = leftOf(first, parts, block);
  }
  tested(first, body);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    draft.begin(next.block);
    test(next.test, body);
  }
}

interface Parts {
  readonly left: number;
  readonly right: number;
  readonly says: string;
}

/** Of `a && b` and `a || b`. */
function partsOf({ node }: Test, { tree }: Body): Parts | undefined {
  const says = textOf(tree, node);
  if (tree.kind[node] !== Kind.LogicalExpression || says === '??') return undefined;
  return { left: childAt(tree, node, Field.left), right: childAt(tree, node, Field.right), says };
}

/** @param block where the right side begins */
function leftOf(whole: Test, { left, says }: Parts, block: number): Test {
  const ways = says === '&&' ? { whenTrue: block } : { whenFalse: block };
  return { ...whole, ...ways, node: left, owner: whole.node, isNegated: false };
}

/** Of one that has no such parts. */
function tested(asked: Test, body: Body): void {
  const { tree } = body;
  const { node, owner, whenTrue, whenFalse, isNegated } = asked;
  const kind = body.kind(node);
  const says = body.text(node);
  if (kind === Kind.ParenthesizedExpression)
    return test({ ...asked, node: childAt(tree, node, Field.expression) }, body);
  if (kind === Kind.UnaryExpression && says === '!') {
    const argument = childAt(tree, node, Field.argument);
    const turned = { owner, whenTrue: whenFalse, whenFalse: whenTrue, isNegated: !isNegated };
    return test({ node: argument, ...turned }, body);
  }
  if (kind === Kind.AssignmentExpression && (says === '&&=' || says === '||='))
    unlessKept(node, body, says === '&&=' ? whenFalse : whenTrue);
  else body.value(node);
  if (isNegated) body.branch(owner, whenFalse, whenTrue);
  else body.branch(owner, whenTrue, whenFalse);
}

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
