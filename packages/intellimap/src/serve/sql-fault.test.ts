import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { placeIn } from './sql-fault.ts';

/** SQL with a `|` where it is wrong. */
test.each([
  ['select 1 from |from x'],
  ['select 1,\n  |nothing\nfrom range(1)'],
  [`select ${'1 + '.repeat(60)}|nothing + ${'1 + '.repeat(60)}1 from range(1)`],
  [`-- ${'é'.repeat(30)}\nselect |nothing`],
])('%s', async (text) => {
  const sql = text.replace('|', '');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const error = await connection.run(sql).catch((each: Error) => each);
  expect(placeIn(sql, (error as Error).message)).toBe(text.indexOf('|'));
});

test('a message without a place has none', () => {
  expect(placeIn('select 1', 'Out of Memory')).toBeNull();
  expect(placeIn('select 1', 'Parser Error: x\n\nLINE 7: select\n        ^')).toBeNull();
});
