import { describe, expect, test } from 'vitest';
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { PATH_FLAG } from '../../../../../intellimap/src/query/compare-tree/tree.ts';
import { isShared, ROUND, SHARED_BEFORE, SHARED_NOW, wayOf } from './direction.ts';
import { byOwnDifference, chainOf, flameOf, pathKey, pathsOf, rowAt, type Step, stepFrom } from './flame.ts';

/** Paths as [name, caller, before, now]; callers first. */
function treeOf(paths: [name: string, parent: number, before: number, now: number][], more: Partial<CompareTree> = {}): CompareTree {
  const column = (pick: (path: (typeof paths)[number]) => number): Float64Array => Float64Array.from(paths, pick);
  const below = (row: number, at: 2 | 3): number => paths.reduce((sum, path) => sum + (path[1] === row ? path[at] : 0), 0);
  const roots = (at: 2 | 3): number => below(-1, at);
  return {
    run: 'r2', other: 'r1', measure: 'work', source: 'calls', measures: ['work', 'latency', 'calls'], noise: null, totalBefore: roots(2), totalNow: roots(3),
    parent: Int32Array.from(paths, ([, parent]) => parent), fn: Int32Array.from(paths.keys()),
    before: column((path) => path[2]), now: column((path) => path[3]),
    ownBefore: Float64Array.from(paths, (path, row) => path[2] - below(row, 2)), ownNow: Float64Array.from(paths, (path, row) => path[3] - below(row, 3)),
    callsBefore: column((path) => Math.sign(path[2])), callsNow: column((path) => Math.sign(path[3])),
    flags: new Uint8Array(paths.length), left: 0, unmatched: [],
    functions: paths.map(([name]) => ({ id: name, name, path: 'a.ts', line: 1, isSame: true })), ...more,
  };
} // prettier-ignore

const tree = treeOf([
  ['main', -1, 100, 100],
  ['serve', 0, 60, 20],
  ['rank', 0, 10, 70],
  ['sort', 2, 0, 60],
  ['idle', -1, 5, 5],
]);
const flame = flameOf(tree);

describe('the flame', () => {
  test('is as wide as the longer run, and no narrower than what stands below', () => {
    // serve takes 60 at most, rank 70: main has to hold both.
    expect([...flame.w]).toEqual([130, 60, 70, 60, 5]);
    expect([...flame.x]).toEqual([0, 0, 60, 60, 130]);
    expect([...flame.depth]).toEqual([0, 1, 1, 2, 0]);
    expect([flame.width, flame.rows]).toEqual([135, 3]);
  });

  test('says which box is where', () => {
    const at = (x: number, level: number): string => tree.functions[rowAt(flame, x, level)]?.name ?? '-';
    expect([at(0, 0), at(59, 1), at(60, 1), at(61, 2), at(125, 2), at(131, 0), at(131, 1), at(200, 0)]).toEqual([
      'main', 'serve', 'rank', 'sort', '-', 'idle', '-', '-',
    ]);
  }); // prettier-ignore

  test('is walked with arrows', () => {
    const walk = (...steps: Step[]): string => tree.functions[steps.reduce((row, step) => stepFrom(flame, row, step), -1)].name;
    expect(walk('down')).toBe('main');
    expect(walk('down', 'down', 'right', 'down', 'down')).toBe('sort');
    expect(walk('down', 'right', 'right')).toBe('idle');
    expect(walk('down', 'down', 'left', 'up', 'up')).toBe('main');
    expect(stepFrom(flameOf(treeOf([])), -1, 'down')).toBe(-1);
  }); // prettier-ignore
});

describe('the way a path went', () => {
  const ways = (of: CompareTree): string[] =>
    [...of.fn.keys()].map((row) => {
      const { direction, isClear } = wayOf(of, row);
      return `${direction}${isClear ? '!' : ''}`;
    });

  test('more, less, new, the same', () => {
    expect(ways(tree)).toEqual(['same', 'less!', 'more!', 'new!', 'same']);
    expect(ways(treeOf([['a', -1, 10, 0], ['b', -1, 100, 100]]))).toEqual(['gone!', 'same']);
  }); // prettier-ignore

  test('is set against the pace of both runs: on a busy machine all takes longer', () => {
    const noise = { pace: 2, factor: 1.3 };
    const paths: Parameters<typeof treeOf>[0] = [['a', -1, 100, 200], ['b', 0, 10, 40]]; // prettier-ignore
    expect(ways(treeOf(paths, { noise }))).toEqual(['same', 'more!']);
    // A busy machine makes no more calls.
    expect(ways(treeOf(paths, { noise, measure: 'calls' }))).toEqual(['more!', 'more!']);
  });

  test('what differs by as much as everything does may be chance', () => {
    const noise = { pace: 1, factor: 3 };
    expect(ways(treeOf([['a', -1, 100, 100], ['b', 0, 4, 8]], { noise }))[1]).toBe('more');
  }); // prettier-ignore
});

test('a path has a name that stays', () => {
  expect(chainOf(tree, 3)).toEqual([0, 2, 3]);
  const names = [...tree.fn.keys()].map((row) => pathKey(tree, row));
  expect(new Set(names).size).toBe(5);
  const other = treeOf([
    ['more', -1, 1, 1],
    ['main', -1, 1, 1],
    ['rank', 1, 1, 1],
  ]);
  expect(pathKey(other, 2)).toBe(pathKey(tree, 2));
});

test('of the paths of a function, the one of that key is chosen, else its first', () => {
  const twice = treeOf([['main', -1, 9, 9], ['log', 0, 3, 3], ['work', 0, 4, 4], ['log', 2, 1, 1]], {
    fn: Int32Array.of(0, 1, 2, 1),
  }); // prettier-ignore
  expect(pathsOf(twice, 'log', pathKey(twice, 3))).toEqual({ rows: [1, 3], chosen: 3 });
  expect(pathsOf(twice, 'log', undefined).chosen).toBe(1);
  expect(pathsOf(twice, null, undefined)).toEqual({ rows: [], chosen: -1 });
});

test('where a difference is made comes before where it is passed on', () =>
  expect(byOwnDifference(tree, 1).map((row) => tree.functions[tree.fn[row]].name)[0]).toBe('sort'));

test('flags are those of the answer', () => {
  expect([SHARED_NOW, SHARED_BEFORE, ROUND]).toEqual([
    PATH_FLAG.SHARED_NOW, PATH_FLAG.SHARED_BEFORE, PATH_FLAG.ROUND,
  ]); // prettier-ignore
  expect([isShared({ flags: Uint8Array.of(ROUND) }, 0), isShared({ flags: Uint8Array.of(2) }, 0)]).toEqual([
    false, true,
  ]); // prettier-ignore
});
