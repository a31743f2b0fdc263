import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../../../../intellimap/src/serve/contract.ts';
import { CALL_FLAG } from '../../../../../intellimap/src/query/moment-answers.ts';
import { flameOf, OPEN, openTo, THREW, treeRows, WAITS } from './flame.ts';

/** Calls as [name, caller, from, to]; in order of their beginning. */
const treeOf = (calls: [name: string, parent: number, from: number, to: number][]): CallTree => ({
  thread: 1,
  call: Float64Array.from(calls.keys()),
  parent: Int32Array.from(calls, ([, parent]) => parent),
  fn: Int32Array.from(calls.keys()),
  start: Float64Array.from(calls, ([, , from]) => from),
  duration: Float64Array.from(calls, ([, , from, to]) => to - from),
  self: new Float64Array(calls.length),
  wait: new Float64Array(calls.length),
  depth: new Uint16Array(calls.length),
  flags: new Uint8Array(calls.length),
  functions: calls.map(([name], fn) => ({ fn, id: name, name, path: 'a.ts', line: 1 })),
  more: 0,
  whole: true,
  source: 'recording',
});

const tree = treeOf([
  ['a', -1, 0, 10],
  ['b', 0, 1, 6],
  ['c', 0, 2, 7],
  ['d', 1, 3, 4],
  ['e', 0, 7, 9],
]);

describe('the flame', () => {
  test('has calls below their caller; those side by side have rows of their own', () => {
    const { row, rows, from, to } = flameOf(tree);
    expect([...row]).toEqual([0, 1, 2, 3, 1]);
    expect([rows, from, to]).toEqual([4, 0, 10]);
  });

  test('ends with what was read, where a call has no end', () =>
    expect(flameOf(treeOf([['a', -1, 5, NaN]]))).toMatchObject({ from: 5, to: 6, rows: 1 }));
});

describe('the tree', () => {
  const lines = (open: number[]) =>
    treeRows(tree, new Set(open)).map(
      ({ n, depth, children, isOpen }) =>
        `${' '.repeat(depth)}${children === 0 ? '' : isOpen ? '-' : '+'}${tree.functions[n].name}`,
    );

  test('shows what is open', () => {
    expect(lines([])).toEqual(['+a']);
    expect(lines([0, 1])).toEqual(['-a', ' -b', '  d', ' c', ' e']);
  });

  test('opens down to a call', () => expect(openTo(tree, 3)).toEqual([1, 0]));
});

test('flags are those of the answer', () =>
  expect([THREW, WAITS, OPEN]).toEqual([CALL_FLAG.THREW, CALL_FLAG.ASYNC, CALL_FLAG.OPEN]));
