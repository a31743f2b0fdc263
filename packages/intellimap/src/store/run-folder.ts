/** Reads a run folder: what files there are, and the JSON in them. Damaged lines are passed over, for a run may be killed at any byte. */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ModuleLine, RunFile, SiteTable } from '../base/recording.ts';
import { RECORDING_VERSION } from '../base/recording.ts';
import { ExitCode, Fault, unreadable } from '../base/fault.ts';

export interface ThreadFolder {
  pid: number;
  tid: number;
  /** Segment files relative to the run folder, in order. */
  segments: string[];
  /** Of all segments together. */
  bytes: number;
}

export interface RunFolder {
  folder: string;
  run: RunFile;
  threads: ThreadFolder[];
  /** Module lines by process. */
  modules: Map<number, ModuleLine[]>;
  /** Site tables by key. */
  tables: Map<string, SiteTable>;
  /** Processes that started when no more were to be recorded. */
  unrecorded: number;
}

/** @throws Fault when `run.json` cannot be read or comes from a newer version. */
export function readRunFolder(folder: string): RunFolder {
  return {
    folder,
    run: readRun(folder),
    threads: threadFolders(folder),
    modules: moduleLines(folder),
    tables: siteTables(folder),
    unrecorded: unrecordedProcesses(folder),
  };
}

/** @throws as `readRunFolder` */
export function readRun(folder: string): RunFile {
  const file = join(folder, 'run.json');
  let run: RunFile;
  try {
    run = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  } catch (error) {
    throw new Fault(
      ExitCode.UNREADABLE,
      `cannot read ${file}: ${(error as Error).message}`,
      'Remove the folder; nothing else depends on it.',
    );
  }
  if (run.version > RECORDING_VERSION)
    throw new Fault(
      ExitCode.UNREADABLE,
      `${folder} was recorded by a newer IntelliMap (${run.intellimap})`,
      'Update intellimap to read it.',
    );
  return run;
}

/** Names, sizes and times of all files that a load depends on; equal fingerprints mean nothing to do. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of filesUnder(folder, '').toSorted()) {
    const { size, mtimeMs } = statSync(join(folder, name));
    hash.update(`${name}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesUnder(folder: string, prefix: string): string[] {
  return entries(join(folder, prefix)).flatMap((entry) => {
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    // Flights of processes, which nobody keeps so far.
    if (name === 'held') return [];
    if (entry.isDirectory()) return filesUnder(folder, name);
    return entry.name.endsWith('.tmp') ? [] : [name];
  });
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(error, folder);
  }
}

function threadFolders(folder: string): ThreadFolder[] {
  return entries(join(folder, 'threads'))
    .flatMap((entry) => {
      const name = /^(\d+)-(\d+)$/.exec(entry.name);
      if (name === null || !entry.isDirectory()) return [];
      const files = entries(join(folder, 'threads', entry.name)).map((file) => file.name);
      const segments = files
        .filter((file) => file.endsWith('.seg'))
        .toSorted()
        .map((file) => `threads/${entry.name}/${file}`);
      const bytes = segments.reduce((sum, segment) => sum + statSync(join(folder, segment)).size, 0);
      return [{ pid: Number(name[1]), tid: Number(name[2]), segments, bytes }];
    })
    .toSorted((a, b) => a.pid - b.pid || a.tid - b.tid);
}

function moduleLines(folder: string): Map<number, ModuleLine[]> {
  const lines = new Map<number, ModuleLine[]>();
  for (const entry of entries(join(folder, 'modules'))) {
    const name = /^(\d+)-.*\.ndjson$/.exec(entry.name);
    if (name === null) continue;
    const pid = Number(name[1]);
    const all = lines.get(pid) ?? [];
    lines.set(pid, all);
    for (const line of readFileSync(join(folder, 'modules', entry.name), 'utf8').split('\n')) {
      const parsed = parse(line) as ModuleLine | null;
      if (parsed !== null) all.push(parsed);
    }
  }
  return lines;
}

/** A line each. */
function unrecordedProcesses(folder: string): number {
  const file = join(folder, 'unrecorded.ndjson');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

function siteTables(folder: string): Map<string, SiteTable> {
  const tables = new Map<string, SiteTable>();
  for (const entry of entries(join(folder, 'sites'))) {
    if (!entry.name.endsWith('.json')) continue;
    const table = parse(readFileSync(join(folder, 'sites', entry.name), 'utf8')) as SiteTable | null;
    if (table !== null) tables.set(entry.name.slice(0, -'.json'.length), table);
  }
  return tables;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Ids of the runs in a workspace's folder of runs, oldest first. */
export const runFolders = (folder: string): string[] =>
  entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

/** None where there is no such folder. @throws Fault when it cannot be read. */
export function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(error, folder);
  }
}
