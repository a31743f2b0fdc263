import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkerPool } from '../src/workers/pool.mjs';

test('more jobs than threads wait in line and all come back', async () => {
  const pool = new WorkerPool(2);
  const jobs = [1, 2, 3, 4, 5].map((seed) => pool.run('render-thumbnail', { seed, size: 32 }));
  assert.deepEqual(pool.stats, { idle: 0, busy: 2, queued: 3 });
  const checksums = (await Promise.all(jobs)).map(({ checksum }) => checksum);
  assert.equal(new Set(checksums).size, 5);
  assert.deepEqual(pool.stats, { idle: 2, busy: 0, queued: 0 });
  await pool.close();
});

test('a failed job rejects and its thread goes on', async () => {
  const pool = new WorkerPool(1);
  await assert.rejects(pool.run('brew-coffee', {}), {
    name: 'TypeError',
    message: 'unknown task "brew-coffee"',
  });
  const { checksum } = await pool.run('render-thumbnail', { seed: 1, size: 64 });
  assert.match(checksum, /^[0-9a-f]{8}$/);
  await pool.close();
});

test('closing finishes the jobs that wait and takes no more', async () => {
  const pool = new WorkerPool(1);
  const jobs = [1, 2, 3].map((seed) => pool.run('render-thumbnail', { seed, size: 32 }));
  await pool.close();
  assert.equal((await Promise.all(jobs)).length, 3);
  await assert.rejects(pool.run('render-thumbnail', { seed: 4, size: 32 }), /closed/);
});
