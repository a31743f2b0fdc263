import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../query/index.ts';
import { field } from './csv.ts';
import { FORMATS, type FormatName } from './index.ts';
import { fit } from './table.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

/** What a format prints; rows come in parts. */
function printed(
  format: FormatName,
  columns: string[],
  parts: Json[][][],
  width: number | null = null,
): string {
  let text = '';
  const writer = FORMATS[format]({
    paint,
    columns: width,
    raw: false,
    print: (line) => void (text += `${line}\n`),
  });
  writer.head(columns, []);
  for (const part of parts) writer.rows(part);
  writer.end();
  return text;
}

const NAMES = ['name', 'count', 'note'];
const PARTS: Json[][][] = [
  [
    ['total', 12, null],
    ['a "b", c', 3, ['x', 1]],
  ],
  [['line\nbreak', 0.123456789, '']],
];

test('csv, RFC 4180', () => {
  expect(printed('csv', NAMES, PARTS)).toBe(
    'name,count,note\r\ntotal,12,\r\n"a ""b"", c",3,"[""x"",1]"\r\n"line\nbreak",0.123456789,""\r\n',
  );
});

/** Fields of one record, as RFC 4180 reads them; null: nothing at all. */
function fieldsOf(line: string): (string | null)[] {
  const found = [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(?:,|$)/gy)];
  const fields = found.map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? (plain === '' ? null : plain),
  );
  // The match after the last comma's field is empty.
  return line.endsWith(',') || fields.length === 0 ? fields : fields.slice(0, -1);
}

test('csv: whatever texts there are, they are read back as they were', () => {
  const texts = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('a,b', '"', '""', 'x\r\ny', '\n', ' ', '-1', 'null')),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(texts, (cells) => {
      const line = cells.map((cell) => field(cell, true)).join(',');
      expect(fieldsOf(line)).toEqual(cells);
      const safe = fieldsOf(cells.map((cell) => field(cell, false)).join(','));
      for (const each of safe) expect(each).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

describe('csv: a spreadsheet runs nothing of it', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=a,"b', `"'=a,""b"`],
    ['a=1', 'a=1'],
  ])('%j', (text, safe) => expect(field(text, false)).toBe(safe));
  test('numbers are no texts, and --raw leaves all as it is', () => {
    expect([field(-5, false), field('-5', true), field(true, false)]).toEqual(['-5', '-5', 'true']);
  });
});

test('json: one array, whatever the parts', () => {
  const text = printed('json', NAMES, PARTS);
  expect(text.split('\n')).toHaveLength(6);
  expect(JSON.parse(text)).toEqual([
    { name: 'total', count: 12, note: null },
    { name: 'a "b", c', count: 3, note: ['x', 1] },
    { name: 'line\nbreak', count: 0.123456789, note: '' },
  ]);
  expect(JSON.parse(printed('json', NAMES, []))).toEqual([]);
  expect(JSON.parse(printed('json', ['n'], [[[1]], [[2]], [[3]]]))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('ndjson: a line each', () => {
  expect(printed('ndjson', ['n'], [[[1], [2]], [['3']]])).toBe('{"n":1}\n{"n":2}\n{"n":"3"}\n');
});

test('a table: numbers to the right, what cannot be shown in its line is cut', () => {
  expect(`\n${printed('table', NAMES, PARTS)}`).toBe(`
  name         count  note
  total           12  null
  a "b", c         3  ["x",1]
  line…     0.123457
  (3 rows)
`);
});

test('a table that is too wide keeps both ends of its texts', () => {
  const rows: Json[][] = [['ts:src/services/cart.ts#class Cart/total', 'a note of some length', 7]];
  expect(`\n${printed('table', NAMES, [rows], 50)}`).toBe(`
  name                  count                note
  ts:src/ser…art/total  a note of…me length     7
  (1 row)
`);
});

test('as many rows as one asks for', () => {
  const rows: Json[][] = Array.from({ length: 200_000 }, (_, n) => [n]);
  expect(printed('table', ['n'], [rows]).endsWith('\n  199999\n  (200,000 rows)\n')).toBe(true);
});

test('one value a line, where there is no room for columns', () => {
  const names = ['a', 'b', 'c', 'd'];
  const rows: Json[][] = [
    ['x'.repeat(20), 'y\nz'.padEnd(20, '.'), null, { k: 1 }].map((each) => each as Json),
  ];
  expect(
    `\n${printed('table', names, [[...rows, ['1'.repeat(20), '2'.repeat(20), '3'.repeat(20), '4'.repeat(20)]]], 40)}`,
  ).toBe(`
row 1
  a  ${'x'.repeat(20)}
  b  y
     z.................
  c  null
  d  {"k":1}
row 2
  a  ${'1'.repeat(20)}
  b  ${'2'.repeat(20)}
  c  ${'3'.repeat(20)}
  d  ${'4'.repeat(20)}
  (2 rows)
`);
});

test.each([
  [[5, 5], 20, [5, 5]],
  [[30, 5], 25, [20, 5]],
  [[30, 40], 51, [26, 25]],
  [[30, 40], 19, null],
])('widths %j in %d', (widths, room, fitted) => expect(fit(widths, room)).toEqual(fitted));

test('explain is a drawing', () => {
  expect(printed('table', ['explain_key', 'explain_value'], [[['plan', '┌──┐\n└──┘']]], 20)).toBe(
    '┌──┐\n└──┘\n  (1 row)\n',
  );
});
