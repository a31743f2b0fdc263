/** Graphs in letters: `a>b` is sure, `a?b` is not. */
import { expect, test } from 'vitest';
import { bestWays, type Step } from './ways.ts';

const stepsOf = (graph: string): Step[] =>
  graph.split(' ').map(([src, sign, dst]) => ({ src, dst, doubt: sign === '>' ? 0 : 0.04 }));

/** Steps to an end from everywhere, as somebody who looks back from there finds them. */
function leftOf(steps: readonly Step[], ends: readonly string[]): Map<string, number> {
  const left = new Map(ends.map((id) => [id, 0]));
  for (let round = 0; round < steps.length; round++)
    for (const { src, dst } of steps) {
      const after = left.get(dst);
      if (after !== undefined && after + 1 < (left.get(src) ?? Infinity)) left.set(src, after + 1);
    }
  return left;
}

const waysIn = (graph: string, starts: string, ends: string, most = 5): string[] => {
  const steps = stepsOf(graph);
  const to = ends.split('');
  const { ways } = bestWays(steps, starts.split(''), to, leftOf(steps, to), most);
  return ways.map((ids) => ids.join(''));
};

test.each([
  ['the shortest first', 'a>b b>c a>c', 'a', 'c', ['ac', 'abc']],
  ['of equal ones that of which more is known', 'a?b b>d a>c c>d', 'a', 'd', ['acd', 'abd']],
  ['less is known weighs less than one more', 'a?b b?c a>d d>e e>c', 'a', 'c', ['abc', 'adec']],
  ['none twice', 'a>b b>a b>c c>b', 'a', 'c', ['abc']],
  ['round to where it began', 'a>b b>a b>c c>a', 'a', 'a', ['aba', 'abca']],
  ['itself', 'a>a', 'a', 'a', ['aa']],
  ['several starts and ends', 'a>b b>c d>e', 'ad', 'ce', ['de', 'abc']],
  ['no way', 'a>b c>d', 'a', 'd', []],
])('%s', (_, graph, starts, ends, expected) => expect(waysIn(graph, starts, ends)).toEqual(expected));

test('only as many as are wanted', () => {
  expect(waysIn('a>b a>c a>d b>e c>e d>e', 'a', 'e', 2)).toEqual(['abe', 'ace']);
});

test('gives up where there are too many ways', () => {
  // Layers of four, each function calling all of the next one, and no end.
  const layers = Array.from({ length: 12 }, (_, at) =>
    ['a', 'b', 'c', 'd'].map((letter) => `${letter}${at}`),
  );
  const steps = layers
    .slice(1)
    .flatMap((layer, at) => layers[at].flatMap((src) => layer.map((dst) => ({ src, dst, doubt: 0 }))));
  const { ways, isCapped } = bestWays(steps, ['a0'], ['z'], new Map(), 5);
  expect([ways, isCapped]).toEqual([[], true]);
});
