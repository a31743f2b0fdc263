import { expect, test } from 'vitest';
import { FIRST_PAGE, FIRST_TAB } from '../base/recording.ts';
import type { RunSummary } from '../query/index.ts';
import { renderSummary } from './summary.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

const thread = {
  thread_id: 1, pid: 7, tid: 0, name: 'main', start_us: 0, end_us: 1, ended: true, events: 9, events_lost: 0,
  orphans: 0, calls: 4, calls_open: 0, gaps: 0, certain_until_us: 1, kind: 'main',
}; // prettier-ignore

const summary = {
  run: {
    id: '20261121-1', duration_ms: 1234, command: '["node","app.js"]', tier: 'performance', complete: true,
    signal: null, exit_code: 0, ended_at: 1,
  },
  calls: 1_234_567,
  functions: { hit: 2, all: 3, unwatched: 2 },
  modules: { loaded: 1, instrumented: 1, all: 1 },
  hottest: [
    { id: 'a', name: 'total', path: 'src/cart.ts', line: 3, hits: 1_234_000, selfMs: 512, totalMs: 600, waitMs: 0 },
    { id: 'b', name: 'checkout', path: 'src/deep/in/a/folder/with/a/long/name/of/its/own/checkout.ts', line: 10, hits: 567, selfMs: 0.5, totalMs: 600, waitMs: 0 },
  ],
  errors: {
    count: 3, places: 1,
    top: [{ name: 'CartError', message: 'full\nof \u001B[31mred', messages: 2, kind: 'uncaught', count: 3, path: 'src/cart.ts', line: 9, column: 2, function: 'total', id: 'x', stack: '', note: null }],
  },
  tasks: { count: 1, passedOver: 0, slowest: [{ threadId: 1, taskId: 1, kind: 'request', name: 'GET /cart', path: 'src/cart.ts', line: 3, startUs: 0, durationMs: 12, calls: 5, errors: 0, open: true }] },
  pauses: { count: 1, longest: [{ threadId: 1, kind: 'loop', detail: null, name: 'total', path: 'src/cart.ts', line: 3, startUs: 0, durationMs: 120 }] },
  imports: { used: 4, unknown: 1, unused: [{ src: 'src/cart.ts', line: 1, specifier: './tax.ts', dst: 'src/tax.ts', kind: 'import', names: ['tax'] }] },
  eventsLost: 0,
  overhead: {
    instrumentingMs: 20,
    eventsMs: 4.5,
    events: 2_500_000,
    cpuMs: 1000,
    ownMs: 10,
    budget: null,
    percent: null,
    counted: 0,
    leftOut: 0,
    valuesMs: 0,
    stalledMs: 0,
  },
  values: null,
  threads: [thread, { ...thread, thread_id: 2, tid: 1 }],
  skipped: [{ path: 'src/legacy.js', reason: 'Unexpected token (1:5)' }],
  gates: { count: 0, top: [], stop: null },
  flight: null,
  sampling: null,
  measured: [],
  certainty: { complete: true, certainUntilUs: 1000, damagedSegments: 0, gaps: 0, orphans: 0, callsOpen: 0, callsKept: 4, callsRule: 'all', callsMinUs: -1 },
} as unknown as RunSummary; // prettier-ignore

test.each([
  [['page', 'frame', 'web worker'], '3 in 1 page'],
  [['main', 'page', 'page', 'scenario'], '4 in 1 process and 2 pages'],
  // A scenario had V8 measure the tab, in which one page was, or two one after the other; of another tab nobody else tells.
  [['main', 'tab', 'page', 'scenario'], '4 in 1 process and 1 page'],
  [['tab', 'page', 'page'], '3 in 2 pages'],
  [['tab', 'tab', 'page'], '3 in 2 pages'],
])('threads of %j', (kinds, text) => {
  const threads = kinds.map((kind, at) =>
    kind === 'tab'
      ? { ...thread, pid: FIRST_TAB + 1 + at, kind: 'page' }
      : { ...thread, pid: FIRST_PAGE + 1 + at, kind },
  );
  const shown = renderSummary({ ...summary, threads } as unknown as RunSummary, {
    paint,
    columns: 80,
    rows: 1,
  });
  expect(shown).toContain(`threads    ${text}\n`);
});

test('a run at a glance, in 80 columns', () => {
  expect(`\n${renderSummary(summary, { paint, columns: 80, rows: 5 })}\n`).toBe(`
intellimap recorded 1,234,567 calls in 1.23 s: node app.js

  functions  2 of 3 ran, in 1 file (2 not instrumented)
  threads    2 in 1 process
  errors     3 at 1 place, 3 uncaught
  imports    4 used, 1 never used, 1 unknown
  recording  0 events lost, complete
  overhead   about 24.5 ms: 20.0 ms to instrument, 4.50 ms for 2,500,000 events
  ended      with exit code 0

Hottest by self time
  512 ms  1,234,000 calls  total     src/cart.ts:3
  500 µs        567 calls  checkout  …ith/a/long/name/of/its/own/checkout.ts:10

Errors
  3×  uncaught  CartError: full…  src/cart.ts:9

Slowest tasks
  12.0 ms  5 calls  GET /cart (had not ended)  src/cart.ts:3

Longest pauses
  120 ms  one turn  total  src/cart.ts:3

Imports never used
  ./tax.ts  src/cart.ts:1

Left alone (runs as it is)
  Unexpected token (1:5)  src/legacy.js

run 20261121-1  ·  intellimap report | show <function> | query "<sql>"
`);
});

test('what was decided while it ran is told, and a stop stands beside the claim that nothing is lost', () => {
  const stop = { pid: 7, atUs: 2_500_000, gate: 'off', functions: null, reason: 'limit bytes: 20 of 10' };
  const open = { pid: 7, atUs: 1500, gate: 'open', functions: 1, reason: 'trace 1: src/** Cart.add' };
  const steered = { ...summary, gates: { count: 2, top: [open, stop], stop } } as RunSummary;
  const text = renderSummary(steered, { paint, columns: 80, rows: 10 });
  expect(text).toContain('0 events lost, stopped after 2.50 s: limit bytes: 20 of 10');
  expect(text).toContain(`
Decided while it ran
  1.50 ms  open     1 function  trace 1: src/** Cart.add
   2.50 s   off  all functions  limit bytes: 20 of 10
`);
});

test('some tasks stand for all: how many there were is told, and what did not run in them may have run', () => {
  const sampling = { tasksLeftOut: 1, tasksPartly: 0, wordsLeftOut: 12, changes: 0 };
  const text = (changed: object): string =>
    renderSummary({ ...summary, sampling: { ...sampling, ...changed } }, { paint, columns: 200, rows: 10 });
  expect(text({})).toContain(
    'tasks      1 of 2 tasks recorded (sampled): calls and functions are of those\n',
  );
  expect(text({})).toMatch(/functions +at least 2 of 3/);
  expect(text({ changes: 2, tasksPartly: 1 })).toContain(
    '1 turn of others kept for their length, the rate changed 2 times',
  );
  const all = text({ tasksLeftOut: 0, wordsLeftOut: 0 });
  expect(all).toContain('1 of 1 task recorded (sampled)\n');
  expect(all).not.toContain('at least');
});

test('processes that ran unrecorded may have done anything', () => {
  const left = {
    ...summary,
    run: { ...summary.run, complete: false, processes_unrecorded: 1200 },
  } as RunSummary;
  const text = renderSummary(left, { paint, columns: 200, rows: 10 });
  expect(text).toMatch(
    /not complete: 1.200 processes ran unrecorded \(too many at once: --processes; or without a working folder\)/,
  );
  expect(text).toMatch(/functions +at least /);
});

test('a budget: what recording took in the end, and what was given up for it', () => {
  const overhead = { ...summary.overhead, budget: 5, percent: 4.62, counted: 12, leftOut: 3 };
  const text = renderSummary({ ...summary, overhead }, { paint, columns: 200, rows: 10 });
  expect(text).toContain(
    '4.50 ms for 2,500,000 events; 4.6 % in the end, of a budget of 5 %: 12 functions only counted, 3 left out\n',
  );
});

test('what is not certain is said', () => {
  const cut = {
    ...summary,
    run: { ...summary.run, complete: false, signal: 'SIGKILL', exit_code: null },
    threads: [{ ...thread, ended: false }],
    certainty: { ...summary.certainty, complete: false, damagedSegments: 1, gaps: 2 },
  } as RunSummary;
  const text = renderSummary(cut, { paint, columns: 200, rows: 1 });
  expect(text).toContain(
    '0 events lost, not complete: 1 damaged segment, 2 gaps, 1 thread cut off (killed, terminated, or the disk is full); certain up to 1.00 ms after its start',
  );
  expect(text).toContain('ended      by SIGKILL');
  expect(text).toContain('Hottest by self time  (1 of 2)');
});

test('what a program waited for the recorder, where that is more than at any end; what is long goes on below', () => {
  const overheadOf = (stalledMs: number): string =>
    renderSummary(
      { ...summary, overhead: { ...summary.overhead, stalledMs } },
      { paint, columns: 80, rows: 5 },
    );
  expect(overheadOf(1900)).toContain(
    `
  overhead   about 1.92 s: 20.0 ms to instrument, 4.50 ms for 2,500,000 events,
             1.90 s waiting for the recorder
`,
  );
  expect(overheadOf(9)).not.toContain('waiting');
});

test('values that were kept, and those let go, with the reasons', () => {
  const values = {
    kept: 1234,
    letGo: [
      { reason: 'calls', count: 5000 },
      { reason: 'late', count: 1 },
    ],
  };
  const overhead = { ...summary.overhead, valuesMs: 7 };
  const text = renderSummary({ ...summary, values, overhead }, { paint, columns: 200, rows: 5 });
  expect(text).toContain(
    '  values     1,234 kept, let go: 5,000 calls of functions called very often, 1 as the recorder was late\n',
  );
  expect(text).toContain('4.50 ms for 2,500,000 events, 7.00 ms for values\n');
  expect(
    renderSummary({ ...summary, values: { kept: 0, letGo: [] } }, { paint, columns: 80, rows: 5 }),
  ).toContain('0 kept, none let go');
});
