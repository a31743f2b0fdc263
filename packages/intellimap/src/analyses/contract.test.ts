/** What all analyses have in common: ids that are the same in every run, sentences, and evidence that is there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from '../query/index.ts';
import { RUN_TABLES, runColumn } from '../schema/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { ANALYSES, type Analysis, type Finding } from './index.ts';

const workspace = new Workspace();
const time = (events: number): string => Array.from({ length: events }, () => '.99').join(' ');
const awaited = (letter: string, id: number, outer: number): string =>
  `${letter}${id}{ ~${id} ~${outer} ${time(400)} >${id} }${id} >${outer}`;
/** A request with six awaits of one function and two of others, errors thrown, caught and neither, a turn that holds the event loop, and flags. */
const request = (id: number, more = ''): string =>
  `[${id} A${id}{ ${[1, 2, 3, 4, 5, 6].map((k) => awaited('B', 100 * id + k, id)).join(' ')} }${id} C${id + 50}{ ${awaited('D', 100 * id + 10, id + 50)} ${awaited('E', 100 * id + 11, id + 50)} }${id + 50} ` +
  `b{ ^1b !b v1aE c{ !c ${more} f{ @1 $0f0 $1f1 }f ]${id} .${id}`;
const notes = [
  { t: 'error', id: 1, name: 'TypeError', message: 'no cart 17' },
  { t: 'resource', id: 1, kind: 'fetch', method: 'GET', url: 'http://stock/items/17', micros: 1000 },
  { t: 'resource', id: 1, took: 5000, ttfb: 4000, status: 200 },
  { t: 'resource', id: 2, kind: 'http', method: 'PUT', url: 'http://stock/', micros: 1000 },
  ...[7, 8].map((id) => ({ t: 'task', id, kind: 'request', name: `GET /carts/${id}` })),
];
const run = (id: string, day: number, picture: string, labels: string[]): string =>
  workspace.run(
    id,
    { '7-0': [{ picture, notes, values: { texts: ['{"n":"0name","v":["gift"]}', 'true'] }, end: true }] },
    { startedAt: 1_790_000_000_000 + day, labels, flags: { functions: '^f$', environment: {} } },
  ); // prettier-ignore

let session: Session;
beforeAll(async () => {
  run('r1', 1, `a{ d{ }d }a ${request(7)}`, ['test']);
  run('r2', 2, `a{ e{ ${time(6000)} }e }a ${request(7)} ${request(8, 'b{ c{ }c }b')}`, ['prod']);
  session = await openSession(workspace.root);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

/** What the pictures show; others need source, memory or profiles, and say that they know nothing. */
const SHOWN = new Set([
  'errors', 'broken-features', 'hottest', 'hot-paths', 'hotspots', 'slowest-tasks', 'slow-tasks', 'n-plus-one', 'sequential-awaits', 'never-used-imports', 'drift',
  'coverage-gap', 'flag-coverage', 'slow-resources',
]); // prettier-ignore

for (const analysis of Object.values(ANALYSES) as Analysis<Finding>[])
  test(analysis.name, async () => {
    const verdict = await analysis.check(session);
    expect(verdict.holds === 'yes').toBe(SHOWN.has(analysis.name));
    if (verdict.holds !== 'yes') return;
    const { findings } = verdict;
    const ids = findings.map(({ id }) => id);
    // Two imports of one module in one file have one id.
    if (analysis.name !== 'never-used-imports') expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !id.startsWith(`${analysis.name}:`))).toEqual([]);
    for (const text of [analysis.summarise(findings), ...findings.map((each) => analysis.describe(each))]) {
      expect(text).toMatch(/\S/);
      expect(text).not.toMatch(/undefined|NaN|null|\.$|\n/);
    }
    for (const { evidence } of findings) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const each of evidence) expect([each, await rowsOf(each)]).toEqual([each, expect.not.stringMatching(/^0$/)]);
    }
  }); // prettier-ignore

/** How many rows there are, as text. */
async function rowsOf({ run: id, table, key }: Finding['evidence'][number]): Promise<string> {
  const named = RUN_TABLES.includes(table) ? [[runColumn(table), id] as const] : [];
  const entries = [...named, ...Object.entries(key)];
  const where = entries.map(([column], at) => `"${column}" = $v${at}`).join(' AND ');
  const values = Object.fromEntries(entries.map(([, value], at) => [`v${at}`, value]));
  const [{ n }] = await session.db.all<{ n: number }>(`SELECT count(*) AS n FROM all_runs."${table}" WHERE ${where}`, values);
  return String(n);
} // prettier-ignore
