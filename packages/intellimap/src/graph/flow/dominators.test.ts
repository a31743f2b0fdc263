/** Against what the words mean, on random graphs and on random programs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { Kind, NONE, type Tree } from '../tree/tree.ts';
import { flowsOf } from './build.ts';
import { controlDependence } from './control.ts';
import { dominatorsIn } from './dominators-in.ts';
import { dominates, dominatorsOf, followedEdges, postDominatorsOf } from './dominators.ts';
import { program } from './fixtures/programs.ts';
import { ENTRY, EXIT, FAILED, type Flow } from './flow.ts';
import { graphOf } from './graph.ts';
import { loopsOf } from './loops-of.ts';

type Edge = [number, number];

const treeOf = (text: string): Tree =>
  flatten(readFile(text, { path: 'a.ts', lang: 'ts', goal: 'module' }).program);
const flowIn = (text: string): Flow => flowsOf(treeOf(text))[0];

/** What is reached, with one block taken out. */
function reached(edges: readonly Edge[], root: number, without = NONE): Set<number> {
  const all = new Set<number>();
  const queue = root === without ? [] : [root];
  for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
    if (all.has(block)) continue;
    all.add(block);
    for (const [from, to] of edges) if (from === block && to !== without) queue.push(to);
  }
  return all;
}

/** By definition: all blocks without which it is not reached. */
function dominatingByDefinition(edges: readonly Edge[], root: number, block: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => at).filter((at) => !reached(edges, root, at).has(block));
}

function dominating(above: Int32Array, block: number): number[] {
  const all: number[] = [];
  for (let at = block; at !== NONE; at = above[at]) all.push(at);
  return all.toSorted((a, b) => a - b);
}

const edgesOf = (flow: Flow): Edge[] => Array.from(flow.from, (from, edge) => [from, flow.to[edge]]);

const graphs = fc
  .integer({ min: 3, max: 14 })
  .chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 3 }),
    ),
  );

test('dominators of any graph', () => {
  fc.assert(
    fc.property(graphs, ([size, edges]) => {
      const above = dominatorsIn(graphOf(size, edges.map(([from]) => from), edges.map(([, to]) => to)), 0);
      const all = reached(edges, 0);
      for (let block = 0; block < size; block++) {
        if (all.has(block)) expect(dominating(above, block)).toEqual(dominatingByDefinition(edges, 0, block, size));
        else expect(above[block]).toBe(NONE);
      }
    }),
    { numRuns: 1500 },
  );
}); // prettier-ignore

/** Ways to the end, as post-dominators see them. */
function toTheEnd(flow: Flow, failures: boolean): Edge[] {
  const followed = followedEdges(flow, { failures });
  const edges = edgesOf(flow).filter((_, edge) => followed[edge]);
  return [...edges, [EXIT, flow.blocks], [FAILED, flow.blocks]];
}

const back = (edges: readonly Edge[]): Edge[] => edges.map(([from, to]) => [to, from]);

describe.each([{ failures: true }, { failures: false }])('of random programs, $failures', (followed) => {
  const flows = Array.from({ length: 12 }, (_, seed) => flowsOf(treeOf(program(seed))))
    .flat()
    .filter(({ blocks }) => blocks > 4 && blocks < 60);

  test('what every way to the end passes', () => {
    let compared = 0;
    for (const flow of flows) {
      const edges = toTheEnd(flow, followed.failures);
      const live = reached(edgesOf(flow), ENTRY);
      const ending = reached(back(edges), flow.blocks);
      const above = postDominatorsOf(flow, followed);
      // A loop without an end has post-dominators of its own.
      const isEndless = [...live].some((block) => !ending.has(block));
      for (const block of live) {
        if (block === EXIT || block === FAILED) continue;
        expect(above[block]).not.toBe(NONE);
        if (isEndless) continue;
        expect(dominating(above, block)).toEqual(dominatingByDefinition(back(edges), flow.blocks, block, flow.blocks + 1));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(500);
  }); // prettier-ignore

  test('what decides: one way leads to it for certain, another need not', () => {
    let found = 0;
    for (const flow of flows) {
      const above = postDominatorsOf(flow, followed);
      const edges = followedEdges(flow, followed);
      const { block, on, edge } = controlDependence(flow, followed);
      const seen = Array.from(block, (each, at) => `${each} ${on[at]} ${edge[at]}`).toSorted();
      const expected: string[] = [];
      flow.from.forEach((from, way) => {
        const isChoice = flow.from.filter((other, at) => other === from && edges[at]).length > 1;
        if (!edges[way] || !isChoice || above[from] === NONE) return;
        for (let each = 0; each < flow.blocks; each++)
          if (dominates(above, each, flow.to[way]) && !dominates(above, each, above[from])) expected.push(`${each} ${from} ${way}`);
      });
      expect(seen).toEqual(expected.toSorted());
      found += seen.length;
    }
    expect(found).toBeGreaterThan(300);
  }); // prettier-ignore
});

test('loops: from each block a way leads back to the head, and within the loop', () => {
  let found = 0;
  for (let seed = 0; seed < 25; seed++)
    for (const flow of flowsOf(treeOf(program(seed)))) {
      const above = dominatorsOf(flow);
      const loops = loopsOf(flow);
      const depth = new Uint16Array(flow.blocks);
      for (let loop = 0; loop < loops.size; loop++) {
        const head = loops.head[loop];
        const edges = edgesOf(flow);
        const entering = edges.filter(([from, to]) => to === head && dominates(above, head, from) && above[from] !== NONE);
        // Without its head nothing of it goes on to where it goes back.
        const members = new Set([head]);
        for (const [latch] of entering) if (latch !== head) for (const each of reached(back(edges), latch, head)) members.add(each);
        for (const each of members) {
          depth[each]++;
          expect(dominates(above, head, each)).toBe(true);
        }
        found++;
      }
      expect(loops.depth).toEqual(depth);
    }
  expect(found).toBeGreaterThan(25);
}); // prettier-ignore

/** By block: the kinds of nodes whose branches decide whether it runs. */
function deciding(text: string): string[] {
  const tree = treeOf(text);
  const flow = flowsOf(tree)[0];
  const { block, on } = controlDependence(flow, { failures: false });
  const called = (at: number): string => {
    const steps = Array.from(flow.node.slice(flow.firstStep[at], flow.firstStep[at + 1]));
    const node = steps.find((step) => tree.kind[step] === Kind.CallExpression);
    return node === undefined ? '' : text.slice(tree.start[node], tree.end[node]);
  };
  return Array.from(block, (each, at) => `${called(each)} ← ${called(on[at])}`).filter((each) => /^\S.*\S$/.test(each));
} // prettier-ignore

test.each([
  ['if (a()) b(); else c(); d()', ['b() ← a()', 'c() ← a()']],
  ['while (a()) { if (b()) break; c() } d()', ['b() ← a()', 'c() ← b()', 'a() ← b()']],
  ['if (a()) throw b(); c()', ['b() ← a()', 'c() ← a()']],
  ['a(); b()', []],
])('%s', (text, expected) => expect(deciding(text).toSorted()).toEqual(expected.toSorted()));

test('depth in loops', () => {
  const text = 'for (;;) { a(); do { if (b()) break; c() } while (d()); if (e()) { f(); break } } g()';
  const tree = treeOf(text);
  const flow = flowsOf(tree)[0];
  const { depth, of, outer, head } = loopsOf(flow);
  const depths: Record<string, number> = {};
  for (let block = 0; block < flow.blocks; block++)
    for (let step = flow.firstStep[block]; step < flow.firstStep[block + 1]; step++)
      if (tree.kind[flow.node[step]] === Kind.CallExpression)
        depths[text[tree.start[flow.node[step]]]] = depth[block];
  expect(depths).toEqual({ a: 1, b: 2, c: 2, d: 2, e: 1, f: 0, g: 0 });
  expect(Array.from(outer)).toEqual([NONE, 0]);
  // Each head is part of its own loop first.
  expect(Array.from(head, (block) => of[block])).toEqual([0, 1]);
});

test('an endless loop decides nothing by itself', () => {
  expect(controlDependence(flowIn('for (;;) a()'), { failures: false }).block.length).toBe(0);
  const flow = flowIn('while (true) { if (a) b() }');
  const above = postDominatorsOf(flow, { failures: false });
  expect(Array.from(above.slice(3, flow.blocks)).every((block) => block !== NONE)).toBe(true);
});
