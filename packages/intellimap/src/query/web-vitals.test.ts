/** What pages tell beside their calls: notes → rows → answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANALYSES } from '../analyses/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openSession, overview, type Session, webVitals } from './index.ts';

const page = (path: string, kind = 'page') => ({
  name: `${kind} ${path}`,
  clock: { shift: 900, unsure: 40 },
  browser: { kind, url: `http://h${path}`, agent: 'Chrome' },
});
/** What a browser measured, as the collector writes it down: the page's clock was 0 when the run began. */
const entry = (entryType: string, startTime: number, more = {}) => ({
  t: 'entry',
  id: 100,
  entryType,
  startTime,
  micros: Math.round(startTime * 1000) + 1000,
  ...more,
});
const navigation = (responseStart: number, more = {}) =>
  entry('navigation', 0, { initiatorType: 'navigation', name: 'http://h/checkout', responseStart, ...more });

let workspace: Workspace;
let session: Session;
beforeAll(async () => {
  workspace = new Workspace();
  const checkout = [
    // The page is told as soon as it is there, and again when it has loaded.
    navigation(900),
    navigation(900, { id: 5, responseEnd: 950, responseStatus: 200 }),
    navigation(900, { id: 6, responseEnd: 950, responseStatus: 200 }),
    entry('largest-contentful-paint', 3100, { element: 'img.hero', url: 'http://h/a.png' }),
    entry('layout-shift', 4, { value: 0.2, sum: 0.3, sources: { node: '#late' } }),
    entry('event', 5, {
      name: 'click',
      duration: 304,
      interactionId: 7,
      processingStart: 9,
      processingEnd: 255,
      target: '#go',
    }),
    entry('pageshow', 6000),
    entry('pageshow', 6000, { duration: 20 }),
    // Nobody is to be trusted.
    entry('largest-contentful-paint', NaN),
    entry('soon', 3, { value: {}, scripts: 'x', sources: 7, types: [{}, 'y'] }),
    { t: 'entry', id: {}, entryType: 'layout-shift', value: 'x', sum: '9', startTime: {}, sources: null },
    { t: 'entry', entryType: 'longtask', duration: 'x' },
    { t: 'entry', entryType: 'resource', initiatorType: 'img', micros: 1 },
    entry('resource', 2000, {
      id: 1,
      initiatorType: 'img',
      name: 'http://h/a.png',
      responseStart: 2100,
      responseEnd: 2600,
      responseStatus: 200,
      encodedBodySize: 12,
      contentType: 'image/png',
    }),
    { t: 'resource', id: 2, kind: 'fetch', method: 'GET', url: 'http://h/cart', micros: 3000 },
    // A request: what was heard of it, and what the browser measured. Not one that nobody knows.
    { t: 'resource', id: 8, kind: 'xhr', method: 'POST', url: 'http://h/pay', micros: 2_000_500 },
    { t: 'resource', id: 8, ttfb: 90_000, status: 503 },
    entry('resource', 2000, {
      of: 8,
      initiatorType: 'xmlhttprequest',
      name: 'http://h/pay',
      responseStart: 2080,
      responseEnd: 2100,
    }),
    entry('resource', 2000, { id: 9, initiatorType: 'fetch', name: 'http://h/x', responseEnd: 2100 }),
    // Not what the recorder of another build on the page sends.
    {
      t: 'resource',
      id: 10,
      kind: 'websocket',
      method: 'GET',
      url: 'ws://h:4318/intellimap/v1/batches',
      micros: 3000,
    },
    { t: 'console', id: 3, message: 'cannot pay', load: false, micros: 1012 },
    { t: 'console', id: 3, count: 4 },
    { t: 'console', id: 4, message: 'cannot load img http://h/b.png', load: true, micros: 1020 },
    { t: 'console', id: 5, count: 7 },
    entry('long-animation-frame', 0.1, {
      duration: 80,
      blockingDuration: 30,
      renderStart: 79.6,
      scripts: { sourceURL: 'http://h/src/a.ts?t', sourceFunctionName: 'b', invoker: 'BUTTON#go.onclick' },
    }),
    entry('longtask', 0.05, { duration: 60, name: 'self' }),
  ];
  workspace.run('r', {
    '7-0': [{ picture: 'a{ }a', end: true }],
    '10000001-0': [{ header: page('/checkout'), picture: 'a{ b{ @3 }b }a', notes: checkout, end: true }],
    '10000001-1': [{ header: page('/price.js', 'web worker'), picture: 'a{ }a', end: true }],
    '10000002-0': [
      {
        header: page('/checkout'),
        notes: [navigation(100), entry('largest-contentful-paint', 200)],
        end: true,
      },
    ],
    '10000003-0': [{ header: { ...page('/', 'frame'), clock: { shift: 1, unsure: null } }, end: true }],
  });
  session = await openSession(workspace.root, { run: 'r' });
});
afterAll(() => {
  session.close();
  workspace.remove();
});

test('threads of browsers', async () => {
  const rows = await session.db.all(
    'SELECT name, kind, url, agent, clock_shift_us, clock_unsure_us, parent_thread FROM threads ORDER BY thread_id',
  );
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    'main main     ',
    'page /checkout page http://h/checkout Chrome 900 40 ',
    'web worker /price.js web worker http://h/price.js Chrome 900 40 2',
    'page /checkout page http://h/checkout Chrome 900 40 ',
    'frame / frame http://h/ Chrome 1  ',
  ]);
});

test('vitals', async () => {
  const rows = await session.db.all(
    'SELECT visit, name, value, unit, rating, at_us, element, url, detail FROM vitals WHERE thread_id = 2 ORDER BY visit, name',
  );
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    '1 TTFB 900 ms needs improvement 900000   ',
    // Asked for 1.1 s after the page was there, painted 0.5 s after it was.
    '1 LCP 3100 ms needs improvement 3100000 img.hero http://h/a.png {"ttfb":900,"delay":1100,"load":600,"render":500}',
    '1 CLS 0.3 score poor 4000 #late  {"moved":0.2}',
    '1 INP 304 ms needs improvement 5000 #go  {"event":"click","delay":4,"processing":246,"presentation":54}',
    '2 FCP 20 ms good 6020000   ',
    '2 LCP 20 ms good 6020000   ',
  ]);
});

test('messages to the console, with the call that said them', async () => {
  const rows = await session.db.all(
    'SELECT thread_id, source, message, count, function, call_id, task_id FROM console_messages ORDER BY at_us',
  );
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    '2 console cannot pay 4 ts:src/a.ts#b 1 1',
    '2 load cannot load img http://h/b.png 1   ',
  ]);
});

test('long tasks, with the function that ran longest', async () => {
  const rows = await session.db.all('SELECT * EXCLUDE (run_id, thread_id) FROM long_tasks ORDER BY start_us');
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    'task 50 60000      self',
    'frame 100 80000 30000 500 src/a.ts 20 ts:src/a.ts#b BUTTON#go.onclick',
  ]);
});

test('what a page loads by itself is a request of no route', async () => {
  expect(
    await session.db.all('SELECT type, ttfb_ms, total_ms, status, ended FROM resources ORDER BY resource_id'),
  ).toEqual([
    { type: 'img', ttfb_ms: 100, total_ms: 600, status: 200, ended: true },
    { type: 'fetch', ttfb_ms: null, total_ms: null, status: null, ended: false },
    { type: 'navigation', ttfb_ms: 900, total_ms: 950, status: 200, ended: true },
    { type: 'xhr', ttfb_ms: 80.5, total_ms: 100.5, status: 503, ended: true },
  ]);
  expect(await session.db.all('SELECT route FROM resource_routes')).toEqual([
    { route: 'h/pay' },
    { route: 'h/cart' },
  ]);
});

test('of all visits of a page, the 75th percentile', async () => {
  const all = await webVitals(session);
  expect(
    all.map(({ page: of, name, value, visits, rating }) => `${of} ${name} ${value} ${visits} ${rating}`),
  ).toEqual([
    'page /checkout CLS 0.3 1 poor',
    'page /checkout TTFB 900 2 needs improvement',
    'page /checkout LCP 3100 3 needs improvement',
    'page /checkout INP 304 1 needs improvement',
    'page /checkout FCP 20 1 good',
  ]);
  const verdict = await ANALYSES.webVitals.check(session);
  if (verdict.holds !== 'yes') throw new Error(verdict.holds);
  expect(ANALYSES.webVitals.summarise(verdict.findings)).toBe(
    '5 measures of 1 page: 1 poor, 3 to improve, 1 good',
  );
  expect(verdict.findings.map((finding) => ANALYSES.webVitals.describe(finding))).toEqual([
    'page /checkout: CLS 0.300, poor, at #late',
    'page /checkout: TTFB 900.0 ms, needs improvement, the 75th percentile of 2 visits',
    'page /checkout: LCP 3.10 s, needs improvement, the 75th percentile of 3 visits, at img.hero, 1.10 s of it delay',
    'page /checkout: INP 304.0 ms, needs improvement, at #go, 246.0 ms of it processing',
    'page /checkout: FCP 20.0 ms, good',
  ]);
});

test('moments worth a sign', async () => {
  const { head } = await overview(session, { px: 100 });
  expect(head.marks.filter(({ kind }) => kind === 'vital').map(({ at, text }) => `${at} ${text}`)).toEqual([
    '4000 CLS 0.3 at #late, poor',
    '5000 INP 304 ms at #go, needs improvement',
    '100000 TTFB 100 ms, good',
    '200000 LCP 200 ms, good',
    '900000 TTFB 900 ms, needs improvement',
    '3100000 LCP 3100 ms at img.hero, needs improvement',
    '6020000 FCP 20 ms, good',
    '6020000 LCP 20 ms, good',
  ]);
});
