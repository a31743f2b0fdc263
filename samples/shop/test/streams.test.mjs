import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { stocktakeLine } from '../src/http/schemas.mjs';
import { inChunks } from '../src/lib/iterables.mjs';
import { CsvEncoder } from '../src/streams/csv.mjs';
import { LineSplitter, parseLines } from '../src/streams/ndjson.mjs';

test('CSV has a header, also without rows, and quotes what needs it', async () => {
  const columns = { name: (row) => row.name, cents: (row) => row.cents };
  const encode = (rows) => text(Readable.from(rows).pipe(new CsvEncoder(columns)));
  assert.equal(await encode([]), 'name,cents\r\n');
  assert.equal(
    await encode([
      { name: 'Tray, "large"', cents: 5 },
      { name: undefined, cents: 0 },
    ]),
    'name,cents\r\n"Tray, ""large""",5\r\n,0\r\n',
  );
});

test('lines come out whole however the bytes were cut', async () => {
  const bytes = Buffer.from('één\ntwee\n\ndrie');
  const oneByOne = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  const lines = await Readable.from(oneByOne).pipe(new LineSplitter()).toArray();
  assert.deepEqual(lines, ['één', 'twee', '', 'drie']);
});

test('bad lines are reported with their number, good ones are kept', async () => {
  const lines = ['{"sku":"KIT-0001","counted":7}', '', 'nonsense', '{"sku":"kit","counted":7}'];
  const entries = [];
  for await (const chunk of inChunks(parseLines(lines, stocktakeLine), 2)) entries.push(...chunk);
  assert.deepEqual(entries, [
    { line: 1, value: { sku: 'KIT-0001', counted: 7 } },
    { line: 3, problem: 'not JSON' },
    { line: 4, problem: 'not a stock number' },
  ]);
});
