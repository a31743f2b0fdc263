import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlType, type View, VIEWS } from '../schema/index.ts';
import { Workspace } from './fixtures/workspace.ts';
import { openReading, openStore, type ReadingSession, refresh } from './index.ts';

const views = Object.entries(VIEWS as Record<string, View>);
const workspace = new Workspace();
let db: ReadingSession;

beforeAll(async () => {
  const notes = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];
  workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
  workspace.run('r2', { '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', notes, end: true }] });
  await refresh(workspace.root);
  db = await openReading(workspace.root);
  await db.show('r2');
});
afterAll(() => {
  db.close();
  workspace.remove();
});

const rows = async (sql: string) =>
  (await db.all(sql)).map((row) =>
    Object.values(row)
      .map((each) => each ?? '·')
      .join(' '),
  );

describe('every view says what it is, and is what it says', () => {
  test.each(views)('%s', async (name, { doc, columns }) => {
    expect(doc.length).toBeGreaterThan(40);
    for (const [column, facts] of Object.entries(columns)) {
      expect(facts.doc, column).toMatch(/^\S.{5,}/s);
      if (facts.type === 'DOUBLE') expect(facts.unit, `${column} has a unit`).toBeTruthy();
    }
    const documented = Object.entries(columns).map(([column, facts]) => [column, sqlType(facts)]);
    for (const from of [name, `all_runs.${name}`]) {
      const { rows: found } = await db.select(`DESCRIBE SELECT * FROM ${from}`, {
        limit: 100,
        timeoutMs: 5000,
      });
      expect(found.map(([column, type]) => [column, type])).toEqual(documented);
    }
  });

  test('in the live database, too', async () => {
    expect(
      await db.all(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'all_runs' AND coalesce(comment, '') = ''",
      ),
    ).toEqual([]);
    expect(
      await db.all(
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'all_runs' AND coalesce(comment, '') = ''",
      ),
    ).toEqual([]);
  });

  test('a column that may be NULL says what that means', async () => {
    for (const [name, { columns }] of views) {
      const never = Object.entries(columns).filter(([, { none }]) => none === undefined);
      const counts = never.map(([column]) => `count(*) FILTER ("${column}" IS NULL)`).join(' + ');
      expect(await rows(`SELECT ${counts} FROM all_runs.${name}`), name).toEqual(['0']);
    }
  });
});

test('plain names mean the run that is shown, all_runs all of them', async () => {
  for (const [name] of views) {
    const [one] = await db.all<{ n: number; runs: number }>(
      `SELECT count(*) AS n, count(DISTINCT run_id) AS runs FROM ${name}`,
    );
    const [all] = await db.all<{ n: number }>(
      `SELECT count(*) AS n FROM all_runs.${name} WHERE run_id = 'r2'`,
    );
    // Nobody looked at the text here: there is nothing that could be called.
    expect([name, one.n, one.runs]).toEqual([
      name,
      all.n,
      /^(?:call_evidence|function_facts|module_facts|topology_\w+)$/.test(name) ? 0 : 1,
    ]);
  }
});

test('calls with their callers', async () => {
  expect(
    await rows('SELECT call_id, parent_name, name, duration_us, outcome FROM call_tree ORDER BY call_id'),
  ).toEqual([
    '0 · a 100 returned',
    '1 a b 30 returned',
    '2 b n 10 returned',
    '3 a b 40 threw',
    '4 b n 20 threw',
  ]);
});

test('edges, hot functions, tasks', async () => {
  expect(await rows('SELECT src_name, dst_name, count, crosses_files FROM edges ORDER BY 1')).toEqual([
    'a b 2 false',
    'b n 2 true',
  ]);
  expect(
    await rows('SELECT frame, count, total_ms, max_ms, length(key) > 30 FROM edges_by_frame ORDER BY src'),
  ).toEqual(['1 2 0.07 0.04 true', '1 2 0.03 0.02 true']);
  expect(
    await rows(
      'SELECT name, hits, self_ms, round(self_share, 3) FROM hot_functions ORDER BY self_ms DESC, name',
    ),
  ).toEqual(['b 2 0.04 0.4', 'a 1 0.03 0.3', 'n 2 0.03 0.3']);
  expect(await rows('SELECT task_name, name, calls, self_ms FROM task_breakdown ORDER BY name')).toEqual([
    'a a 1 0.03',
    'a b 2 0.04',
    'a n 2 0.03',
  ]);
});

test('text and run, joined', async () => {
  expect(
    await rows(
      "SELECT name, hits, callers, callees FROM code_usage WHERE hits > 0 OR name = 'c' ORDER BY name",
    ),
  ).toEqual(['a 1 0 1', 'b 2 1 1', 'c 0 0 0', 'n 2 1 0']);
  expect(await rows('SELECT path, functions_hit, hits, errors FROM module_usage ORDER BY path')).toEqual([
    'src/a.ts 1 3 0',
    'src/b.ts 1 2 1',
    'src/c.ts · 0 0',
  ]);
  expect(await rows('SELECT src, dst, imports, used, calls FROM import_edges ORDER BY src, dst')).toEqual([
    'src/a.ts node:fs 1 · ·',
    'src/a.ts src/b.ts 3 true 2',
    'src/b.ts src/a.ts 1 · 0',
  ]);
  expect(await rows('SELECT name, kind, message, count, function_name FROM error_places')).toEqual([
    'TypeError thrown no cart 1 n',
  ]);
  expect(
    await rows(
      'SELECT run_id, calls, functions_hit, errors, tasks, threads FROM all_runs.run_overview ORDER BY 1',
    ),
  ).toEqual(['r1 1 0 0 1 1', 'r2 5 2 1 1 1']);
});

test('views of another version are made anew, and those that are no more go', async () => {
  const other = new Workspace();
  let store = await openStore(other.root);
  await store.connection.run("CREATE OR REPLACE VIEW views_version AS SELECT 'old' AS fingerprint");
  await store.connection.run('CREATE OR REPLACE VIEW edges AS SELECT 1 AS x');
  await store.connection.run('CREATE VIEW gone AS SELECT 1 AS x');
  store.close();
  store = await openStore(other.root);
  const names = await store.all<{ name: string }>(
    'SELECT view_name AS name FROM duckdb_views() WHERE NOT internal',
  );
  expect(names.map(({ name }) => name).toSorted()).toEqual(
    [...views.map(([name]) => name), 'views_version'].toSorted(),
  );
  expect(await store.all('SELECT src_name FROM edges')).toEqual([]);
  store.close();
  other.remove();
});
