/** Hotspots of pictures; every event takes 10 µs, so that 5,000 of them hold the event loop. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Hotspot, hotspots, openSession } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const time = (events: number): string => Array.from({ length: events }, () => '.9').join(' ');
async function ask(picture: string, notes: { t: string }[] = []): Promise<Hotspot[]> {
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] }, notes.length > 0 ? { gc: true } : {});
  const session = await openSession(workspace.root);
  try {
    return await hotspots(session, { minShare: 0.05, limit: 10 });
  } finally {
    session.close();
  }
}

test('by own time, with collections of garbage that fell into it', async () => {
  // c runs from 1010 to 1400 µs of the clock.
  const gc = { t: 'gc', pauses: [[1100, 200, 'minor'], [3000, 100, 'major']] }; // prettier-ignore
  const found = await ask(`a{ c{ ${time(38)} }c }a b{ ${time(4)} }b`, [gc]);
  expect(found.map(({ name, selfMs, gcMs, collections }) => [name, selfMs, gcMs, collections])).toEqual([
    ['c', 0.39, 0.2, 1],
    ['b', 0.05, 0, 0],
  ]);
});

test('who held the event loop is who worked in that turn', async () => {
  const found = await ask(`a{ b{ ${time(4000)} }b c{ ${time(1500)} }c }a b{ ${time(500)} }b`);
  expect(found.map(({ name, selfMs, heldMs, turns }) => [name, Math.round(selfMs), Math.round(heldMs), turns])).toEqual([
    ['b', 45, 40, 1],
    ['c', 15, 15, 1],
  ]); // prettier-ignore
});

test('calls that take longer towards the end', async () => {
  const calls = Array.from({ length: 80 }, (_, nth) => `b{ ${time(nth)} }b c{ ${time(5)} }c`).join(' ');
  const [b] = await ask(calls);
  expect(b.name).toBe('b');
  expect(b.trend!.lastMs / b.trend!.firstMs).toBeGreaterThan(2);
  const few = Array.from({ length: 12 }, (_, nth) => `b{ ${time(nth)} }b`).join(' ');
  expect((await ask(few))[0].trend).toBe(null);
});
