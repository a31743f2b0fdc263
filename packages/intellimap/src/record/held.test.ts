import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSegment } from '@intellimap/probe/wire';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleHeld } from './held.ts';

/** No process has it. */
const GONE = `${2 ** 22 + 1}-0`;
const OWN = `${process.pid}-0`;

let run = '';
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'intellimap-settle-'));
  for (const thread of [GONE, OWN]) {
    mkdirSync(join(run, 'held', thread), { recursive: true });
    writeFileSync(join(run, 'held', thread, '000003.seg'), 'held');
  }
});
afterEach(() => rmSync(run, { recursive: true }));

test('of a command that failed, what was held is kept, and why; processes that run on keep theirs to themselves', async () => {
  mkdirSync(join(run, 'threads', GONE), { recursive: true });
  writeFileSync(join(run, 'threads', GONE, '000004.seg'), 'its end');
  await settleHeld(run, { reason: 'exit code 2', micros: 7 });
  expect(readdirSync(join(run, 'held'))).toEqual([OWN]);
  expect(readdirSync(join(run, 'threads', GONE))).toEqual(['000000.seg', '000003.seg', '000004.seg']);
  expect([...readSegment(readFileSync(join(run, 'threads', GONE, '000000.seg')))]).toMatchObject([
    { type: 'note', note: { t: 'kept', reason: 'exit code 2', micros: 7 } },
  ]);
});

test('else it is taken away', async () => {
  rmSync(join(run, 'held', OWN), { recursive: true });
  await settleHeld(run, undefined);
  expect(readdirSync(run)).toEqual([]);
  expect(existsSync(join(run, 'threads'))).toBe(false);
});
