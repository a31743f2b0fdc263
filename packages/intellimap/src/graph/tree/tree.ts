/**
 * A syntax tree in columns: nodes are numbers, in the order of the text, those of a subtree side by side. 24 bytes a node, where objects take 120; what is asked of a tree
 * are loops over columns.
 */
import { Field, FIELD_NAMES, Flag, Kind, KIND_NAMES, type KindName } from './kinds.ts';

export interface Tree {
  /** Nodes; the program is node 0. */
  readonly size: number;
  /** `Kind` */
  readonly kind: Uint8Array;
  /** `Field` of the parent that it stands in. */
  readonly field: Uint8Array;
  /** `Flag` bits. */
  readonly flags: Uint8Array;
  /** -1: of the program. */
  readonly parent: Int32Array;
  /** Where its subtree ends: it is nodes `[node, after)`. */
  readonly after: Int32Array;
  /** Characters in the text. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** What it says, in `strings`: a name, an operator, `const`, `get`, the value of a literal; 0: nothing. */
  readonly text: Int32Array;
  readonly strings: readonly string[];
}

/** No node. */
export const NONE = -1;

/** What a node says. */
export const textOf = (tree: Tree, node: number): string => tree.strings[tree.text[node]];

export const has = (tree: Tree, node: number, flag: number): boolean => (tree.flags[node] & flag) !== 0;

/** The first child in a field; `NONE`: there is none. */
export function childAt(tree: Tree, node: number, field: number): number {
  const { after } = tree;
  for (let child = node + 1; child < after[node]; child = after[child]!)
    if (tree.field[child] === field) return child;
  return NONE;
}

/** All children in a field, or in any. */
export function childrenOf(tree: Tree, node: number, field?: number): number[] {
  const children: number[] = [];
  const { after } = tree;
  for (let child = node + 1; child < after[node]; child = after[child]!)
    if (field === undefined || tree.field[child] === field) children.push(child);
  return children;
}

/** Without what changes nothing of a value: parentheses, and what TypeScript writes around one. */
export function bareNode(tree: Tree, node: number): number {
  let inner = node;
  while (inner !== NONE && WRAPPING.has(tree.kind[inner])) inner = childAt(tree, inner, Field.expression);
  return inner;
}

const WRAPPING: ReadonlySet<number> = new Set([
  Kind.ParenthesizedExpression,
  Kind.ChainExpression,
  Kind.TSAsExpression,
  Kind.TSInstantiationExpression,
  Kind.TSNonNullExpression,
  Kind.TSSatisfiesExpression,
  Kind.TSTypeAssertion,
]);

/** Function, arrow, or method's function: it has parameters and a body. */
export const isFunction = (tree: Tree, node: number): boolean => FUNCTIONS.has(tree.kind[node]);

const FUNCTIONS: ReadonlySet<number> = new Set([
  Kind.FunctionDeclaration,
  Kind.FunctionExpression,
  Kind.ArrowFunctionExpression,
]);

/** The nearest node above that has a body of its own: a function, a field's initialiser, a static block, the program. */
export function bodyOwner(tree: Tree, node: number): number {
  for (let at = node; at > 0; at = tree.parent[at]!) {
    const above = tree.parent[at];
    const field = tree.field[at];
    const kind = tree.kind[above];
    if (FUNCTIONS.has(kind) && field !== Field.id) return above;
    if (kind === Kind.StaticBlock) return above;
    const isInitialiser = kind === Kind.PropertyDefinition || kind === Kind.AccessorProperty;
    if (isInitialiser && field === Field.value) return above;
  }
  return 0;
}

/** For people, and for tests: `IfStatement(test: Identifier "a", …)`. */
export function shownNode(tree: Tree, node: number): string {
  const parts = childrenOf(tree, node).map(
    (child) => `${FIELD_NAMES[tree.field[child]]}: ${shownNode(tree, child)}`,
  );
  const said = textOf(tree, node);
  const name: KindName = KIND_NAMES[tree.kind[node]];
  return `${name}${said && ` ${JSON.stringify(said)}`}${parts.length > 0 ? `(${parts.join(', ')})` : ''}`;
}

export { Field, Flag, Kind };
