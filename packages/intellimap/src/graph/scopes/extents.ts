/** Which nodes make scopes, and where those begin: a class is named, and its decorators run, outside of it. Pure. */
import { childAt, childrenOf, Field, Flag, has, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';

/** The first node in the scope that this one makes; `NONE`: it makes none. */
export function beginOf(tree: Tree, node: number): number {
  switch (tree.kind[node]) {
    case Kind.BlockStatement:
      return beginOfBlock(tree, node);
    case Kind.FunctionDeclaration:
    case Kind.ClassDeclaration:
    case Kind.ClassExpression:
      return firstWithin(tree, node);
    case Kind.FunctionExpression:
    case Kind.ArrowFunctionExpression:
    case Kind.StaticBlock:
    case Kind.ForStatement:
    case Kind.ForInStatement:
    case Kind.ForOfStatement:
    case Kind.CatchClause:
      return node + 1;
    case Kind.PropertyDefinition:
    case Kind.AccessorProperty:
      return childAt(tree, node, Field.value);
    case Kind.SwitchStatement:
      return childAt(tree, node, Field.cases);
    case Kind.WithStatement:
    case Kind.TSEnumDeclaration:
      return childAt(tree, node, Field.body);
    case Kind.TSModuleDeclaration:
      return beginOfNamespace(tree, node);
    default:
      return NONE;
  }
}

/** The body of a function belongs to its scope, unless parameters are computed: those do not see what the body declares. */
function beginOfBlock(tree: Tree, node: number): number {
  if (tree.after[node] === node + 1) return NONE;
  const above = tree.parent[node];
  return isBody(tree, node) && !hasComputedParameters(tree, above) ? NONE : node + 1;
}

/** It is the body of a function. */
export function isBody(tree: Tree, node: number): boolean {
  const above = tree.kind[tree.parent[node]];
  return (
    tree.field[node] === Field.body &&
    (above === Kind.FunctionDeclaration ||
      above === Kind.FunctionExpression ||
      above === Kind.ArrowFunctionExpression)
  );
}

function hasComputedParameters(tree: Tree, node: number): boolean {
  for (const parameter of childrenOf(tree, node, Field.params))
    for (let at = parameter; at < tree.after[parameter]; at++) {
      if (tree.kind[at] === Kind.AssignmentPattern) return true;
      if (tree.kind[at] === Kind.Property && has(tree, at, Flag.COMPUTED)) return true;
    }
  return false;
}

/** Names alone: `arguments` shares their values in sloppy code. */
export const hasPlainParameters = (tree: Tree, node: number): boolean =>
  childrenOf(tree, node, Field.params).every((parameter) => tree.kind[parameter] === Kind.Identifier);

/** The name of a class expression is known in it alone. */
function firstWithin(tree: Tree, node: number): number {
  const isExpression = tree.kind[node] === Kind.ClassExpression;
  let child = node + 1;
  while (tree.field[child] === Field.decorators) child = tree.after[child];
  return tree.field[child] === Field.id && !isExpression ? tree.after[child] : child;
}

/** Behind the first name: of `namespace A.B {}`, B lies within A. */
function beginOfNamespace(tree: Tree, node: number): number {
  let name = node + 1;
  while (tree.kind[name] === Kind.TSQualifiedName) name++;
  return name + 1;
}

/** What begins with `'use strict'`: the program, or the body of a function. */
export function isStrictBody(tree: Tree, node: number): boolean {
  for (let statement = node + 1; statement < tree.after[node]; statement = tree.after[statement]) {
    const text = statement + 1;
    const isDirective =
      tree.kind[statement] === Kind.ExpressionStatement &&
      tree.kind[text] === Kind.Literal &&
      has(tree, text, Flag.STRING);
    if (!isDirective) return false;
    // Written without escapes.
    if (textOf(tree, text) === 'use strict' && tree.end[text] - tree.start[text] === 12) return true;
  }
  return false;
}
