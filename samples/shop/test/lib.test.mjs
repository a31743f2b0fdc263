import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.mjs';
import { passesLuhn } from '../src/lib/luhn.mjs';
import { MemoCache } from '../src/lib/memo-cache.mjs';
import { Mutex } from '../src/lib/mutex.mjs';
import { Prng } from '../src/lib/prng.mjs';
import { RateLimiter } from '../src/lib/rate-limiter.mjs';
import { retry } from '../src/lib/retry.mjs';

test('the environment switches flags and ports, and a mistake in it stops the start', () => {
  const config = readConfig({ PORT: '8080', SHOP_FLAG_GIFT_WRAPPING: '1' });
  assert.equal(config.port, 8080);
  assert.equal(config.flags.isOn('giftWrapping'), true);
  assert.equal(config.flags.isOn('parallelQuotes'), false);
  assert.throws(() => config.flags.isOn('giftwrapping'), /unknown feature flag/);
  assert.throws(() => readConfig({ PORT: 'eighty' }), /PORT must be a whole number/);
});

test('a seed names one sequence of random numbers', () => {
  const draw = (seed) => {
    const random = new Prng(seed);
    return Array.from({ length: 5 }, () => random.integer(1, 1000));
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
});

test('a mutex runs tasks one at a time and in order, also after one that failed', async () => {
  const mutex = new Mutex();
  const steps = [];
  const task = (name) => async () => {
    steps.push(`${name} starts`);
    await null;
    steps.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
  };
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => mutex.run(task(name))));
  assert.deepEqual(steps, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('a memo cache shares one computation and forgets a failed one', async () => {
  const cache = new MemoCache();
  let computed = 0;
  const compute = async () => {
    computed += 1;
    if (computed === 1) throw new Error('not yet');
    return 'done';
  };
  await assert.rejects(cache.get('key', compute), /not yet/);
  assert.deepEqual(await Promise.all([cache.get('key', compute), cache.get('key', compute)]), [
    'done',
    'done',
  ]);
  assert.equal(computed, 2);
});

test('a rate limiter counts by key and window', () => {
  let now = 1_000;
  const limiter = new RateLimiter({ limit: 2, windowMs: 500, now: () => now });
  assert.deepEqual([limiter.hit('a'), limiter.hit('a'), limiter.hit('b')], [0, 0, 0]);
  now += 100;
  assert.equal(limiter.hit('a'), 400);
  now += 400;
  assert.equal(limiter.hit('a'), 0);
});

test('retry asks again after a passing failure only', async () => {
  const isTransient = (error) => error.message === 'busy';
  const failing = (message, times) => async (attempt) => {
    if (attempt <= times) throw new Error(message);
    return attempt;
  };
  const options = { attempts: 3, pauseMs: 1, isTransient };
  assert.equal(await retry(failing('busy', 2), options), 3);
  await assert.rejects(retry(failing('busy', 3), options), /busy/);
  await assert.rejects(retry(failing('broken', 1), options), /broken/);
});

test('the Luhn check finds a wrong digit and swapped neighbours', () => {
  assert.equal(passesLuhn('4000000051000000'), true);
  assert.equal(passesLuhn('4000000051000001'), false);
  assert.equal(passesLuhn('4000000015000000'), false);
});
