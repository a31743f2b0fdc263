/** What makes up the cognitive complexity of a function, construct by construct: the same sum as `cognitiveOf`, for people who ask why. Pure. */
import { childAt, Field, Kind, type Tree, textOf } from '../tree/tree.ts';
import type { Bodies } from './bodies.ts';
import { flatIncrement, isElse, isStructure, levelsOf } from './cognitive.ts';
import { isLoop } from './decisions.ts';

export interface CognitivePart {
  /** Of a function that calls itself the function. */
  node: number;
  /** What it is: `if`, `else`, `for`, `&& ||`, `recursion`. */
  what: string;
  amount: number;
  /** Of `amount`, what is because of structures and functions around. */
  nesting: number;
}

/** Of a body with the functions within, in the order of the text; of the program (0) what stands outside of all functions. */
export function cognitiveParts(
  tree: Tree,
  bodies: Bodies,
  isRecursive: Uint8Array,
  body: number,
): CognitivePart[] {
  const level = levelsOf(tree, bodies);
  const owner = bodies.owner[body];
  const around = depthsIn(tree, bodies, level, body);
  const parts: CognitivePart[] = [];
  const inner = new Set<number>();
  for (let node = owner; node < tree.after[owner]; node++) {
    const of = bodies.of[node];
    if (around[of] < 0 || (body === 0 && of !== 0)) continue;
    if (isRecursive[of] === 1 && !inner.has(of)) parts.push({ node: bodies.owner[of], what: 'recursion', amount: 1, nesting: 0 });
    inner.add(of);
    if (node === 0) continue;
    const flat = flatIncrement(tree, node);
    if (flat > 0) parts.push({ node, what: wordsOf(tree, node, flat), amount: flat, nesting: 0 });
    if (isElse(tree, node)) parts.push({ node, what: tree.kind[node] === Kind.IfStatement ? 'else if' : 'else', amount: 1, nesting: 0 });
    if (!isStructure(tree, node)) continue;
    const nesting = level[node] + around[of];
    parts.push({ node, what: whatIs(tree, node), amount: 1 + nesting, nesting });
  }
  return parts;
} // prettier-ignore

/** By body: how much deeper what is in it lies than what is in the one that is asked for; -1: it is not within that one. */
function depthsIn(tree: Tree, bodies: Bodies, level: Uint16Array, body: number): Int32Array {
  const depth = new Int32Array(bodies.size).fill(-1);
  depth[body] = 0;
  const decides = decidesItself(tree, bodies, body);
  for (let inner = body + 1; inner < bodies.size; inner++) {
    const outer = bodies.outer[inner];
    if (depth[outer] < 0) continue;
    // What only declares does not make anything lie deeper.
    const isFree = outer === body && !decides;
    depth[inner] = depth[outer] + level[bodies.owner[inner]] + (isFree ? 0 : 1);
  }
  return depth;
}

function decidesItself(tree: Tree, { of }: Bodies, body: number): boolean {
  return of.some((each, node) => each === body && node > 0 && isStructure(tree, node));
}

/** Of an expression with several runs of operators all of these. */
function wordsOf(tree: Tree, node: number, runs: number): string {
  return runs > 1 ? '|| &&' : whatIs(tree, node);
}

function whatIs(tree: Tree, node: number): string {
  switch (tree.kind[node]) {
    case Kind.ConditionalExpression:
      return '?:';
    case Kind.LogicalExpression:
      return textOf(tree, node);
    case Kind.CatchClause:
      return 'catch';
    case Kind.SwitchStatement:
      return 'switch';
    case Kind.BreakStatement:
    case Kind.ContinueStatement: {
      const word = tree.kind[node] === Kind.BreakStatement ? 'break' : 'continue';
      return `${word} ${textOf(tree, childAt(tree, node, Field.label))}`;
    }
    default:
      return isLoop(tree, node) ? LOOPS[tree.kind[node]] : 'if';
  }
}

const LOOPS: Readonly<Record<number, string>> = {
  [Kind.DoWhileStatement]: 'do … while',
  [Kind.ForInStatement]: 'for … in',
  [Kind.ForOfStatement]: 'for … of',
  [Kind.ForStatement]: 'for',
  [Kind.WhileStatement]: 'while',
};
