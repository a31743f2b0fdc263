/** What statements do. What is not listed does nothing when control comes by. */
import { childAt, childrenOf, Field, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { classDeclared } from './classes.ts';
import { condition } from './conditions.ts';
import { NOWHERE } from './exits.ts';
import { Op } from './flow.ts';
import { doWhileLoop, forLoop, iteration, type VisitLoop, whileLoop } from './loops.ts';
import { declared } from './patterns.ts';
import { tryStatement } from './try.ts';
import { enumDeclared, exportAssigned, importAssigned, namespaceDeclared } from './typescript.ts';
import { disposing, isUsing } from './using.ts';
import { visitsOf } from './visits.ts';

/** The statements of a body or block: functions that it declares are made before all else. */
export function statementsIn(nodes: readonly number[], body: Body): void {
  hoist(nodes, body);
  run(nodes, body);
}

export function hoist(nodes: readonly number[], body: Body): void {
  for (const node of nodes) hoisted(node, body);
}

function hoisted(node: number, body: Body): void {
  const kind = body.kind(node);
  if (kind === Kind.ExportNamedDeclaration || kind === Kind.ExportDefaultDeclaration) {
    const declaration = childAt(body.tree, node, Field.declaration);
    if (declaration !== NONE) hoisted(declaration, body);
  } else if (kind === Kind.LabeledStatement) hoisted(childAt(body.tree, node, Field.body), body);
  else if (kind === Kind.FunctionDeclaration && childAt(body.tree, node, Field.body) !== NONE) {
    body.safe(Op.CLOSURE, node);
    const id = childAt(body.tree, node, Field.id);
    if (id !== NONE) body.declare(id);
  }
}

/** Runs statements whose functions are made already. */
export function run(nodes: readonly number[], body: Body, from = 0): void {
  for (let at = from; at < nodes.length; at++) {
    const node = nodes[at];
    body.statement(node);
    if (isUsing(node, body)) return disposing(node, body, () => run(nodes, body, at + 1));
  }
}

/** One that is no block: functions may be declared there, in old scripts. */
function alone(node: number, body: Body): void {
  if (body.kind(node) === Kind.FunctionDeclaration) hoisted(node, body);
  else body.statement(node);
}

const block: Visit = (node, body) => statementsIn(childrenOf(body.tree, node), body);

const expression: Visit = (node, body) => body.value(childAt(body.tree, node, Field.expression));

const variables: Visit = (node, body) => {
  for (const declarator of childrenOf(body.tree, node)) {
    const id = childAt(body.tree, declarator, Field.id);
    const init = childAt(body.tree, declarator, Field.init);
    if (init !== NONE) {
      body.value(init);
      // It has to have a method that disposes of it.
      if (isUsing(node, body)) body.step(Op.COMPUTE, declarator);
      declared(id, body);
    } else if (body.text(node) === 'let') declared(id, body);
  }
};

const ifStatement: Visit = (node, body) => {
  const { draft, tree } = body;
  const [whenTrue, after] = [draft.block(), draft.block()];
  const alternate = childAt(tree, node, Field.alternate);
  const whenFalse = alternate === NONE ? after : draft.block();
  condition(childAt(tree, node, Field.test), body, node, whenTrue, whenFalse);
  draft.begin(whenTrue);
  alone(childAt(tree, node, Field.consequent), body);
  draft.edge(after);
  if (alternate !== NONE) {
    draft.begin(whenFalse);
    alone(alternate, body);
    draft.edge(after);
  }
  draft.begin(after);
};

const switchStatement: Visit = (node, body) => {
  const { draft, exits, tree } = body;
  body.value(childAt(tree, node, Field.discriminant));
  const cases = childrenOf(tree, node, Field.cases);
  const statements = cases.map((each) => childrenOf(tree, each, Field.consequent));
  hoist(statements.flat(), body);
  const after = draft.block();
  const entries = cases.map(() => draft.block());
  exits.enter({ type: 'target', labels: [], isPlain: true, breakTo: after, continueTo: NOWHERE });
  choose(cases, entries, after, body);
  cases.forEach((_, at) => {
    if (at === 0) draft.begin(entries[at]);
    else draft.goTo(entries[at]);
    run(statements[at], body);
  });
  exits.leave();
  if (cases.length > 0) draft.edge(after);
  draft.begin(after);
};

/** Tests one case after the other; `default` is what is left, wherever it stands. */
function choose(cases: readonly number[], entries: readonly number[], after: number, body: Body): void {
  const { draft, tree } = body;
  const other = cases.findIndex((each) => childAt(tree, each, Field.test) === NONE);
  const otherwise = other === -1 ? after : entries[other];
  const tested = cases.filter((_, at) => at !== other);
  if (tested.length === 0) draft.edge(otherwise);
  tested.forEach((each, at) => {
    body.value(childAt(tree, each, Field.test));
    const isLast = at === tested.length - 1;
    const next = isLast ? otherwise : draft.block();
    body.branch(each, entries[cases.indexOf(each)], next);
    if (!isLast) draft.begin(next);
  });
}

/** Labels in front of a statement are one list: of a loop `continue` may name each. */
const labeled: Visit = (node, body) => {
  const labels: string[] = [];
  let inner = node;
  for (; body.kind(inner) === Kind.LabeledStatement; inner = childAt(body.tree, inner, Field.body))
    labels.push(body.text(childAt(body.tree, inner, Field.label)));
  const loop = LOOPS.get(body.kind(inner));
  if (loop) return loop(inner, body, labels);
  const after = body.draft.block();
  body.exits.enter({ type: 'target', labels, isPlain: false, breakTo: after, continueTo: NOWHERE });
  body.statement(inner);
  body.exits.leave();
  body.draft.goTo(after);
};

const labelOf = (node: number, body: Body): string => {
  const label = childAt(body.tree, node, Field.label);
  return label === NONE ? '' : body.text(label);
};

const returned: Visit = (node, body) => {
  const argument = childAt(body.tree, node, Field.argument);
  if (argument !== NONE) body.value(argument);
  leave(node, body);
};

/** `return`, also without the word. In async generators what is returned is awaited. */
export function leave(node: number, body: Body): void {
  if (body.isAsync && body.isGenerator) body.step(Op.RETURN, node);
  else body.safe(Op.RETURN, node);
  body.exits.return();
}

const thrown: Visit = (node, body) => {
  body.value(childAt(body.tree, node, Field.argument));
  body.safe(Op.THROW, node);
  body.exits.throw();
};

const within: Visit = (node, body) => {
  body.value(childAt(body.tree, node, Field.object));
  body.step(Op.COMPUTE, node);
  alone(childAt(body.tree, node, Field.body), body);
};

const exported: Visit = (node, body) => {
  const declaration = childAt(body.tree, node, Field.declaration);
  if (declaration === NONE) return;
  if (DECLARATIONS.has(body.kind(declaration))) body.statement(declaration);
  else body.value(declaration);
};

const DECLARATIONS: ReadonlySet<number> = new Set([
  Kind.ClassDeclaration,
  Kind.FunctionDeclaration,
  Kind.TSEnumDeclaration,
  Kind.TSImportEqualsDeclaration,
  Kind.TSModuleDeclaration,
  Kind.VariableDeclaration,
]);

const LOOPS: ReadonlyMap<number, VisitLoop> = new Map([
  [Kind.DoWhileStatement, doWhileLoop],
  [Kind.ForInStatement, iteration],
  [Kind.ForOfStatement, iteration],
  [Kind.ForStatement, forLoop],
  [Kind.WhileStatement, whileLoop],
]);

const loop: Visit = (node, body) => LOOPS.get(body.kind(node))!(node, body, []);

export const STATEMENTS: readonly Visit[] = visitsOf(
  {
    BlockStatement: block,
    BreakStatement: (node, body) => body.exits.break(labelOf(node, body)),
    ClassDeclaration: classDeclared,
    ContinueStatement: (node, body) => body.exits.continue(labelOf(node, body)),
    DoWhileStatement: loop,
    ExportDefaultDeclaration: exported,
    ExportNamedDeclaration: exported,
    ExpressionStatement: expression,
    ForInStatement: loop,
    ForOfStatement: loop,
    ForStatement: loop,
    IfStatement: ifStatement,
    LabeledStatement: labeled,
    ReturnStatement: returned,
    SwitchStatement: switchStatement,
    ThrowStatement: thrown,
    TryStatement: tryStatement,
    TSEnumDeclaration: enumDeclared,
    TSExportAssignment: exportAssigned,
    TSImportEqualsDeclaration: importAssigned,
    TSModuleDeclaration: namespaceDeclared(statementsIn),
    VariableDeclaration: variables,
    WhileStatement: loop,
    WithStatement: within,
  },
  () => {},
);
