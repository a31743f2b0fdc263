import { describe, expect, test } from 'vitest';
import type { TaskLanes } from '../../../../../intellimap/src/serve/contract.ts';
import { drawnOf } from './fixtures/picture.ts';
import { rowsOf, taskBars } from './tasks.ts';

type Told = [lane: number, depth: number, start: number, end: number];

const columnsOf = (told: Told[]) => ({
  row: Uint16Array.from(told, ([lane]) => lane),
  depth: Uint8Array.from(told, ([, depth]) => depth),
  start: Float64Array.from(told, ([, , start]) => start),
  end: Float64Array.from(told, ([, , , end]) => end),
});

describe('calls of a task', () => {
  test('stand below their caller; those side by side get rows of their own', () =>
    expect([
      ...rowsOf(
        columnsOf([
          [0, 0, 0, 9],
          [0, 1, 1, 4],
          [0, 1, 2, 5],
          [0, 1, 4, 6],
          [0, 2, 2, 3],
        ]),
      ),
    ]).toEqual([1, 2, 3, 2, 4]));

  test('that never ended take their row for good', () =>
    expect([
      ...rowsOf(
        columnsOf([
          [0, 0, 0, NaN],
          [0, 0, 5, 6],
        ]),
      ),
    ]).toEqual([1, 2]));

  test('lie below the task itself', () => {
    const told: Told[] = [
      [0, 0, 1, 5],
      [0, 0, 6, 9],
      [0, 1, 2, 4],
    ];
    const lanes: TaskLanes = {
      head: {
        tasks: [
          { thread: 2, task: 8, kind: 'request', name: 'T', start: 0, end: 10, calls: 3, errors: 0, more: 0 },
        ],
        more: 0,
        functions: ['a', 'b'].map((name) => ({ id: name, name, module: 'm.ts', line: 1 })),
        links: [],
      },
      columns: {
        ...columnsOf(told),
        wait: Float64Array.of(1, 0, 0),
        function: Uint32Array.of(0, 1, 1),
        call: Float64Array.of(11, 12, 13),
        failed: Uint8Array.of(0, 0, 1),
      },
    };
    const bars = taskBars(lanes);
    expect(drawnOf(bars)).toEqual(['TTTTTTTTTT', ' aaaa bbb', '  bb']);
    expect([...bars.flags]).toEqual([0, 128, 0, 1]);
  });
});
