import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { sealed } from './letters.ts';
import { Bell, openPost, postMemory, Slot, Turn } from './post.ts';
import { createTransformer } from './transformer.ts';

/** Wakes whoever waits, while it has nothing to say yet; then answers each letter with the next of `answers`, all of them within a page. */
const SLUGGISH = `
  const { workerData: { memory, fields, page, answers, names } } = require('node:worker_threads');
  const { Bell, Slot, Turn } = names;
  const bell = new Int32Array(memory, 0, 8);
  const slot = new Int32Array(memory, fields, 8);
  const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  Atomics.store(bell, Bell.STARTED, 1);
  require('node:worker_threads').parentPort.postMessage('ready');
  for (const answer of answers) {
    while (Atomics.load(slot, Slot.TURN) !== Turn.TRANSFORMER) sleep(1);
    sleep(20);
    // Of an answer long ago: its thread had seen it before it was woken.
    Atomics.notify(slot, Slot.TURN);
    sleep(20);
    new Uint8Array(memory, page).set(answer);
    slot[Slot.LENGTH] = slot[Slot.TOTAL] = answer.length;
    Atomics.store(slot, Slot.TURN, Turn.THREAD);
    Atomics.notify(slot, Slot.TURN);
  }`;

test('a thread that is woken too early goes on waiting: it gets the answer to its own question', async () => {
  const memory = postMemory();
  const { bell, slots } = openPost(memory);
  const [{ fields, page }] = slots;
  const answers = ['one', 'two'].map((text, base) => sealed({ t: 'text', base }, text, 2));
  const workerData = {
    memory,
    fields: fields.byteOffset,
    page: page.byteOffset,
    answers,
    names: { Bell, Slot, Turn },
  };
  const worker = new Worker(SLUGGISH, { eval: true, workerData });
  await once(worker, 'message');
  const { instrument } = createTransformer({ memory, thread: '7-0', tid: 0, start: () => {} });
  const module = { path: '/app/a.js', goal: 'commonjs', format: 'commonjs' } as const;
  expect(instrument('first', module)).toEqual({ text: 'one', base: 0 });
  expect(instrument('second', module)).toEqual({ text: 'two', base: 1 });
  expect(Atomics.load(bell, Bell.DEAD)).toBe(0);
  await worker.terminate();
});
