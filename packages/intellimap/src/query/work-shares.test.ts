/** Work of functions, their callees included, where times between beginning and end hold waiting. */
import { expect, test } from 'vitest';
import { workShares } from './work-shares.ts';

/** Lines `a root 100 self 5` and `a>b 60`. */
function work(lines: string[]): Record<string, number> {
  const nodes = lines.filter((line) => !line.includes('>')).map((line) => line.split(' '));
  const edges = lines
    .filter((line) => line.includes('>'))
    .map((line) => /^(\w)>(\w) (\d+)$/.exec(line)!)
    .map(([, src, dst, ms]) => ({ src, dst, count: 1, totalMs: Number(ms) }));
  const functions = nodes.map(([id, what, totalMs, , selfMs]) => ({
    id, roots: what === 'root' ? 1 : 0, hits: 1, selfMs: Number(selfMs), waitMs: 0, totalMs: Number(totalMs),
  })); // prettier-ignore
  const found = workShares(functions, edges);
  const all = [
    ...found.functions.map(({ id, totalMs }) => [id, totalMs]),
    ...found.edges.map(({ src, dst, totalMs }) => [`${src}>${dst}`, totalMs]),
  ] as [string, number][];
  return Object.fromEntries(all.map(([key, ms]) => [key, Math.round(ms)]));
}

test('waiting is left out', () => {
  expect(work(['a root 1000 self 5', 'b called 900 self 20', 'a>b 900'])).toEqual({
    a: 25,
    b: 20,
    'a>b': 20,
  });
});

test('of a function with two callers, each has the part that its time makes', () => {
  const lines = ['a root 100 self 0', 'b root 100 self 0', 'c called 80 self 40', 'a>c 60', 'b>c 20'];
  expect(work(lines)).toEqual({ a: 30, b: 10, c: 40, 'a>c': 30, 'b>c': 10 });
});

test('a function that calls itself, and functions that call one another: no work is lost, and none made', () => {
  expect(work(['a root 50 self 1', 'b called 49 self 49', 'a>b 49', 'b>b 500'])['a']).toBe(50);
  expect(
    work(['a root 90 self 10', 'b called 80 self 50', 'c called 60 self 30', 'a>b 80', 'b>c 70', 'c>b 40'])[
      'a'
    ],
  ).toBe(90);
});
