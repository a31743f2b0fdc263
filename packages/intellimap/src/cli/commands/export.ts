/** `intellimap export`: a run in a format of other tools. */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import {
  cpuProfiles,
  type Part,
  PROFILE_NEEDS,
  type Source,
  sourceOf,
  TEXT_FORMATS,
  type TextFormat,
} from '../../exchange/index.ts';
import type { RunRow } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { exportParquet } from '../../store/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { size } from '../format.ts';
import { version } from '../help.ts';
import { writeFileWhole, writeStdout } from '../output.ts';
import { withRun } from '../session.ts';
import { inScratch, putRun, storageNamed } from '../storages.ts';

const FORMATS = [...Object.keys(TEXT_FORMATS), 'cpuprofile', 'parquet'];
const STDOUT = '-';

/** What `--json` prints. */
export interface ExportAnswer {
  run: string;
  files: { path: string; bytes: number }[];
  missing: string | null;
  /** The place that has it now (`--place`); null: files have. */
  place: string | null;
}

export const exportRun: Command = {
  name: 'export',
  usage: '[run] --format <f> [--out <file|->] [<part>] [--json] | [run] --place <name>',
  summary: 'Writes a run (the latest by default) in a format of other tools.',
  details: [
    'Formats:',
    '  chrome-trace  for ui.perfetto.dev and chrome://tracing',
    '  otlp          OpenTelemetry, OTLP as JSON lines',
    '  cpuprofile    for the developer tools of Chrome; one file for each thread',
    '  speedscope    for speedscope.app',
    '  collapsed     stacks for flame graphs, with µs',
    '  lcov          functions and lines, by how often they ran',
    '  parquet       a folder with all tables; "intellimap import" reads it',
  ].join('\n'),
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    place: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    task: { type: 'string' },
    thread: { type: 'string' },
    function: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--format <f>', text: 'what to write' },
    { usage: '--out <file|->', text: 'where; - is stdout (default: the id of the run)' },
    { usage: '--place <name>', text: 'to a place for runs that the configuration adds' },
    { usage: '--from <ms>', text: 'calls that ran then or later, since the run began' },
    { usage: '--to <ms>', text: 'calls that ran then or before' },
    { usage: '--task <n>', text: 'calls of a task; <thread>:<n> where threads share it' },
    { usage: '--thread <n>', text: 'calls of a thread (threads.thread_id)' },
    { usage: '--function <name>', text: 'calls of a function, and all below them' },
    { usage: '--json', text: 'print what was written as JSON' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out, cwd } = call;
    atMost(1, positionals);
    if (typeof values['place'] === 'string') return await exportTo(call, values['place']);
    const format = values['format'];
    if (typeof format !== 'string' || !FORMATS.includes(format))
      throw new Fault(
        ExitCode.USAGE,
        format === undefined ? 'there is no --format' : `there is no format "${format.toString()}"`,
        `formats: ${FORMATS.join(', ')}`,
      );
    const target = typeof values['out'] === 'string' ? values['out'] : undefined;
    if (target === '') throw new Fault(ExitCode.USAGE, '--out names no file');
    if (target === STDOUT && values['json'])
      throw new Fault(ExitCode.USAGE, '--json and --out - both want stdout', 'Name a file.');
    const part = partOf(values);
    const written =
      format === 'parquet'
        ? await writeParquet(call, target, part)
        : await writeText(call, format, target, part);
    if (written.missing !== null) out.say(`intellimap: ${written.missing}`);
    if (values['json']) out.print(JSON.stringify(written, null, 2));
    else for (const file of written.files) out.print(`${shown(cwd, file.path)}  (${size(file.bytes)})`);
    return ExitCode.OK;
  },
};

async function exportTo(call: Call, name: string): Promise<number> {
  const { values, positionals, out, cwd } = call;
  if (values['out'] !== undefined || !['parquet', undefined].includes(values['format'] as string | undefined))
    throw new Fault(ExitCode.USAGE, '--place takes a whole run; --out and other formats do not go with it');
  if (Object.keys(partOf(values)).length > 0) throw wholeOnly('--place');
  const root = findRoot(cwd);
  const storage = await storageNamed(root, name, out);
  const run = await withRun(call, positionals[0], async ({ run }) => run);
  const stored = { id: run.id, startedAt: run.ts, command: wordsOf(run) };
  const bytes = await inScratch(async (scratch) => {
    const folder = join(scratch, 'run');
    const { tables } = await exportParquet(root, stored, folder);
    await putRun(storage, stored, folder);
    return tables.reduce((sum, table) => sum + table.bytes, 0);
  });
  const answer: ExportAnswer = { run: run.id, files: [], missing: null, place: storage.name };
  out.print(
    values['json'] ? JSON.stringify(answer, null, 2) : `${run.id} is at ${storage.name}  (${size(bytes)})`,
  );
  return ExitCode.OK;
}

function partOf(values: Call['values']): Part {
  const [fromMs, toMs] = [milliseconds('--from', values['from']), milliseconds('--to', values['to'])];
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw new Fault(ExitCode.USAGE, `--from ${fromMs} is after --to ${toMs}`);
  const thread = wholeNumber('--thread', values['thread']);
  const { task, function: name } = values;
  return {
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
    ...(thread !== undefined && { thread }),
    ...(typeof task === 'string' && { task }),
    ...(typeof name === 'string' && { function: name }),
  };
}

function milliseconds(option: string, text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0 && text !== '') return number;
  throw new Fault(ExitCode.USAGE, `${option} takes ms since the run began, not "${text.toString()}"`);
}

async function writeText(
  call: Call,
  format: string,
  out: string | undefined,
  part: Part,
): Promise<ExportAnswer> {
  const { cwd, positionals } = call;
  return await withRun(call, positionals[0], async (session) => {
    const source = await sourceOf(session, part);
    const { run, missing } = source;
    if (format === 'cpuprofile')
      return { run: run.id, files: await writeProfiles(source, cwd, out), missing, place: null };
    const { ending, takesPart, text, ...made }: TextFormat =
      TEXT_FORMATS[format as keyof typeof TEXT_FORMATS];
    mustHave(made, source, format);
    if (source.isPart && !takesPart) throw wholeOnly(format);
    const pieces = text(source, exporter());
    if (out === STDOUT) {
      await writeOnce(pieces);
      return { run: run.id, files: [], missing, place: null };
    }
    const path = fileFor(cwd, out ?? `${run.id}${ending}`);
    return {
      run: run.id,
      files: [{ path, bytes: await writeFileWhole(path, pieces) }],
      missing,
      place: null,
    };
  });
}

/** One thread: a file. More: a folder of them. */
async function writeProfiles(
  source: Source,
  cwd: string,
  out: string | undefined,
): Promise<ExportAnswer['files']> {
  mustHave(PROFILE_NEEDS, source, 'cpuprofile');
  const { run, filter, threads } = source;
  const several = filter.thread === null && threads.length > 1;
  if (several && out === STDOUT)
    throw new Fault(
      ExitCode.USAGE,
      `the run has ${threads.length} threads, and a .cpuprofile is of one`,
      'Choose one with --thread, or name a folder with --out.',
    );
  const base = out ?? `${run.id}${several ? '.cpuprofiles' : '.cpuprofile'}`;
  const files: ExportAnswer['files'] = [];
  for await (const { thread, text } of cpuProfiles(source)) {
    if (out === STDOUT) {
      await writeOnce(text());
      continue;
    }
    const path = several ? resolve(cwd, base, `${thread.pid}-${thread.tid}.cpuprofile`) : fileFor(cwd, base);
    files.push({ path, bytes: await writeFileWhole(path, text()) });
  }
  return files;
}

/** A database whose damage shows only while it is read is made anew, and asked again; what is on stdout stays there. */
let isWritten = false;
async function writeOnce(pieces: AsyncIterable<string>): Promise<void> {
  if (isWritten)
    throw new Fault(
      ExitCode.UNREADABLE,
      'the database was damaged, and is made anew: what was written is not whole',
      'Export again.',
    );
  isWritten = true;
  await writeStdout(pieces);
}

function mustHave({ has, needs }: Pick<TextFormat, 'has' | 'needs'>, source: Source, format: string): void {
  if (has(source)) return;
  const { id, tier } = source.run;
  throw new Fault(
    ExitCode.NOT_FOUND,
    `run ${id} (tier ${tier}) has nothing for ${format}: it is made of ${needs}`,
  );
}

const wholeOnly = (format: string): Fault =>
  new Fault(
    ExitCode.USAGE,
    `${format} is of a whole run; --from, --to, --task, --thread and --function do not go with it`,
  );

async function writeParquet(call: Call, out: string | undefined, part: Part): Promise<ExportAnswer> {
  if (out === STDOUT)
    throw new Fault(ExitCode.USAGE, 'parquet is a folder, and stdout is none', 'Name one with --out.');
  if (Object.keys(part).length > 0) throw wholeOnly('parquet');
  const { run, missing } = await withRun(call, call.positionals[0], async (session) => {
    const { run, missing } = await sourceOf(session);
    return { run, missing };
  });
  const path = resolve(call.cwd, out ?? `${run.id}.parquet`);
  const manifest = await exportParquet(
    findRoot(call.cwd),
    { id: run.id, startedAt: run.ts, command: wordsOf(run) },
    path,
  );
  const files = manifest.tables.map(({ file, bytes }) => ({ path: join(path, file), bytes }));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { run: run.id, files: [{ path, bytes }], missing, place: null };
}

function wordsOf({ command }: RunRow): string[] {
  const words: unknown = JSON.parse(command);
  return Array.isArray(words) ? words.map(String) : [];
}

const exporter = (): string => `intellimap ${version()}`;

function fileFor(cwd: string, out: string): string {
  const path = resolve(cwd, out);
  if (existsSync(path) && statSync(path).isDirectory())
    throw new Fault(ExitCode.USAGE, `${path} is a folder`, 'Name a file.');
  return path;
}

const shown = (cwd: string, path: string): string => {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
};
