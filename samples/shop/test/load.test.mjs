import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { planVisits } from '../load/plan.mjs';

const run = promisify(execFile);
const DRIVE = fileURLToPath(new URL('../load/drive.mjs', import.meta.url));

test('a plan has exactly the requests asked for', () => {
  for (const total of [1, 7, 80, 333]) {
    const sum = planVisits(total, 5).reduce((requests, { scenario }) => requests + scenario.requests, 0);
    assert.equal(sum, total);
  }
});

test('the load finds every answer as expected, and the same seed counts the same at any concurrency', async () => {
  const countsAt = async (concurrency) => {
    const args = [
      DRIVE,
      '--requests',
      '120',
      '--seed',
      '3',
      '--think-ms',
      '0',
      '--concurrency',
      concurrency,
      '--json',
    ];
    const { stdout } = await run(process.execPath, args);
    return JSON.parse(stdout.trim().split('\n').at(-1)).counts;
  };
  const alone = await countsAt('1');
  assert.deepEqual(await countsAt('6'), alone);
  assert.equal(
    Object.values(alone).reduce((sum, count) => sum + count, 0),
    120,
  );
});
