/** Tier `edges` in processes of their own: what the drain writes of the counters. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { build, TestRun, type ThreadRecording } from './fixtures/child.ts';

let run: TestRun;
beforeAll(build, 60_000);
afterEach(() => run.remove());

/** `f(site, body)` calls a function of this site as the text of the transform does. */
const CALLS = `
const f = (site, body = () => {}) => { let k = $imG[site] ? $imO(site << 4 | 1) : $imE(site << 4 | 1); try { body(); k &= -2 } finally { k && $imL(k) } };
`;

/** All edges of a thread: `caller→callee calls`. */
function edgesOf({ parts }: ThreadRecording): string[] {
  const all = new Map<string, number>();
  for (const part of parts) {
    if (part.type !== 'edges') continue;
    const { callers, callees, calls } = part.edges;
    for (const [at, times] of calls.entries()) {
      const edge = `${callers[at]}→${callees[at]}`;
      all.set(edge, (all.get(edge) ?? 0) + times);
    }
  }
  return [...all].map(([edge, times]) => `${edge} ${times}`);
}

const countsOf = ({ parts }: ThreadRecording): [number, number][] =>
  parts.flatMap((part) =>
    part.type === 'counts'
      ? [...part.counts.sites].map((site, at): [number, number] => [site, part.counts.deltas[at]])
      : [],
  );

/** A program whose sites were allocated, as the loader does: counters of others are not looked at. */
function ran(code: string, env: Record<string, string> = {}): ReturnType<TestRun['run']> {
  run = new TestRun({ INTELLIMAP_TIER: 'edges', ...env });
  return run.run(`Atomics.add(new Int32Array(probe.shared.siteCounter), 0, 50);${CALLS}${code}`);
}

test('over many looks of the drain, sums are exact, and no word is written for calls', () => {
  const { status, stderr } = ran(`
    for (let round = 0; round < 30; round++) {
      f(1, () => { for (let at = 0; at < 100_000; at++) f(2); });
      // Time enough for two looks, also where the machine is busy.
      await new Promise((done) => setTimeout(done, 15));
    }`);
  expect([status, stderr]).toEqual([0, '']);
  const main = run.main();
  expect(edgesOf(main)).toEqual(['0→1 30', '1→2 3000000']);
  expect(main.parts.filter(({ type }) => type === 'edges').length).toBeGreaterThan(1);
  expect([main.calls, main.ended]).toEqual([0, true]);
});

test("each thread has its own, also one whose ring was another one's", () => {
  const { status, stderr } = ran(`
    import { Worker, workerData } from 'node:worker_threads';
    import { once } from 'node:events';
    const start = (site) => once(new Worker(new URL(import.meta.url), { workerData: site }), 'exit');
    if (workerData) for (let at = 0; at < 1000; at++) f(workerData);
    else {
      for (const site of [3, 4, 5]) await start(site);
      f(1);
    }`);
  expect([status, stderr]).toEqual([0, '']);
  const threads = run.threads().toSorted((a, b) => a.tid - b.tid);
  expect(threads.map(edgesOf)).toEqual([['0→1 1'], ['0→3 1000'], ['0→4 1000'], ['0→5 1000']]);
});

test("gates: what is counted has no edge, and is nobody's caller", () => {
  ran(`$imG[2] = 1; $imG[3] = 2; f(1, () => { f(2, () => f(4)); f(3, () => f(4)); });`);
  const main = run.main();
  expect(edgesOf(main)).toEqual(['0→1 1', '1→4 2']);
  expect(countsOf(main)).toEqual([[2, 1]]);
});

test('a flight recorder writes them when something happens', () => {
  const flight = { INTELLIMAP_FLIGHT_BYTES: '1000000' };
  ran(
    'f(1, () => f(2)); await new Promise((done) => setTimeout(done, 30)); f(1); process.exitCode = 1;',
    flight,
  );
  expect(edgesOf(run.main())).toEqual(['0→1 2', '1→2 1']);
});
