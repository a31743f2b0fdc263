/** How large and how complex each body of a file is: a function, a field's initialiser, a static block, what stands outside of all functions. Pure. */
import type { Lines } from '../../transform/index.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { childrenOf, Field, Flag, has, Kind, type Tree } from '../tree/tree.ts';
import { type Bodies, bodiesOf } from './bodies.ts';
import { capturedBy } from './captured.ts';
import { type Cognitive, cognitiveOf } from './cognitive.ts';
import { decisionsOf, isDeeper, isLoop } from './decisions.ts';
import { type Halstead, halsteadOf } from './halstead.ts';
import { recursiveBodies } from './recursion.ts';

/** By body, in the order of the text. Functions within count for themselves alone, but for `cognitive` and `captured`. */
export interface Metrics extends Cognitive {
  readonly size: number;
  /** Node, as `bodyOwner` tells it; the program's is 0. */
  readonly owner: Int32Array;
  /** Decisions and one more: see `decisionsOf`. */
  readonly cyclomatic: Uint32Array;
  readonly halstead: Halstead;
  /** Greatest number of `if`, `switch`, `try`, `with` and loops that a statement lies in. */
  readonly nesting: Uint32Array;
  /** From the first to the last that it is written on. */
  readonly lines: Uint32Array;
  readonly parameters: Uint32Array;
  /** Variables of functions around it that it or a function within uses. */
  readonly captured: Uint32Array;
  /** Calls, `new`, tagged templates, `import()`. */
  readonly calls: Uint32Array;
  readonly loops: Uint32Array;
  /** `await`, and `for await`. */
  readonly awaits: Uint32Array;
}

export function metricsOf(tree: Tree, scopes: Scopes, lines: Lines): Metrics {
  const bodies = bodiesOf(tree);
  const { size, owner } = bodies;
  return {
    size,
    owner,
    ...countsOf(tree, bodies),
    ...cognitiveOf(tree, bodies, recursiveBodies(tree, scopes, bodies)),
    halstead: halsteadOf(tree, bodies),
    nesting: nestingOf(tree, bodies),
    lines: Uint32Array.from(owner, (node) => linesOfNode(tree, lines, node)),
    parameters: Uint32Array.from(owner, (node) => childrenOf(tree, node, Field.params).length),
    captured: capturedBy(tree, scopes, bodies),
  };
}

/** The line end that a file ends with is part of its last line. */
function linesOfNode(tree: Tree, lines: Lines, node: number): number {
  const [start, end] = [tree.start[node], tree.end[node]];
  return lines.at(Math.max(start, end - 1)).line - lines.at(start).line + 1;
}

type Counts = Pick<Metrics, 'cyclomatic' | 'calls' | 'loops' | 'awaits'>;

function countsOf(tree: Tree, { size, of }: Bodies): Counts {
  const cyclomatic = new Uint32Array(size).fill(1);
  const calls = new Uint32Array(size);
  const loops = new Uint32Array(size);
  const awaits = new Uint32Array(size);
  for (let node = 1; node < tree.size; node++) {
    const body = of[node];
    cyclomatic[body] += decisionsOf(tree, node);
    if (CALLS.has(tree.kind[node])) calls[body]++;
    if (isLoop(tree, node)) loops[body]++;
    if (isAwait(tree, node)) awaits[body]++;
  }
  return { cyclomatic, calls, loops, awaits };
}

const CALLS: ReadonlySet<number> = new Set([
  Kind.CallExpression,
  Kind.ImportExpression,
  Kind.NewExpression,
  Kind.TaggedTemplateExpression,
]);

const isAwait = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.AwaitExpression ||
  (tree.kind[node] === Kind.ForOfStatement && has(tree, node, Flag.SPECIAL));

function nestingOf(tree: Tree, { size, of }: Bodies): Uint32Array {
  const greatest = new Uint32Array(size);
  /** By node: what it and those around it in its body make. */
  const depth = new Uint16Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const above = tree.parent[node];
    const around = of[node] === of[above] ? depth[above] : 0;
    depth[node] = around + (isDeeper(tree, node) ? 1 : 0);
    greatest[of[node]] = Math.max(greatest[of[node]], depth[node]);
  }
  return greatest;
}

/** Of Halstead's counts: how much there is to read, in bits; how easily it goes wrong; how much thought that takes. 0 where there is nothing. */
export function effortOf({ operators, operands, allOperators, allOperands }: Halstead, body: number): Effort {
  const vocabulary = operators[body] + operands[body];
  const volume = vocabulary === 0 ? 0 : (allOperators[body] + allOperands[body]) * Math.log2(vocabulary);
  const difficulty = operands[body] === 0 ? 0 : (operators[body] / 2) * (allOperands[body] / operands[body]);
  return { volume, difficulty, effort: volume * difficulty };
}

export interface Effort {
  volume: number;
  difficulty: number;
  effort: number;
}
