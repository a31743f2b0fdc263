/**
 * How often functions may be called, where nobody has seen the program run: from who names whom in how many loops. A guess of the order of magnitude; as shares of the program's own time, so
 * that the absolute speed of the machine does not matter much. Pure.
 */
import { type FunctionFacts, LOOP_TURNS } from './facts.ts';

export interface Estimated {
  facts: FunctionFacts;
  /** Last part of its name: what calls name it by. */
  name: string;
}

/** ns that a node of the tree takes when it runs, about: optimised code, and what it waits for. */
const NODE_NS = 1.5;
/** How far callers of callers are followed. */
const ROUNDS = 4;
const MOST = 1e9;
/** Nodes of its own that a function has at most which is called small. */
const SMALL = 30;

/** Calls in a second of the program's own time, by function; of modules 0. */
export function estimatedRates(functions: readonly Estimated[]): number[] {
  const weights = weightsOf(functions);
  let ns = 0;
  for (const [at, { facts }] of functions.entries()) ns += weights[at] * facts.work * NODE_NS;
  return functions.map(({ facts }, at) => (facts.node === 0 ? 0 : (weights[at] * 1e9) / Math.max(ns, 1)));
}

/** Calls nobody, is short, and is called in a loop, as far as names tell. */
export function smallInLoops(functions: readonly Estimated[]): boolean[] {
  const looped = new Set(
    functions.flatMap(({ facts }) => facts.calls.filter(({ depth }) => depth > 0).map(({ name }) => name)),
  );
  return functions.map(
    ({ facts, name }) =>
      facts.callSites === 0 &&
      facts.size <= SMALL &&
      facts.loops === 0 &&
      (facts.repeated !== null || looped.has(name)),
  );
}

/** Calls of each function while each module runs once. */
function weightsOf(functions: readonly Estimated[]): Float64Array {
  const named = new Map<string, number[]>();
  for (const [at, { facts, name }] of functions.entries()) {
    if (facts.node === 0 || name === '') continue;
    const same = named.get(name);
    if (same === undefined) named.set(name, [at]);
    else same.push(at);
  }
  let weights = new Float64Array(functions.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) weights = called(functions, named, weights);
  return weights;
}

function called(
  functions: readonly Estimated[],
  named: ReadonlyMap<string, number[]>,
  before: Float64Array,
): Float64Array<ArrayBuffer> {
  // Nobody may name it, and somebody call it: once.
  const now = new Float64Array(functions.length).fill(1);
  for (const [at, { facts }] of functions.entries())
    for (const { name, depth } of facts.calls) {
      const callees = named.get(name);
      if (callees === undefined) continue;
      const calls = (before[at] * LOOP_TURNS ** depth) / callees.length;
      for (const callee of callees) now[callee] = Math.min(MOST, now[callee] + calls);
    }
  for (const [at, { facts }] of functions.entries())
    if (facts.repeated !== null) now[at] = Math.min(MOST, now[at] * LOOP_TURNS ** facts.repeated);
  return now;
}
