import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SiteTable } from '../base/recording.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { callRates, openSession, passedOver, runSummary, showFunction } from './index.ts';

test('functions of which nothing was kept may have run: their import is not called unused', async () => {
  const left = new Workspace();
  const folder = left.run('20261121-left', { '7-0': [{ picture: 'a{ }a', end: true }] });
  const file = `${folder}/sites/bbbb.json`;
  const { sites, ...table } = JSON.parse(readFileSync(file, 'utf8')) as SiteTable;
  const planned = { keep: 'nothing', perSecond: 2e6 } as const;
  const some = sites.map((site) => {
    if (site.name === 'y') return { ...site, off: 'with' };
    return site.name === 'z' ? { ...site, planned } : site;
  });
  writeFileSync(file, JSON.stringify({ ...table, sites: some }));
  const opened = await openSession(left.root);
  const { imports, functions } = await runSummary(opened);
  expect(functions).toEqual({ hit: 0, all: 49, unwatched: 2 });
  expect(
    await opened.db.all("SELECT name, hits FROM code_usage WHERE name IN ('a', 'b', 'y', 'z') ORDER BY name"),
  ).toEqual([
    { name: 'a', hits: 1 },
    { name: 'b', hits: 0 },
    { name: 'y', hits: null },
    { name: 'z', hits: null },
  ]);
  expect(imports.unused.map(({ specifier, line }) => `${specifier}:${line}`)).toEqual(['./b.ts:1']);
  const { matches } = await showFunction(opened, 'ts:src/b.ts#z');
  expect(matches[0]).toMatchObject({ kept: 'nothing', plannedRate: 2e6, hits: 0 });
  opened.close();
  left.remove();
});

describe('what recording costs', () => {
  const budgeted = new Workspace();
  /** µs of processors since the start, as the drain tells it: 3 s, of which 0.1 are its own. */
  const cost = (micros: number, percent: number) => ({
    t: 'cost',
    micros,
    cpu: 3e6,
    own: 1e5,
    budget: 5,
    counted: percent > 5 ? 0 : 1,
    percent,
    turns: micros / 100,
  });
  beforeAll(() => {
    budgeted.run('20261121-budget', {
      '7-0': [
        {
          picture: 'a{ b{ n{ }n }b }a',
          notes: [cost(0, 9), cost(6e6, 4)],
          counts: [[3, 5500]],
          end: true,
        },
      ],
    });
  });
  afterAll(() => budgeted.remove());

  test('is in the summary, with what was given up', async () => {
    const { db, ...all } = await openSession(budgeted.root);
    const { overhead } = await runSummary({ db, ...all });
    expect(overhead).toMatchObject({
      cpuMs: 3000,
      ownMs: 100,
      budget: 5,
      percent: 4,
      counted: 1,
      leftOut: 0,
    });
    db.close();
  });

  test('call rates, by the second of what the program took by itself', async () => {
    const { db } = await openSession(budgeted.root);
    const costs = { eventNs: 0, timedEventNs: 0 };
    const command = JSON.stringify(['node', 'app.js']);
    // c was counted 5500 times in 2.828 s, as following 60,000 callbacks took 0.072; a, b and n ran less than once a second.
    expect(await callRates(db, command, '/app', costs)).toEqual({
      run: '20261121-budget',
      files: ['src/a.ts', 'src/b.ts'],
      // A process, and files that took 4 ms.
      use: {
        startMs: 174,
        wallPerSecond: expect.any(Number) as number,
        looking: { ns: expect.any(Number) as number, isHeld: true },
      },
      followed: { requests: 0, resources: 0, turns: expect.closeTo(60_000 / 2.828) as number },
      rates: [{ path: 'src/a.ts', id: 'ts:src/a.ts#c', isFrame: false, perSecond: 5500 / 2.828 }],
    });
    expect(await callRates(db, command, '/elsewhere', costs)).toBeUndefined();
    // It was measured to take 5.5 s by itself.
    expect((await callRates(db, command, '/app', costs, 5500))?.rates[0]).toMatchObject({ perSecond: 1000 });
    db.close();
  });
});

test('the latest run that does not know how often functions are called says why', async () => {
  const recorded = new Workspace();
  const cpu = (cpuMs: number) => ({ t: 'cost', micros: 0, cpu: cpuMs * 1000, own: 0 });
  const of = (name: string, startedAt: number) => ({ command: ['node', name], startedAt });
  recorded.run('1', { '7-0': [{ picture: 'a{ }a', notes: [cpu(5000)], end: true }] }, of('short.js', 1));
  recorded.run('2', { '7-0': [{ picture: 'a{ }a', notes: [cpu(228)], end: true }] }, of('short.js', 2));
  recorded.run('3', { '7-0': [{ picture: 'a{ }a', end: true }] }, of('untold.js', 3));
  recorded.run(
    '4',
    { '7-0': [{ picture: 'a{ }a', notes: [cpu(5000), { t: 'sampling', tasks: 1, words: 10 }], end: true }] },
    of('sampled.js', 4),
  );
  const { db } = await openSession(recorded.root);
  const why = (name: string) => passedOver(db, JSON.stringify(['node', name]), '/app');
  expect(await why('short.js')).toEqual({ run: '2', why: 'short', cpuMs: 228 });
  expect(await why('untold.js')).toEqual({ run: '3', why: 'untold', cpuMs: null });
  expect(await why('sampled.js')).toEqual({ run: '4', why: 'sampled', cpuMs: 5000 });
  expect(await why('other.js')).toBeUndefined();
  db.close();
  recorded.remove();
});
