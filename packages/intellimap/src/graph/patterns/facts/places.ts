/** Where a node stands: in which loop, block, function. */
import {
  bareNode,
  childAt,
  childrenOf,
  Field,
  Flag,
  has,
  isFunction,
  Kind,
  NONE,
  type Tree,
} from '../../tree/tree.ts';
import type { Source } from '../source.ts';
import { calleeName } from './names.ts';

const LOOPS: ReadonlySet<number> = new Set([
  Kind.ForStatement,
  Kind.ForInStatement,
  Kind.ForOfStatement,
  Kind.WhileStatement,
  Kind.DoWhileStatement,
]);

/** The innermost loop of the same body that runs the node again and again; `NONE`: none. What it goes over is asked once. */
export function loopAround({ tree }: Source, node: number): number {
  for (let at = node; at > 0 && !isFunction(tree, at); at = tree.parent[at]!) {
    const above = tree.parent[at];
    const field = tree.field[at];
    if (LOOPS.has(tree.kind[above]) && field !== Field.init && field !== Field.right) return above;
  }
  return NONE;
}

/** `xs.map(f)`, when the node is `f`; `NONE`: it is no callback of such. */
export function iteratedBy(tree: Tree, fn: number, methods: ReadonlySet<string>): number {
  const call = tree.parent[fn];
  const isFirst =
    call > 0 && tree.kind[call] === Kind.CallExpression && childAt(tree, call, Field.arguments) === fn;
  return isFirst && methods.has(calleeName(tree, call)) ? call : NONE;
}

/** Whether a node lies in a subtree. */
export const isWithin = (tree: Tree, node: number, around: number): boolean =>
  node >= around && node < tree.after[around];

/** Nodes of a kind in a subtree, those of functions inside left out, or not. In the order of the text. */
export function nodesIn(tree: Tree, around: number, kind: number, inner = false): number[] {
  const found: number[] = [];
  const end = tree.after[around];
  for (let at = around; at < end; at++) {
    if (!inner && at !== around && isFunction(tree, at)) {
      at = tree.after[at] - 1;
      continue;
    }
    if (tree.kind[at] === kind) found.push(at);
  }
  return found;
}

/** The statement, directly in a block, that a node is part of. */
export function statementOf(tree: Tree, node: number): number {
  let at = node;
  while (at > 0 && tree.field[at] !== Field.body && tree.field[at] !== Field.consequent)
    at = tree.parent[at]!;
  return at;
}

/** Statements of a function with a block, or none. */
export function bodyOf(tree: Tree, fn: number): number[] {
  const body = childAt(tree, fn, Field.body);
  return body !== NONE && tree.kind[body] === Kind.BlockStatement ? childrenOf(tree, body) : [];
}

/** What a function gives back, as it is written: operands of its own `return`s, or the value of an arrow. */
export function returnedBy(tree: Tree, fn: number): number[] {
  const body = childAt(tree, fn, Field.body);
  if (body === NONE) return [];
  if (tree.kind[body] !== Kind.BlockStatement) return [bareNode(tree, body)];
  return nodesIn(tree, body, Kind.ReturnStatement)
    .map((statement) => bareNode(tree, childAt(tree, statement, Field.argument)))
    .filter((value) => value !== NONE);
}

export const isAsync = (tree: Tree, fn: number): boolean => has(tree, fn, Flag.ASYNC);

/** The nearest function around it that is no callback of an iteration: it may run more often than that one. */
export function functionAround({ tree, owner }: Source, node: number): number {
  let at = owner[node];
  while (at !== 0 && iteratedBy(tree, at, ITERATIONS) !== NONE) at = owner[at]!;
  return at;
}

export const ITERATIONS: ReadonlySet<string> = new Set([
  'map',
  'forEach',
  'filter',
  'flatMap',
  'some',
  'every',
  'reduce',
  'find',
]);
