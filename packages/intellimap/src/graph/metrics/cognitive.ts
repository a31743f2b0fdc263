/**
 * Cognitive complexity: how hard a function is to follow (G. Ann Campbell, "Cognitive Complexity: a new way of measuring understandability", SonarSource).
 *
 * 1 for each `if`, `?:`, `switch`, loop and `catch`, and 1 more for each of these that it lies in; 1 for each `else` and `else if`, for each jump to a label, for each run of the
 * same logical operator, and for a function that calls itself. `??` and `?.` are free. A function within another one lies one deeper and counts for both, unless the outer one
 * decides nothing itself and so only declares.
 */
import { bareNode, childAt, Field, Kind, NONE, type Tree, textOf } from '../tree/tree.ts';
import type { Bodies } from './bodies.ts';
import { isLoop } from './decisions.ts';

export interface Cognitive {
  /** By body; of the program only what stands outside of all functions. */
  readonly cognitive: Uint32Array;
  /** By body: without functions within. */
  readonly cognitiveOwn: Uint32Array;
}

export function cognitiveOf(tree: Tree, bodies: Bodies, isRecursive: Uint8Array): Cognitive {
  const level = levelsOf(tree, bodies);
  /** Increments, and how many of them grow with what lies around. */
  const sum = Uint32Array.from(isRecursive);
  const growing = new Uint32Array(bodies.size);
  for (let node = 1; node < tree.size; node++) {
    const body = bodies.of[node];
    sum[body] += flatIncrement(tree, node) + (isElse(tree, node) ? 1 : 0);
    if (!isStructure(tree, node)) continue;
    sum[body] += 1 + level[node];
    growing[body]++;
  }
  return { cognitive: joined(bodies, level, sum, growing), cognitiveOwn: sum };
}

/** Functions within are added; those have higher numbers. */
function joined(bodies: Bodies, level: Uint16Array, own: Uint32Array, ownGrowing: Uint32Array): Uint32Array {
  const sum = own.slice();
  const growing = ownGrowing.slice();
  const result = new Uint32Array(bodies.size);
  for (let body = bodies.size - 1; body > 0; body--) {
    // What only declares does not make anything lie deeper.
    result[body] = ownGrowing[body] > 0 ? sum[body] : sum[body] - growing[body];
    const outer = bodies.outer[body];
    sum[outer] += sum[body] + growing[body] * (level[bodies.owner[body]] + 1);
    growing[outer] += growing[body];
  }
  result[0] = own[0];
  return result;
}

/** By node: how many structures of its own body it lies in. */
export function levelsOf(tree: Tree, bodies: Bodies): Uint16Array {
  const level = new Uint16Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const above = tree.parent[node];
    if (bodies.of[node] !== bodies.of[above]) continue;
    level[node] = level[above] + (liesDeeper(tree, above, node) ? 1 : 0);
  }
  return level;
}

/** In the branches of a structure, not in what it asks. */
function liesDeeper(tree: Tree, above: number, node: number): boolean {
  switch (tree.kind[above]) {
    case Kind.IfStatement:
      return tree.field[node] !== Field.test && !isElseIf(tree, node);
    case Kind.ConditionalExpression:
      return tree.field[node] !== Field.test;
    case Kind.SwitchStatement:
      return tree.field[node] === Field.cases;
    case Kind.CatchClause:
      return tree.field[node] === Field.body;
    default:
      return isLoop(tree, above) && tree.field[node] === Field.body;
  }
}

const isElseIf = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.IfStatement && isElse(tree, node);

/** It counts more the deeper it lies. */
export function isStructure(tree: Tree, node: number): boolean {
  switch (tree.kind[node]) {
    case Kind.IfStatement:
      return !isElseIf(tree, node);
    case Kind.ConditionalExpression:
    case Kind.SwitchStatement:
    case Kind.CatchClause:
      return true;
    default:
      return isLoop(tree, node);
  }
}

/** What it counts wherever it lies. */
export function flatIncrement(tree: Tree, node: number): number {
  switch (tree.kind[node]) {
    case Kind.BreakStatement:
    case Kind.ContinueStatement:
      return childAt(tree, node, Field.label) === NONE ? 0 : 1;
    case Kind.LogicalExpression:
      return isLogical(tree, node) && !isPartOfRun(tree, node) ? new Runs(tree).count(node) : 0;
    default:
      return 0;
  }
}

export const isElse = (tree: Tree, node: number): boolean =>
  tree.field[node] === Field.alternate && tree.kind[tree.parent[node]] === Kind.IfStatement;

const isLogical = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.LogicalExpression && textOf(tree, node) !== '??';

/** An operand of another one, in parentheses or not. */
function isPartOfRun(tree: Tree, node: number): boolean {
  let above = tree.parent[node];
  while (bareNode(tree, above) === node) above = tree.parent[above];
  return isLogical(tree, above);
}

/** Operators from left to right: `a && b && c || d` has two runs. */
class Runs {
  readonly #tree: Tree;
  #last = '';
  #runs = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  count(node: number): number {
    const tree = this.#tree;
    this.#operand(childAt(tree, node, Field.left));
    const operator = textOf(tree, node);
    if (operator !== this.#last) this.#runs++;
    this.#last = operator;
    this.#operand(childAt(tree, node, Field.right));
    return this.#runs;
  }

  #operand(node: number): void {
    const bare = bareNode(this.#tree, node);
    if (isLogical(this.#tree, bare)) this.count(bare);
  }
}
