/** `intellimap import`: what other tools recorded becomes a run of this workspace. */
import { rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import {
  IMPORT_FORMATS,
  type Imported,
  type ImportFormat,
  RECORDING_VERSION,
  type RunFile,
} from '../../base/recording.ts';
import { writeCounts } from '../../collect/otlp/counts-file.ts';
import {
  Attribution,
  formatOf,
  type ImportResult,
  type ImportRows,
  Sources,
  TEXT_IMPORTS,
} from '../../exchange/index.ts';
import { loadConfig } from '../../config/index.ts';
import { knownFunctions } from '../../query/index.ts';
import { newRunId, runFolder } from '../../record/folder.ts';
import { shownRow, workspaceRedaction } from '../../record/redaction.ts';
import { createImport, writeRows } from '../../record/imported.ts';
import { findRoot } from '../../record/workspace.ts';
import { refresh } from '../../store/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted } from '../format.ts';
import { version } from '../help.ts';
import { storageNamed, withStoredRun } from '../storages.ts';
import {
  copyParquet,
  isParquetFolder,
  readInput,
  readManifest,
  workspaceReader,
  writtenAt,
} from '../import-input.ts';

/** What `--json` prints. */
export interface ImportAnswer {
  run: string;
  format: ImportFormat;
  /** Rows by table; null of Parquet, which has them all. */
  rows: Record<string, number> | null;
  /** Rows that name a function of this workspace, of those that could. */
  attributed: { functions: number; of: number } | null;
  notes: string[];
}

export const importRun: Command = {
  name: 'import',
  usage: '<file|folder> [--format <f>] [--name <text>] [--json] | <run> --place <name>',
  summary: 'Makes a run of what another tool recorded, or another workspace.',
  details: [
    'Formats, told by what is in the file:',
    '  cpuprofile   CPU samples of V8 (node --cpu-prof); a folder has one a thread',
    '  v8-coverage  what NODE_V8_COVERAGE=<folder> writes',
    '  lcov         coverage of any tool',
    '  otlp         spans of OpenTelemetry, as JSON or JSON lines',
    '  parquet      a folder that "intellimap export --format parquet" wrote',
    '',
    'Functions are those that recordings of this workspace know: record first.',
  ].join('\n'),
  options: {
    format: { type: 'string' },
    name: { type: 'string' },
    place: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--format <f>', text: 'what it is, where that is not clear' },
    { usage: '--name <text>', text: 'what to call the run' },
    { usage: '--place <name>', text: 'a run of a place that the configuration adds' },
    { usage: '--json', text: 'print what was made as JSON' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out } = call;
    atMost(1, positionals);
    const [input] = positionals;
    if (input === undefined || input === '')
      throw new Fault(
        ExitCode.USAGE,
        'there is nothing to import',
        'for example: intellimap import app.cpuprofile',
      );
    const place = values['place'];
    const format = wantedFormat(values['format']);
    if (typeof place === 'string' && format !== undefined && format !== 'parquet')
      throw new Fault(ExitCode.USAGE, `--place gives whole runs; --format ${format} does not go with it`);
    const path = resolve(call.cwd, input);
    const name = typeof values['name'] === 'string' ? values['name'] : null;
    if (typeof place === 'string') {
      const storage = await storageNamed(findRoot(call.cwd), place, out);
      const brought = await withStoredRun(storage, input, (folder) =>
        importParquet(call, folder, name, place),
      );
      out.print(values['json'] ? JSON.stringify(brought, null, 2) : sentences(brought));
      return ExitCode.OK;
    }
    const isParquet = format === 'parquet' || (format === undefined && isParquetFolder(path));
    const done = isParquet
      ? await importParquet(call, path, name)
      : await importText(call, path, name, format);
    for (const note of done.notes) out.say(`intellimap: ${note}`);
    out.print(values['json'] ? JSON.stringify(done, null, 2) : sentences(done));
    return ExitCode.OK;
  },
};

function wantedFormat(value: Call['values'][string]): ImportFormat | undefined {
  if (value === undefined) return undefined;
  const format = IMPORT_FORMATS.find((each) => each === value);
  if (format !== undefined) return format;
  throw new Fault(
    ExitCode.USAGE,
    `there is no format "${value.toString()}"`,
    `formats: ${IMPORT_FORMATS.join(', ')}`,
  );
}

async function importText(
  { cwd, out }: Call,
  path: string,
  name: string | null,
  wanted: Exclude<ImportFormat, 'parquet'> | undefined,
): Promise<ImportAnswer> {
  const root = findRoot(cwd);
  const files = readInput(path);
  const format = wanted ?? formatOf(files);
  const known = await knownFunctions(root, { onProgress: (_, what) => out.progress(`${what} …`) });
  const result = TEXT_IMPORTS[format](
    files,
    new Sources(root, workspaceReader(root)),
    new Attribution(known),
  );
  const tables = Object.entries(result.rows).filter(([, rows]) => rows.length > 0);
  if (tables.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `there is nothing in ${path} to import`,
      result.notes.join('\n') || undefined,
    );
  const startedAt = result.startedAt ?? writtenAt(path);
  const run = runFile(root, newRunId(new Date()), startedAt, { format, from: basename(path), name });
  run.endedAt = startedAt + Math.ceil(result.durationMs ?? 0);
  // Names and attributes are texts of the program that made the spans.
  const { settings } = await loadConfig(root);
  const redaction = workspaceRedaction(root, settings.record.redact);
  await createImport(root, run, (folder) => {
    for (const [table, rows] of tables)
      writeRows(
        join(folder, `${table}.ndjson`),
        table === 'spans' ? rows.map((row) => shownRow(row, redaction)) : rows,
      );
    if (redaction.total > 0) writeCounts(dirname(folder), redaction.counts);
  });
  await load(root, run.id);
  const rows = Object.fromEntries(tables.map(([table, { length }]) => [table, length]));
  return { run: run.id, format, rows, attributed: attributedRows(result), notes: result.notes };
}

/** @param from what it is said to come from */
async function importParquet(
  { cwd }: Call,
  path: string,
  name: string | null,
  from = basename(path),
): Promise<ImportAnswer> {
  const root = findRoot(cwd);
  const manifest = readManifest(path);
  const { id, startedAt, command } = manifest.run;
  const run = runFile(root, id, startedAt, { format: 'parquet', from, name });
  run.command = command;
  await createImport(root, run, (folder) => copyParquet(path, manifest, folder));
  await load(root, id);
  return { run: id, format: 'parquet', rows: null, attributed: null, notes: [] };
}

/** A run without threads: what there is to tell of it is in `imported/`. */
function runFile(root: string, id: string, startedAt: number, imported: Imported): RunFile {
  return {
    version: RECORDING_VERSION,
    id,
    command: ['import', imported.name ?? imported.from],
    cwd: root,
    root,
    tier: 'minimal',
    gates: 'open',
    policy: 'wait',
    include: [],
    exclude: [],
    patterns: { include: [], exclude: [] },
    node: '',
    intellimap: version(),
    platform: '',
    git: null,
    startedAt,
    startedMicros: 0,
    imported,
  };
}

/** What the tables do not take is not kept. */
async function load(root: string, id: string): Promise<void> {
  try {
    const { failed } = await refresh(root, { only: id });
    const own = failed.find(({ run }) => run === id);
    if (own !== undefined) throw own.error;
  } catch (error) {
    rmSync(runFolder(root, id), { recursive: true, force: true });
    throw error;
  }
}

/** Of nodes, functions and spans: each may mean a function, but those of Node itself. */
function attributedRows({ rows }: ImportResult): ImportAnswer['attributed'] {
  const places = placesOf(rows);
  return places.length === 0 ? null : { functions: places.filter(Boolean).length, of: places.length };
}

const placesOf = ({ cpu_nodes = [], coverage = [], spans = [] }: ImportRows): boolean[] => [
  ...cpu_nodes
    .filter(({ path }) => path !== null && !path.startsWith('node:'))
    .map((row) => row.ast_node_id !== null),
  ...coverage.filter(({ kind }) => kind === 'function').map((row) => row.ast_node_id !== null),
  ...spans.map((row) => row.ast_node_id !== null),
];

function sentences({ run, format, rows, attributed }: ImportAnswer): string {
  const told =
    rows === null
      ? ''
      : `: ${Object.entries(rows)
          .map(([table, count]) => `${counted(count, 'row')} of ${table}`)
          .join(', ')}`;
  return [
    `${run}  (${format}${told})`,
    ...(attributed === null
      ? []
      : [`  ${attributed.functions} of ${attributed.of} places are functions that this workspace knows`]),
  ].join('\n');
}
