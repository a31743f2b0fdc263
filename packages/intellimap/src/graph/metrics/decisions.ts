/** Where a body decides which way to go on, and how deep its statements lie. Pure. */
import { childAt, Field, Flag, has, Kind, textOf, type Tree } from '../tree/tree.ts';

/**
 * Decisions of a node: 1 for `if`, `?:`, each `case` with a value, loops, `catch`, `&&`, `||`, `??` and their assignments, `?.`, and defaults. One more than all decisions of a body is
 * its cyclomatic complexity, as the rule `complexity` of ESLint counts it.
 */
export function decisionsOf(tree: Tree, node: number): 0 | 1 {
  switch (tree.kind[node]) {
    case Kind.IfStatement:
    case Kind.ConditionalExpression:
    case Kind.LogicalExpression:
    case Kind.AssignmentPattern:
    case Kind.CatchClause:
      return 1;
    case Kind.SwitchCase:
      return childAt(tree, node, Field.test) >= 0 ? 1 : 0;
    case Kind.AssignmentExpression:
      return SHORT_CIRCUITS.has(textOf(tree, node)) ? 1 : 0;
    case Kind.MemberExpression:
    case Kind.CallExpression:
      return has(tree, node, Flag.OPTIONAL) ? 1 : 0;
    default:
      return isLoop(tree, node) ? 1 : 0;
  }
}

const SHORT_CIRCUITS: ReadonlySet<string> = new Set(['&&=', '||=', '??=']);

export const isLoop = (tree: Tree, node: number): boolean => LOOPS.has(tree.kind[node]);

const LOOPS: ReadonlySet<number> = new Set([
  Kind.DoWhileStatement,
  Kind.ForInStatement,
  Kind.ForOfStatement,
  Kind.ForStatement,
  Kind.WhileStatement,
]);

/** Statements in this one lie deeper; an `else if` lies as deep as its `if`. */
export function isDeeper(tree: Tree, node: number): boolean {
  switch (tree.kind[node]) {
    case Kind.IfStatement:
      return tree.field[node] !== Field.alternate;
    case Kind.SwitchStatement:
    case Kind.TryStatement:
    case Kind.WithStatement:
      return true;
    default:
      return isLoop(tree, node);
  }
}
