/** The workspace's text as it is now: rows of no run, replaced file by file as the text changes. */
import type { RowOf } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { inTransaction, type Store } from './store.ts';

/** What a look at the workspace found; see `graph`, which makes it. */
export interface SourceSurvey {
  files: RowOf<'source_files'>[];
  changed: ReadonlyMap<string, SourceRows>;
  packages: RowOf<'source_packages'>[];
  dependencies: RowOf<'dependencies'>[];
  namesInData: (wanted: ReadonlySet<string>) => RowOf<'source_references'>[];
  target: (from: string, specifier: string) => string | null;
  /** From what each file says of calls; absent: nobody asks for the call graph now. */
  linkCalls?: (calls: readonly string[]) => { edges: RowOf<'call_edges'>[]; sites: RowOf<'call_sites'>[] };
}

export interface SourceRows {
  functions: RowOf<'source_functions'>[];
  holders: RowOf<'source_holders'>[];
  references: RowOf<'source_references'>[];
  imports: RowOf<'source_imports'>[];
  exports: RowOf<'source_exports'>[];
  flagReads: RowOf<'source_flag_reads'>[];
  flagSides: RowOf<'source_flag_sides'>[];
  /** `call_facts.facts`; empty, or absent: the file could not be read. */
  calls?: string;
}

/** Looks at the workspace, given what is known; null: it cannot be looked at. */
export type SurveySources = (known: readonly RowOf<'source_files'>[]) => Promise<SourceSurvey | null>;

const OF_FILES = [
  'source_functions',
  'source_holders',
  'source_references',
  'source_exports',
  'source_flag_reads',
  'source_flag_sides',
  'call_facts',
] as const;

/** Brings the tables about the text up to date, wholly or not at all. Returns whether anything changed. */
export async function refreshSources(store: Store, survey: SurveySources): Promise<boolean> {
  const known = await store.all<RowOf<'source_files'>>('SELECT * FROM source_files ORDER BY path');
  const found = await survey(known);
  if (found === null) return false;
  const imports = await importsNow(store, found);
  const tables = await listed(store, found);
  const isSame =
    found.changed.size === 0 && imports === null && tables.length === 0 && same(known, found.files);
  if (isSame) {
    if (await lacksCalls(store)) await inTransaction(store, () => linkAll(store, found));
    return await refreshData(store, found);
  }
  await inTransaction(store, async () => {
    await replaceFiles(store, known, found);
    if (imports !== null) {
      await store.connection.run('DELETE FROM source_imports');
      await appendRows(store.connection, 'source_imports', imports);
    }
    for (const table of tables) {
      await store.connection.run(`DELETE FROM ${table}`);
      await appendRows(store.connection, table, rowsOf(table, found) as never);
    }
    await linkAll(store, found);
  });
  await refreshData(store, found);
  return true;
}

/** Files say something of calls, and nobody put that together since. */
async function lacksCalls(store: Store): Promise<boolean> {
  const [row] = await store.all<{ lacks: boolean }>(
    'SELECT EXISTS (FROM call_facts) AND NOT EXISTS (FROM call_sites) AS lacks',
  );
  return row?.lacks ?? false;
}

/**
 * The call graph is of all files together: where one of them changed, or leads elsewhere, it is made anew from what was kept of each. That takes some seconds for 100,000
 * lines: it is done when somebody asks, and until then there is none.
 */
async function linkAll(store: Store, { linkCalls }: SourceSurvey): Promise<void> {
  const { connection } = store;
  await connection.run('DELETE FROM call_edges');
  await connection.run('DELETE FROM call_sites');
  if (linkCalls === undefined) return;
  const facts = await store.all<{ facts: string }>('SELECT facts FROM call_facts ORDER BY path');
  const { edges, sites } = linkCalls(facts.map((row) => row.facts));
  await appendRows(connection, 'call_edges', edges);
  await appendRows(connection, 'call_sites', sites);
}

/** Names in files of data, as far as members are called so. Returns whether anything changed. */
async function refreshData(store: Store, found: SourceSurvey): Promise<boolean> {
  const members = await store.all<{ name: string }>(
    'SELECT DISTINCT member_name AS name FROM source_functions WHERE member_name IS NOT NULL',
  );
  const now = found.namesInData(new Set(members.map(({ name }) => name)));
  const before = await store.all("SELECT * FROM source_references WHERE src = '*' ORDER BY rowid");
  if (same(before, now)) return false;
  await inTransaction(store, async () => {
    await store.connection.run("DELETE FROM source_references WHERE src = '*'");
    await appendRows(store.connection, 'source_references', now);
  });
  return true;
}

/** All imports with where they lead now; null: as before. */
async function importsNow(store: Store, found: SourceSurvey): Promise<RowOf<'source_imports'>[] | null> {
  const before = await store.all<RowOf<'source_imports'>>('SELECT * FROM source_imports ORDER BY rowid');
  const there = new Set(found.files.map(({ path }) => path));
  const kept = before.filter(({ path }) => there.has(path) && !found.changed.has(path));
  const fresh = [...found.changed.values()].flatMap(({ imports }) => imports);
  const now = [...kept, ...fresh].map((row) => ({ ...row, target: found.target(row.path, row.specifier) }));
  return same(before, now) ? null : now;
}

type Listed = 'source_packages' | 'dependencies';
const rowsOf = (table: Listed, found: SourceSurvey) =>
  table === 'dependencies' ? found.dependencies : found.packages;

/** Of the tables that are replaced as a whole, those that changed. */
async function listed(store: Store, found: SourceSurvey): Promise<Listed[]> {
  const changed: Listed[] = [];
  for (const table of ['source_packages', 'dependencies'] as const)
    if (!same(await store.all(`SELECT * FROM ${table} ORDER BY rowid`), rowsOf(table, found)))
      changed.push(table);
  return changed;
}

async function replaceFiles(
  { connection }: Store,
  known: readonly RowOf<'source_files'>[],
  { files, changed }: SourceSurvey,
): Promise<void> {
  const there = new Set(files.map(({ path }) => path));
  const gone = known.map(({ path }) => path).filter((path) => !there.has(path) || changed.has(path));
  if (gone.length > 0)
    for (const table of OF_FILES)
      await connection.run(
        `DELETE FROM ${table} WHERE path IN (SELECT unnest(from_json($gone::JSON, '["VARCHAR"]')))`,
        { gone: JSON.stringify(gone) },
      );
  await connection.run('DELETE FROM source_files');
  await appendRows(connection, 'source_files', files);
  const rows = [...changed.values()];
  const facts = [...changed].flatMap(([path, { calls = '' }]) =>
    calls === '' ? [] : [{ path, facts: calls }],
  );
  await appendRows(connection, 'call_facts', facts);
  await appendRows(connection, 'source_functions', rows.flatMap((each) => each.functions)); // prettier-ignore
  await appendRows(connection, 'source_holders', rows.flatMap((each) => each.holders)); // prettier-ignore
  await appendRows(connection, 'source_references', rows.flatMap((each) => each.references)); // prettier-ignore
  await appendRows(connection, 'source_exports', rows.flatMap((each) => each.exports)); // prettier-ignore
  await appendRows(connection, 'source_flag_reads', rows.flatMap((each) => each.flagReads)); // prettier-ignore
  await appendRows(connection, 'source_flag_sides', rows.flatMap((each) => each.flagSides)); // prettier-ignore
}

/** Whether rows are the same, in the same order, whatever the order of their columns. */
function same(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((row, index) => text(row) === text(b[index]));
}
const text = (row: object): string =>
  JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
