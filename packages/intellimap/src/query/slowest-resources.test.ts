import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANALYSES } from '../analyses/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openSession, type Session, slowestResources } from './index.ts';

let fetched: Workspace;
let of: Session;
const begun = (id: number, url: string) => ({
  t: 'resource',
  id,
  kind: 'fetch',
  method: 'GET',
  url,
  micros: 1000 + id,
});
const ended = (id: number, took: number, more = {}) => ({
  t: 'resource',
  id,
  took,
  ttfb: took / 2,
  status: 200,
  ...more,
});
beforeAll(async () => {
  fetched = new Workspace();
  const notes = [
    begun(1, 'http://h/users/1'),
    ended(1, 40_000, { bytes: 7, type: 'text/plain' }),
    begun(2, 'http://h/users/2'),
    ended(2, 90_000, { status: 503 }),
    begun(3, 'http://h/cart'),
    ended(3, 5000, { failure: 'ECONNRESET', status: undefined }),
    begun(4, 'http://h/events'),
    { t: 'notes lost', count: 3 },
  ];
  fetched.run('r', { '7-0': [{ picture: 'a{ @1 b{ @2 }b }a', notes, end: true }] });
  fetched.run('off', { '7-0': [{ picture: 'a{ }a', end: true }] }, { resources: false, startedAt: 1 });
  of = await openSession(fetched.root, { run: 'r' });
});
afterAll(() => {
  of.close();
  fetched.remove();
});

test('rows', async () => {
  const rows = await of.db.all(
    'SELECT * EXCLUDE (run_id, thread_id, url) FROM resources ORDER BY resource_id',
  );
  const line = (row: Record<string, unknown>) => Object.values(row).join(' ');
  expect(rows.map(line)).toEqual([
    '1 h/users/* GET fetch 200 text/plain 7 1 20 40 true false  0 1  ',
    '2 h/users/* GET fetch 503   2 45 90 true false  1 1  ',
    '3 h/cart GET fetch    3 2.5 5 true true ECONNRESET    ',
    '4 h/events GET fetch    4   false false     ',
  ]);
  expect(await of.db.all('SELECT reason, count FROM resources_let_go')).toEqual([
    { reason: 'late', count: 3 },
  ]);
});
test('by route, the slowest first, with the function that made the slowest', async () => {
  const routes = await slowestResources(of);
  expect(
    routes.map(({ route, count, failures, maxMs, slowest }) => [
      route,
      count,
      failures,
      maxMs,
      slowest?.resourceId,
      slowest?.name,
    ]),
  ).toEqual([
    ['h/users/*', 2, 1, 90, 2, 'b'],
    ['h/cart', 1, 1, 5, 3, null],
    ['h/events', 1, 0, null, 4, null],
  ]);
});
test('as findings', async () => {
  const verdict = await ANALYSES.slowResources.check(of);
  if (verdict.holds !== 'yes') throw new Error(verdict.holds);
  const [first] = verdict.findings;
  expect(verdict.findings.map((finding) => ANALYSES.slowResources.describe(finding))).toEqual([
    'GET h/users/*: 2 requests, 39.9 ms at the median, 88.1 ms at the 95th percentile, 1 failed, made by b (src/a.ts:20)',
    'GET h/cart: 1 request, 4.99 ms at the median, 4.99 ms at the 95th percentile, 1 failed',
    'GET h/events: 1 request, of unknown duration',
  ]);
  expect(ANALYSES.slowResources.summarise(verdict.findings)).toBe(
    'requests to 3 routes, slowest GET h/users/*, 88.1 ms; 2 failed',
  );
  expect([first?.id, first?.place?.path, first?.evidence.map(({ table }) => table)]).toEqual([
    'slow-resources:GET h/users/*',
    'src/a.ts',
    ['resources', 'resource_routes'],
  ]);
});
test('not recorded is not known', async () => {
  of.close();
  const off = await openSession(fetched.root, { run: 'off' });
  expect(await ANALYSES.slowResources.check(off)).toMatchObject({ holds: 'unknown' });
  off.close();
  of = await openSession(fetched.root, { run: 'r' });
});
