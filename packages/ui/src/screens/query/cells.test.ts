import { expect, test } from 'vitest';
import type { SqlAnswer } from './asking.ts';
import { drawingOf, isNumeric, shownCell } from './cells.ts';

const answer = (types: Record<string, string>, ...rows: SqlAnswer['rows']): SqlAnswer => ({
  columns: Object.keys(types),
  types: Object.values(types),
  rows,
  more: false,
  ms: 0,
});

test('numbers by their SQL type', () => {
  const numbers = ['INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'DOUBLE', 'DECIMAL(18,3)'];
  expect([...numbers, 'VARCHAR', 'INTERVAL', 'INTEGER[]', undefined].filter(isNumeric)).toEqual(numbers);
});

test.each([
  [12345, '12,345'],
  [0.123456789, '0.123457'],
  [null, 'NULL'],
  [['a', 1], '["a",1]'],
  ['x', 'x'],
  [false, 'false'],
  [1_857_610.43, '1,857,610.4'],
  [-12.571_412_3, '-12.5714'],
  [3e-7, '3e-7'],
])('%j is shown as %s', (value, text) => expect(shownCell(value)).toBe(text));

test('a number first: lines over it, in its order, with gaps where nothing is', () => {
  const types = { second: 'DOUBLE', calls: 'BIGINT', name: 'VARCHAR', threw: 'BIGINT' };
  expect(drawingOf(answer(types, [2, 20, 'b', null], [1, 10, 'a', 3]))).toEqual({
    kind: 'lines',
    title: 'second',
    x: [1, 2],
    lines: [
      { title: 'calls', values: [10, 20] },
      { title: 'threw', values: [3, null] },
    ],
  });
});

test('a name first: bars of the first number that is no line and no id', () => {
  const types = { path: 'VARCHAR', line: 'INTEGER', self_ms: 'DOUBLE' };
  expect(drawingOf(answer(types, ['a.ts', 3, 1.5]))).toEqual({
    kind: 'bars',
    title: 'self_ms',
    names: ['a.ts'],
    values: [1.5],
  });
});

test('nothing to draw', () => {
  expect(drawingOf(answer({ name: 'VARCHAR' }, ['a']))).toBeNull();
  expect(drawingOf(answer({ n: 'INTEGER' }, [1]))).toBeNull();
  expect(drawingOf(answer({ name: 'VARCHAR', n: 'INTEGER' }))).toBeNull();
});
