/** Layers, drawn as `a b | c`: who stands left of whom. */
import { expect, test } from 'vitest';
import { randomOf } from '../base/random.ts';
import { layersOf, type WeightedEdge } from './layers.ts';

/** `ab3` is a call of weight 3 from a to b. */
function drawn(calls: string): string {
  const edges = calls.split(' ').map((each) => ({
    src: each.charCodeAt(0) - 97,
    dst: each.charCodeAt(1) - 97,
    weight: Number(each[2] ?? 1),
  }));
  const count = Math.max(...edges.flatMap(({ src, dst }) => [src, dst])) + 1;
  const layers = layersOf(count, edges);
  return Array.from({ length: Math.max(...layers) + 1 }, (_, layer) =>
    [...layers].flatMap((each, node) => (each === layer ? String.fromCharCode(97 + node) : [])).join(' '),
  ).join(' | ');
}

test.each([
  ['a chain', 'ab bc', 'a | b | c'],
  ['by the longest path', 'ab bc ac', 'a | b | c'],
  ['whom everybody calls, right', 'ad bd cd ab', 'a c | b | d'],
  ['a round is broken where it is weakest', 'ab5 bc5 ca1', 'a | b | c'],
  ['a round within a chain', 'ab bc4 cb1 cd', 'a | b | c | d'],
  ['who calls itself', 'aa ab', 'a | b'],
  ['two rounds', 'ab3 ba1 cd3 dc1 bc1', 'a | b | c | d'],
])('%s', (_, calls, picture) => expect(drawn(calls)).toBe(picture)); // prettier-ignore

test('a long chain', () => {
  const edges = Array.from({ length: 20_000 }, (_, n) => ({ src: n, dst: n + 1, weight: 1 }));
  expect(layersOf(20_001, edges)[20_000]).toBe(20_000);
});

test('little more weight is turned round than has to be', () => {
  const random = randomOf(3);
  let [turned, least] = [0, 0];
  for (let round = 0; round < 100; round++) {
    const edges = Array.from({ length: 14 }, () => ({
      src: Math.floor(random() * 6),
      dst: Math.floor(random() * 6),
      weight: 1 + Math.floor(random() * 9),
    })).filter(({ src, dst }) => src !== dst);
    turned += turnedRound(edges, layersOf(6, edges));
    least += Math.min(...ORDERS.map((order) => turnedRound(edges, order)));
  }
  expect(turned / least).toBeLessThan(1.02);
});

/** Weight of edges that do not go from left to right. */
const turnedRound = (edges: readonly WeightedEdge[], layer: ArrayLike<number>): number =>
  edges.reduce((sum, { src, dst, weight }) => sum + (layer[src] < layer[dst] ? 0 : weight), 0);

/** All ways to put six nodes into a row. */
const ORDERS = permutations([0, 1, 2, 3, 4, 5]);

function permutations(all: number[]): number[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((each) =>
    permutations(all.filter((other) => other !== each)).map((rest) => [each, ...rest]),
  );
}
