import { expect, test } from 'vitest';
import { TracedSum } from './traced-coverage.ts';

/** A function of a line for each ten characters of the script. */
const source = {
  path: 'src/a.ts',
  id: 'ts:src/a.ts#add',
  name: 'add',
  line: 1,
  column: 0,
  endLine: 5,
  endColumn: 1,
};
const at = (offset: number): [number, number, number, number] => [
  Math.floor(offset / 10) + 1,
  offset % 10,
  Math.floor((offset - 1) / 10) + 1,
  (offset - 1) % 10,
];
const places = Object.fromEntries([0, 20, 25, 30, 41].map((offset) => [offset, at(offset)]));
const passed = (count: number, ...blocks: [from: number, to: number, count: number][]) => ({
  ranges: [[0, 41, count] as const, ...blocks].map(([startOffset, endOffset, times]) => ({
    startOffset,
    endOffset,
    count: times,
  })),
});

const shown = (sum: TracedSum): string[] =>
  sum
    .rows('run')
    .map((row) => `${row.kind} ${row.line}:${row.column}-${row.end_line}:${row.end_column} ${row.count}`);

test('what was counted before and after another page is added up, blocks in pieces', () => {
  const sum = new TracedSum();
  sum.add('text', [{ ...passed(2, [20, 30, 0]), source, places }]);
  sum.add('text', [{ ...passed(3, [25, 30, 1]), source, places }]);
  expect(shown(sum)).toEqual(['function 1:0-5:1 5', 'block 3:0-3:5 3', 'block 3:5-3:10 1']);
});

test('another text is another function; where a block has no place it is left out, and so is what nobody led back', () => {
  const sum = new TracedSum();
  sum.add('text', [{ ...passed(1, [20, 30, 0]), source, places: { 20: at(20) } }]);
  sum.add('other', [{ ...passed(4), source, places }, passed(9)]);
  expect(shown(sum)).toEqual(['function 1:0-5:1 1', 'function 1:0-5:1 4']);
});

test.each([
  [{ ...source, id: 7 as never }, places],
  [{ ...source, line: 1.5 }, places],
])('a recording may hold anything: %j is none', (wrong, all) => {
  const sum = new TracedSum();
  sum.add('text', [{ ...passed(1), source: wrong, places: all }]);
  expect(shown(sum)).toEqual([]);
});

test.each([
  ['x', [1]],
  [at(20), [4, 0, 2 ** 40, 1]],
  [[-1, 0, 1, 1], at(30)],
])('places may be anything, too: %j, %j', (from, to) => {
  const sum = new TracedSum();
  sum.add('text', [{ ...passed(1, [20, 30, 0]), source, places: { 20: from as never, 30: to as never } }]);
  expect(shown(sum)).toEqual(['function 1:0-5:1 1']);
});
