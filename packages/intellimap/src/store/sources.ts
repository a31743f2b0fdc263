/** The workspace's text as it is now: rows of no run, replaced file by file as the text changes. */
import { identifier, type RowOf, type TableName } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { inTransaction, type Store } from './store.ts';

/** What a look at the workspace found; see `graph`, which makes it. */
export interface SourceSurvey {
  files: RowOf<'source_files'>[];
  changed: ReadonlyMap<string, SourceRows>;
  /** Of these, those whose text is as it was and is read in another way: graphs of them are others, too. */
  otherwise?: readonly string[];
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
  /** Absent: the file could not be read. */
  metrics?: RowOf<'function_metrics'>[];
}

/** Looks at the workspace, given what is known; null: it cannot be looked at. */
export type SurveySources = (known: readonly RowOf<'source_files'>[]) => Promise<SourceSurvey | null>;

/** What is known of each text by itself. */
const OF_TEXTS = [
  'source_functions',
  'source_holders',
  'source_references',
  'source_imports',
  'source_exports',
  'source_flag_reads',
  'source_flag_sides',
  'call_facts',
  'function_metrics',
] as const;

/** Brings the tables about the text up to date, wholly or not at all. Returns whether anything changed. */
export async function refreshSources(store: Store, survey: SurveySources): Promise<boolean> {
  const known = await store.all<RowOf<'source_files'>>('SELECT * FROM source_files ORDER BY path');
  const found = await survey(known);
  if (found === null) return false;
  const files = filesNow(known, found);
  const moved = await movedImports(store, found);
  const tables = await listed(store, found);
  const isSame =
    files.gone.length === 0 && files.now.length === 0 && moved.length === 0 && tables.length === 0;
  if (isSame) {
    if (await lacksCalls(store)) await inTransaction(store, () => linkAll(store, found));
    return await refreshData(store, found);
  }
  await inTransaction(store, async () => {
    await replaceFiles(store, files, found);
    await moveImports(store, moved);
    for (const table of tables) {
      await store.connection.run(`DELETE FROM ${table}`);
      await appendRows(store.connection, table, rowsOf(table, found) as never);
    }
    await linkAll(store, found);
  });
  await refreshData(store, found);
  return true;
}

type FileRow = RowOf<'source_files'>;

/** Of `source_files`: paths whose rows go, and rows that come. */
interface FileChanges {
  gone: string[];
  now: FileRow[];
}

function filesNow(known: readonly FileRow[], { files, changed }: SourceSurvey): FileChanges {
  const before = new Map(known.map((row) => [row.path, row]));
  const now = files.filter((row) => {
    const old = before.get(row.path);
    return old === undefined || changed.has(row.path) || !isSameRow(old, row);
  });
  const there = new Set(files.map(({ path }) => path));
  const replaced = now.filter(({ path }) => before.has(path)).map(({ path }) => path);
  return { gone: [...known.map(({ path }) => path).filter((path) => !there.has(path)), ...replaced], now };
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
export async function refreshData(store: Store, found: Pick<SourceSurvey, 'namesInData'>): Promise<boolean> {
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

interface MovedImport {
  path: string;
  specifier: string;
  /** null as in `source_imports` */
  target: string | null;
}

/** Imports of files that are as they were, and lead elsewhere now: what they led to is gone, or something nearer is there. */
async function movedImports(store: Store, { files, changed, target }: SourceSurvey): Promise<MovedImport[]> {
  const there = new Set(files.map(({ path }) => path));
  const before = await store.columns<MovedImport>(
    'SELECT DISTINCT path, specifier, target FROM source_imports ORDER BY ALL',
  );
  const moved: MovedImport[] = [];
  before.path.forEach((path, row) => {
    if (!there.has(path) || changed.has(path)) return;
    const specifier = before.specifier[row];
    const now = target(path, specifier);
    if (now !== before.target[row]) moved.push({ path, specifier, target: now });
  });
  return moved;
}

async function moveImports({ connection }: Store, moved: readonly MovedImport[]): Promise<void> {
  if (moved.length === 0) return;
  const list = `from_json($moved::JSON, '[{"path":"VARCHAR","specifier":"VARCHAR","target":"VARCHAR"}]')`;
  await connection.run(
    `UPDATE source_imports i SET target = m.now.target FROM (SELECT unnest(${list}) AS now) m
     WHERE i.path = m.now.path AND i.specifier = m.now.specifier`,
    { moved: JSON.stringify(moved) },
  );
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
  { gone, now }: FileChanges,
  { files, changed, otherwise, target }: SourceSurvey,
): Promise<void> {
  const there = new Set(files.map(({ path }) => path));
  await forget(connection, ['source_files'], gone);
  // Where a file belongs to may change, and all that it says stay as it is.
  const emptied = gone.filter((path) => !there.has(path) || changed.has(path));
  await forget(connection, OF_TEXTS, emptied);
  if (otherwise !== undefined && otherwise.length > 0) await outdateGraphs(connection, otherwise);
  await appendRows(connection, 'source_files', now);
  await appendTexts(connection, changed, target);
}

/** They are made anew when somebody asks for them. */
async function outdateGraphs(connection: Store['connection'], paths: readonly string[]): Promise<void> {
  await connection.run(
    `UPDATE graph_files SET content_hash = '' WHERE path IN (SELECT unnest(from_json($paths::JSON, '["VARCHAR"]')))`,
    { paths: JSON.stringify(paths) },
  );
}

/** All rows about texts but those of `source_files`. */
export async function appendTexts(
  connection: Store['connection'],
  changed: SourceSurvey['changed'],
  target: SourceSurvey['target'],
): Promise<void> {
  const rows = [...changed.values()];
  const facts = [...changed].flatMap(([path, { calls = '' }]) =>
    calls === '' ? [] : [{ path, facts: calls }],
  );
  await appendRows(connection, 'call_facts', facts);
  const imports = rows.flatMap((each) => each.imports);
  await appendRows(connection, 'source_imports', imports.map((row) => ({ ...row, target: target(row.path, row.specifier) }))); // prettier-ignore
  await appendRows(connection, 'function_metrics', rows.flatMap((each) => each.metrics ?? [])); // prettier-ignore
  await appendRows(connection, 'source_functions', rows.flatMap((each) => each.functions)); // prettier-ignore
  await appendRows(connection, 'source_holders', rows.flatMap((each) => each.holders)); // prettier-ignore
  await appendRows(connection, 'source_references', rows.flatMap((each) => each.references)); // prettier-ignore
  await appendRows(connection, 'source_exports', rows.flatMap((each) => each.exports)); // prettier-ignore
  await appendRows(connection, 'source_flag_reads', rows.flatMap((each) => each.flagReads)); // prettier-ignore
  await appendRows(connection, 'source_flag_sides', rows.flatMap((each) => each.flagSides)); // prettier-ignore
}

/** Removes all rows about such files. */
export async function forget(
  connection: Store['connection'],
  tables: readonly TableName[],
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  const condition = await named(connection, paths);
  await connection.run(deletions(tables, condition).join(';'));
}

/**
 * Begins to remove all rows about such texts, in one go that needs nothing of this thread.
 * @param tables besides `OF_TEXTS`
 * @param emptied tables that lose all rows
 */
export async function forgetting(
  connection: Store['connection'],
  tables: readonly TableName[],
  paths: readonly string[],
  emptied: readonly TableName[],
): Promise<{ members: Promise<Set<string>> }> {
  const condition = await named(connection, paths);
  const others = [...OF_TEXTS.filter((table) => table !== 'source_functions'), ...tables];
  const statements = [
    ...deletions(others, condition),
    ...emptied.map((table) => `DELETE FROM ${identifier(table)}`),
    // Of several statements, the last one is answered.
    `DELETE FROM source_functions WHERE ${condition} RETURNING member_name`,
  ];
  const members = connection
    .runAndReadAll(statements.join(';'))
    .then((reader) => new Set(reader.getRows().flatMap(([name]) => (name === null ? [] : [String(name)]))));
  // Who waits for it hears of it.
  members.catch(() => {});
  return { members };
}

const deletions = (tables: readonly TableName[], condition: string): string[] =>
  tables.map((table) => `DELETE FROM ${identifier(table)} WHERE ${condition}`);

/** The condition that a row is about one of these. One path is looked for by the least and greatest of each block of rows; a list of them is not. */
async function named(connection: Store['connection'], paths: readonly string[]): Promise<string> {
  const isOne = paths.length === 1;
  const list = isOne ? paths[0] : JSON.stringify(paths);
  const value = isOne ? '$list' : `from_json($list::JSON, '["VARCHAR"]')`;
  await connection.run(`SET VARIABLE forgotten = ${value}`, { list });
  return isOne ? `path = getvariable('forgotten')` : `path IN (SELECT unnest(getvariable('forgotten')))`;
}

/** Whether rows are the same, in the same order, whatever the order of their columns. */
function same(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((row, index) => isSameRow(row, b[index]));
}

function isSameRow(a: object, b: object): boolean {
  const cells = Object.entries(a);
  return (
    cells.length === Object.keys(b).length &&
    cells.every(([name, cell]) => cell === (b as Record<string, unknown>)[name])
  );
}
