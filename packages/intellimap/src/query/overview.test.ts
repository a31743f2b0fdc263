/** A run at a glance equals what is counted call by call. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { randomFrom, Simulation } from '../store/replay/fixtures/simulation.ts';
import { openSession, overview, type Session } from './index.ts';
import { type Span, spansOf } from './timeline/fixtures/naive.ts';

let workspace: Workspace;
let session: Session | null = null;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => {
  session?.close();
  session = null;
  workspace.remove();
});

/** Time of a stretch that lies in each bucket. */
const busyIn = (spans: readonly Span[], from: number, to: number): number =>
  spans
    .filter(({ depth }) => depth === 0)
    .reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);

test('of random programs, at any width', async () => {
  const random = randomFrom(4);
  const threads = [1, 2].map((seed) => new Simulation(seed, 300).tokens);
  workspace.run(
    'r1',
    Object.fromEntries(threads.map((tokens, at) => [`7-${at}`, [{ picture: tokens.join(' '), end: true }]])),
  );
  session = await openSession(workspace.root);
  const spans = threads.flatMap(spansOf);
  for (let time = 0; time < 20; time++) {
    const { head, columns } = await overview(session, { px: 1 + random(500) });
    const { resolution, to } = head;
    expect(to).toBe(Math.max(...threads.map(({ length }) => length)) * 10);
    for (const [at, calls] of columns.calls.entries()) {
      const [from, end] = [at * resolution, (at + 1) * resolution];
      const begun = spans.filter(({ start, flags }) => start >= from && start < end && (flags & 8) === 0);
      const failed = spans.filter(
        (span) => span.end >= from && (span.end < end || end > to) && (span.flags & 1) !== 0,
      );
      expect([calls, columns.failed[at]]).toEqual([begun.length, failed.length]);
      expect(columns.busy[at]).toBeCloseTo(busyIn(spans, from, end), 6);
    }
  }
});

test('a run that is longer than there are buckets for: they become wider, and nothing is lost', async () => {
  const { tokens } = new Simulation(3, 1200);
  workspace.run('r1', { '7-0': [{ picture: tokens.join(' '), end: true }] });
  session = await openSession(workspace.root);
  const { head, columns } = await overview(session, { px: 100_000 });
  expect(head.resolution).toBe(4);
  expect(columns.calls.reduce((a, b) => a + b)).toBe(session.run.calls_total);
});

test('errors, what is missing, and marks', async () => {
  workspace.run('r1', {
    '7-0': [
      {
        picture: 'a{ ^1n !a a{ ?5 b{ }b',
        notes: [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }],
        end: true,
      },
    ],
  });
  session = await openSession(workspace.root);
  const { head, columns } = await overview(session, { px: 100 });
  expect([...columns.errors].flatMap((count, at) => (count > 0 ? [at * head.resolution] : []))).toEqual([10]);
  expect([...columns.failed].flatMap((count, at) => (count > 0 ? [at * head.resolution] : []))).toEqual([20]);
  expect(head.lost).toEqual([[30, 40]]);
  expect(head.marks).toEqual([{ at: 10, thread: 1, kind: 'error', text: 'TypeError: no cart' }]);
});
