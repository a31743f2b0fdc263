import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shownRow, workspaceRedaction } from './redaction.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-redaction-'))));
afterEach(() => rmSync(root, { recursive: true }));

const SECRET = /‹(?:secret|email):[\da-f]{8}-\d+›/;

test('rows are shown as they may be; what is JSON in them stays JSON', () => {
  const attributes = {
    'user.password': 'hunter2"',
    said: 'it was "password=hunter2abc"',
    mail: ['joe@example.com'],
    n: 3,
  };
  const row = shownRow(
    {
      trace_id: '5b8efff798038103d269b633813fc60c',
      name: 'GET /?token=abcdefgh12345678',
      attributes: JSON.stringify(attributes),
      start_us: 5,
    },
    workspaceRedaction(root),
  ) as Record<string, string>;
  expect(row).toMatchObject({ trace_id: '5b8efff798038103d269b633813fc60c', start_us: 5 });
  expect(row['name']).toMatch(/^GET .*‹secret:/);
  expect(JSON.parse(row['attributes'])).toEqual({
    'user.password': expect.stringMatching(SECRET),
    said: expect.stringMatching(SECRET),
    mail: [expect.stringMatching(SECRET)],
    n: 3,
  });
  expect(JSON.stringify(row)).not.toMatch(/hunter2|joe/);
});

test.each(['{ "a": 1 }', '[x]', '{', 'hello', ''])('%j holds no secret, and stays as it is', (body) => {
  expect(shownRow({ body }, workspaceRedaction(root))).toEqual({ body });
});
