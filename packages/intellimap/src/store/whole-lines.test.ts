import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wholeLines } from './whole-lines.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'intellimap-lines-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Longer than what is read at once. */
const LONG = 'é'.repeat(100_000);

test.each([
  ['nothing', '', []],
  ['two', 'a\n\nb\n', ['a', '', 'b']],
  ['one that is being written', 'a\n{"b', ['a']],
  ['what others take for an end', '"a\u2028b\u2029c\rd"\n', ['"a\u2028b\u2029c\rd"']],
  ['long ones', `${LONG}\n${LONG}\nx\n`, [LONG, LONG, 'x']],
])('%s', async (_, text, lines) => {
  const file = join(folder, 'rows.ndjson');
  writeFileSync(file, text);
  const found: string[] = [];
  for await (const line of wholeLines(file)) found.push(line);
  expect(found).toEqual(lines);
});
