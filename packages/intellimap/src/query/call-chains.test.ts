/** Chains of calls, from pictures: `a{b60{c20} d40}`: a is a root, each figure is the time (ms) of calls over that edge. */
import { expect, test } from 'vitest';
import { callChains, type ChainEdge, type ChainFunction } from './call-chains.ts';

/** Lines `root 100 a` and `a>b 60`, `wait b 30`; own times follow from what is left. */
function chains(lines: string[], options = {}): string[] {
  const edges: ChainEdge[] = [];
  const roots = new Map<string, number>();
  const waits = new Map<string, number>();
  for (const line of lines) {
    const [a, b, c] = line.split(' ');
    if (a === 'root') roots.set(b, Number(c));
    else if (a === 'wait') waits.set(b, Number(c));
    else edges.push({ src: a.split('>')[0], dst: a.split('>')[1], count: 1, totalMs: Number(b) });
  }
  const ids = [...new Set([...roots.keys(), ...edges.flatMap(({ src, dst }) => [src, dst])])];
  const sum = (list: ChainEdge[]): number => list.reduce((all, { totalMs }) => all + totalMs, 0);
  const functions = ids.map((id): ChainFunction => {
    const called = edges.filter(({ src, dst }) => dst === id && src !== id);
    const totalMs = (roots.get(id) ?? 0) + sum(called);
    const inCallees = sum(edges.filter(({ src, dst }) => src === id && dst !== id));
    const waitMs = waits.get(id) ?? 0;
    return { id, roots: roots.has(id) ? 1 : 0, hits: called.length + (roots.has(id) ? 1 : 0), totalMs, waitMs, selfMs: Math.max(0, totalMs - inCallees - waitMs) };
  }); // prettier-ignore
  return callChains(functions, edges, { minShare: 0.05, dominance: 0.5, limit: 10, ...options }).map(
    ({ ids: path, totalMs, share, selfMs, waitMs, roundMs, scattered, isEstimate }) =>
      [
        `${path.join('>')} ${Math.round(totalMs)} ms ${Math.round(share * 100)} %`,
        `own ${Math.round(selfMs)}`,
        ...(waitMs > 0 ? [`waits ${Math.round(waitMs)}`] : []),
        ...(roundMs > 0 ? [`round ${Math.round(roundMs)}`] : []),
        ...(scattered.length > 0 ? [scattered.map((each) => `${each.id} ${Math.round(each.totalMs)}`).join(' ')] : []),
        ...(isEstimate ? ['about'] : []),
      ].join(', '),
  ); // prettier-ignore
}

test('a chain follows the callee that takes most, down to where the time is spent', () => {
  expect(chains(['root a 100', 'a>b 95', 'b>c 90', 'c>d 3'])).toEqual(['a>b>c 90 ms 90 %, own 87, d 3']);
});

test('where two callees share the time, each has its chain', () => {
  expect(chains(['root a 100', 'a>b 60', 'a>c 38', 'c>d 37'])).toEqual([
    'a>b 60 ms 60 %, own 60',
    'a>c>d 37 ms 37 %, own 37',
  ]);
});

test('a chain ends where its time is scattered over many small callees', () => {
  const small = ['d', 'e', 'f', 'g', 'h'].map((name) => `b>${name} 4`);
  expect(chains(['root a 100', 'a>b 90', 'b>c 30', ...small])).toEqual([
    'a>b 90 ms 90 %, own 40, c 30 d 4 e 4',
    'a>b>c 30 ms 30 %, own 30',
  ]);
});

test('of a function with two callers, each chain has its share', () => {
  expect(chains(['root a 60', 'root b 40', 'a>c 60', 'b>c 40', 'c>d 90'])).toEqual([
    'a>c>d 54 ms 54 %, own 54, about',
    'b>c>d 36 ms 36 %, own 36, about',
  ]);
});

test('recursion is folded, of one function and of several', () => {
  expect(chains(['root a 100', 'a>b 100', 'b>b 900', 'b>c 80'])).toEqual(['a>b>c 80 ms 80 %, own 80']);
  // b and c call each other: what c is called for is counted at each level, but no more than there is.
  const [first] = chains(['root a 100', 'a>b 100', 'b>c 300', 'c>b 200']);
  expect(first).toBe('a>b>c 100 ms 100 %, own 33, round 67, about');
});

test('waiting is told apart from work', () => {
  expect(chains(['root a 100', 'a>b 95', 'wait b 90'])).toEqual(['a>b 95 ms 95 %, own 5, waits 90']);
});

test('callees that run together take no more than there is', () => {
  expect(chains(['root a 100', 'a>b 90', 'a>c 90', 'a>d 90']).map((line) => line.split(',')[0])).toEqual([
    'a>b 90 ms 90 %',
    'a>c 90 ms 90 %',
    'a>d 90 ms 90 %',
  ]);
});

test('as many as are asked for; nothing without time', () => {
  expect(chains(['root a 100', 'a>b 60', 'a>c 38'], { limit: 1 })).toEqual(['a>b 60 ms 60 %, own 60']);
  expect(chains([])).toEqual([]);
  expect(chains(['root a 0'])).toEqual([]);
});

test('very many chains of one weight come to an end', () => {
  const layers = Array.from({ length: 12 }, (_, layer) => ['x', 'y', 'z'].map((name) => `${name}${layer}`));
  const lines = layers.flatMap((names, layer) =>
    names.flatMap((name) => (layers[layer + 1] ?? []).map((next) => `${name}>${next} 100`)),
  );
  expect(chains(['root x0 100', ...lines], { minShare: 0.0001 }).length).toBeLessThanOrEqual(10);
});
