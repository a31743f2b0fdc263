/** Loops: each has a head, to which control comes back. */
import { bareNode, childAt, childrenOf, Field, Flag, has, Kind, NONE } from '../tree/tree.ts';
import type { Body } from './body.ts';
import { condition } from './conditions.ts';
import { NOWHERE } from './exits.ts';
import { EdgeKind, Op } from './flow.ts';
import { assigned, declared } from './patterns.ts';
import { disposing, isUsing } from './using.ts';

/** A loop, with the labels in front of it. */
export type VisitLoop = (node: number, body: Body, labels: readonly string[]) => void;

export const whileLoop: VisitLoop = (node, body, labels) => {
  const { draft, tree } = body;
  const [inner, after] = [draft.block(), draft.block()];
  const head = draft.head();
  tested(childAt(tree, node, Field.test), body, node, inner, after);
  draft.begin(inner);
  repeated(node, body, labels, after, head);
  draft.edge(head, EdgeKind.BACK);
  draft.begin(after);
};

export const doWhileLoop: VisitLoop = (node, body, labels) => {
  const { draft, tree } = body;
  const [test, again, after] = [draft.block(), draft.block(), draft.block()];
  const head = draft.head();
  repeated(node, body, labels, after, test);
  draft.goTo(test);
  tested(childAt(tree, node, Field.test), body, node, again, after);
  draft.begin(again);
  draft.edge(head, EdgeKind.BACK);
  draft.begin(after);
};

export const forLoop: VisitLoop = (node, body, labels) => {
  const init = childAt(body.tree, node, Field.init);
  if (init === NONE) return turns(node, body, labels);
  if (!isDeclaration(init, body)) body.value(init);
  else body.statement(init);
  if (isUsing(init, body)) disposing(init, body, () => turns(node, body, labels));
  else turns(node, body, labels);
};

const turns: VisitLoop = (node, body, labels) => {
  const { draft, tree } = body;
  const [inner, after, next] = [draft.block(), draft.block(), draft.block()];
  const head = draft.head();
  tested(childAt(tree, node, Field.test), body, node, inner, after);
  draft.begin(inner);
  repeated(node, body, labels, after, next);
  draft.goTo(next);
  const update = childAt(tree, node, Field.update);
  if (update !== NONE) body.value(update);
  draft.edge(head, EdgeKind.BACK);
  draft.begin(after);
};

/** A test that is always true, or missing, is none. */
function tested(test: number, body: Body, owner: number, whenTrue: number, whenFalse: number): void {
  const bare = test === NONE ? NONE : bareNode(body.tree, test);
  if (bare === NONE || isConstant(bare, body, 'true')) body.draft.edge(whenTrue);
  else if (isConstant(bare, body, 'false')) body.draft.edge(whenFalse);
  else condition(test, body, owner, whenTrue, whenFalse);
}

const isConstant = (node: number, body: Body, says: string): boolean =>
  body.kind(node) === Kind.Literal && !has(body.tree, node, Flag.STRING) && body.text(node) === says;

function repeated(node: number, body: Body, labels: readonly string[], breakTo: number, continueTo: number): void {
  body.exits.enter({ type: 'target', labels, isPlain: true, breakTo, continueTo });
  body.statement(childAt(body.tree, node, Field.body));
  body.exits.leave();
} // prettier-ignore

/** `for in` and `for of`: asks for an iterator, then before each turn for what comes next. Leaving `for of` early closes it. */
export const iteration: VisitLoop = (node, body, labels) => {
  const { draft, exits } = body;
  const isOf = body.kind(node) === Kind.ForOfStatement;
  const isAsync = has(body.tree, node, Flag.SPECIAL);
  const [inner, after] = [draft.block(), draft.block()];
  const head = iterated(node, body, isAsync);
  body.branch(node, inner, after);
  draft.begin(inner);
  exits.enter({ type: 'target', labels, isPlain: true, breakTo: after, continueTo: NOWHERE });
  if (isOf) exits.enter({ type: 'closing', node, isAsync });
  exits.enter({ type: 'target', labels, isPlain: true, breakTo: NOWHERE, continueTo: head });
  turn(node, body);
  exits.leave();
  if (isOf) exits.leave();
  exits.leave();
  draft.edge(head, EdgeKind.BACK);
  draft.begin(after);
};

function turn(node: number, body: Body): void {
  const left = childAt(body.tree, node, Field.left);
  if (isDeclaration(left, body)) declared(childAt(body.tree, declarator(left, body), Field.id), body);
  else assigned(left, body);
  const inner = (): void => body.statement(childAt(body.tree, node, Field.body));
  if (isUsing(left, body)) disposing(left, body, inner);
  else inner();
}

function iterated(node: number, body: Body, isAsync: boolean): number {
  const left = childAt(body.tree, node, Field.left);
  // Old scripts may give the variable of a `for in` a value of its own.
  if (isDeclaration(left, body) && childAt(body.tree, declarator(left, body), Field.init) !== NONE)
    body.statement(left);
  body.value(childAt(body.tree, node, Field.right));
  body.step(Op.ITERATE, node);
  const head = body.draft.head();
  body.step(Op.ITERATE, node);
  if (isAsync) body.wait(node);
  return head;
}

const isDeclaration = (node: number, body: Body): boolean => body.kind(node) === Kind.VariableDeclaration;
const declarator = (node: number, body: Body): number => childrenOf(body.tree, node)[0];
