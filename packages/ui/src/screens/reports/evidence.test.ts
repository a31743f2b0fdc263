import { expect, test } from 'vitest';
import { evidenceSql } from './evidence.ts';

test('rows of this run, of another run, and of the text', () => {
  expect(evidenceSql({ run: 'a', table: 'calls', key: { thread_id: 2, call_id: 7 } }, 'a')).toBe(
    'SELECT * FROM calls WHERE "thread_id" = 2 AND "call_id" = 7',
  );
  expect(evidenceSql({ run: 'b', table: 'errors', key: { signature: 'x' } }, 'a')).toBe(
    `SELECT * FROM all_runs.errors WHERE run_id = 'b' AND "signature" = 'x'`,
  );
  expect(evidenceSql({ run: 'b', table: 'source_files', key: { path: 'x.ts' } }, 'a')).toBe(
    `SELECT * FROM source_files WHERE "path" = 'x.ts'`,
  );
});

test('a recorded text ends no string', () => {
  expect(evidenceSql({ run: 'a', table: 'errors', key: { message: "it's' OR 1=1 --" } }, 'a')).toBe(
    `SELECT * FROM errors WHERE "message" = 'it''s'' OR 1=1 --'`,
  );
});
