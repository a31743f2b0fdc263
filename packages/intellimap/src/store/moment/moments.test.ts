/** What is known of moments is written down, and used as long as it belongs to the recording. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../fixtures/workspace.ts';
import { refresh } from '../load.ts';
import { randomFrom, Simulation } from '../replay/fixtures/simulation.ts';
import { Moments } from './moments.ts';
import type { ThreadMoments } from './thread-moments.ts';

let workspace: Workspace;
let saved: string;
beforeEach(() => {
  workspace = new Workspace();
  saved = join(workspace.root, '.intellimap/moments/r1/1');
  const random = randomFrom(5);
  const { tokens } = new Simulation(5, 120);
  const segments: { picture: string }[] = [];
  for (let at = 0; at < tokens.length;)
    segments.push({ picture: tokens.slice(at, (at += 1 + random(9))).join(' ') });
  workspace.run('r1', { '7-0': segments });
});
afterEach(() => workspace.remove());

/** What it takes at least, in ms, to be written down. */
const read = async (afterMs: number): Promise<ThreadMoments> =>
  (await Moments.open(workspace.root, 'r1', afterMs)!.thread(1))!;

/** Stacks at the end of all frames. */
function ends(moments: ThreadMoments): string[] {
  return Array.from({ length: moments.count }, (_, frame) => {
    const { stack, words, times } = moments.open(frame);
    stack.feed(words, 0, words.length, times);
    return [...stack.call.subarray(0, stack.top + 1), '·', ...stack.open.keys()].join(' ');
  });
}

test('of recordings that take long to go through', async () => {
  const first = await read(Infinity);
  expect(existsSync(saved)).toBe(false);
  expect(ends(first).length).toBeGreaterThan(10);
  await read(0);
  const again = await read(0);
  expect(again.keyframes).toEqual(first.keyframes);
  expect(ends(again)).toEqual(ends(first));
  expect([again.count, again.first, again.last, again.calls]).toEqual([
    first.count,
    first.first,
    first.last,
    first.calls,
  ]);
});

test('what was written down is read, not made anew; damaged, or of another recording, it is not used', async () => {
  const first = await read(0);
  const bytes = readFileSync(saved);
  // Its last bytes are of an array of numbers.
  const other = Buffer.from(bytes);
  other[other.length - 1] ^= 1;
  writeFileSync(saved, other);
  expect(await read(Infinity)).not.toEqual(first);
  writeFileSync(saved, bytes.subarray(0, bytes.length - 1));
  expect(ends(await read(Infinity))).toEqual(ends(first));
  writeFileSync(saved, bytes);
  appendFileSync(workspace.write('r1', 'unrecorded.ndjson', ''), '{}\n');
  rmSync(join(workspace.runDir('r1'), 'threads/7-0/000003.seg'));
  expect(ends(await read(Infinity)).length).toBe(first.count - 1);
});

test('it goes with the recording', async () => {
  await refresh(workspace.root);
  await read(0);
  await refresh(workspace.root);
  expect(existsSync(saved)).toBe(true);
  workspace.run('r2', { '7-0': [{ picture: 'a{ }a', end: true }] });
  rmSync(workspace.runDir('r1'), { recursive: true });
  await refresh(workspace.root);
  expect(existsSync(saved)).toBe(false);
});

test('who catches that the stack is full is on top, in every frame', async () => {
  const notes = [{ t: 'error', id: 9, name: 'RangeError', message: 'Maximum call stack size exceeded' }];
  workspace.run('r2', { '7-0': [{ notes, picture: 'n{ r{ r{ !r' }, { picture: 'v9n' }, { picture: 'd{' }] });
  const moments = (await Moments.open(workspace.root, 'r2', Infinity)!.thread(1))!;
  // n and an r; n; n and d.
  expect(ends(moments)).toEqual(['0 1 ·', '0 ·', '0 3 ·']);
});
