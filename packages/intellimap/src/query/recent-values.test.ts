import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openSession, runSummary, type Session, showFunction } from './index.ts';

const values = {
  texts: ['{"n":"0id","v":[7]}', '{"$":"redacted"}', '["this.x",1]', '"late"', '{"n":"0id","v":[8]}'],
  counts: [5, 1500, 3, 0, 0, 0, 2, 0],
};
let valued: Workspace;
let seen: Session;
beforeAll(async () => {
  valued = new Workspace();
  const wanted = {
    full_trace: [],
    state_only: [],
    budget: { calls: 1, rate: 0, bytes: 0, share: 0 },
    redact: [],
  };
  valued.run(
    'r',
    { '7-0': [{ picture: 'a{ b{ $0b0 $3b2 $1b1 }b b{ $0b4 $1b3 !b $1b9 }a', values, end: true }] },
    { values: wanted },
  );
  seen = await openSession(valued.root);
});
afterAll(() => {
  seen.close();
  valued.remove();
});

test('a function shows its last calls; a call that threw has no result', async () => {
  const { matches } = await showFunction(seen, 'b');
  const told = matches[0]?.seen.map(({ callId, outcome, values: all, changes }) => [
    callId,
    outcome,
    ...all.map(
      ({ role, name, preview, redacted }) => `${role} ${name} ${preview}${redacted ? ' redacted' : ''}`,
    ),
    ...changes.map(({ kind, target, preview }) => `${kind} ${target} ${preview}`),
  ]);
  expect(told).toEqual([
    [2, 'threw', 'argument id 8'],
    [1, 'returned', 'argument id 7', 'result null {"$":"redacted"} redacted', 'property this.x 1'],
  ]);
});
test('a function without values shows none', async () =>
  expect((await showFunction(seen, 'a')).matches[0]?.seen).toEqual([]));
test('the summary tells what was kept and let go', async () => {
  const { values: told, overhead } = await runSummary(seen);
  expect(told).toEqual({
    kept: 4,
    letGo: [
      { reason: 'calls', count: 3 },
      { reason: 'late', count: 2 },
      { reason: 'missing', count: 1 },
    ],
  });
  expect(overhead.valuesMs).toBe(1.5);
});
test('a run that asked for none says so', async () => {
  const plain = new Workspace();
  plain.run('r', { '7-0': [{ picture: 'a{ }a', end: true }] });
  const none = await openSession(plain.root);
  expect((await runSummary(none)).values).toBeNull();
  none.close();
  plain.remove();
});
