/** Places for finished runs that the workspace adds: `--place` of `export`, `import` and `runs`. What a place throws is told with its name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageExtension, StoredRun } from '../base/extension/index.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { runNamed } from '../base/run-id.ts';
import { loadConfig } from '../config/index.ts';
import type { Call } from './command.ts';
import { extensionsOf } from './session.ts';

/** Ids become names of folders. */
const ID = /^[\w-][\w.-]*$/;

/** @throws Fault when the configuration names none such */
export async function storageNamed(
  root: string,
  name: string,
  out: Pick<Call['out'], 'say'>,
): Promise<StorageExtension> {
  const { storages } = await extensionsOf(root, await loadConfig(root), out);
  const found = storages.find((each) => each.name === name);
  if (found !== undefined) return found;
  const known = storages.map((each) => each.name);
  throw new Fault(
    ExitCode.NOT_FOUND,
    `there is no place for runs "${name}"`,
    known.length > 0
      ? `places: ${known.join(', ')}`
      : 'intellimap.config.* adds one: docs/extending.md says how',
  );
}

export async function putRun(storage: StorageExtension, run: StoredRun, folder: string): Promise<void> {
  await asked(storage, `cannot take run ${run.id}`, () => storage.put(run, folder));
}

/** What `runs --place --json` prints of each. */
export interface ListedRun {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  command: string[];
}

/** The newest first. What is no run is left out: who wrote it is not known. */
export async function runsOf(storage: StorageExtension): Promise<ListedRun[]> {
  const runs: unknown = await asked(storage, 'cannot tell its runs', () => storage.list());
  if (!Array.isArray(runs)) throw new Fault(ExitCode.FAILED, `${storage.name} gives no list of runs`);
  return (runs as StoredRun[])
    .filter(
      (run) =>
        typeof run?.id === 'string' &&
        ID.test(run.id) &&
        Number.isFinite(run.startedAt) &&
        Array.isArray(run.command),
    )
    .map(({ id, startedAt, command }) => ({ id, startedAt, command: command.map(String) }))
    .toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}

/** Brings a run into a folder that goes when `work` is over. @param wanted its id, or a unique beginning of it */
export async function withStoredRun<T>(
  storage: StorageExtension,
  wanted: string,
  work: (folder: string, run: StoredRun) => Promise<T>,
): Promise<T> {
  const runs = await runsOf(storage);
  const id = runNamed(
    runs.map((each) => each.id),
    wanted,
  );
  const run = runs.find((each) => each.id === id)!;
  return await inScratch(async (folder) => {
    await asked(storage, `cannot give run ${id}`, () => storage.get(id, folder));
    return await work(folder, run);
  });
}

/** A folder of the system's, for a while. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'intellimap-run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function asked<T>({ name }: StorageExtension, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(ExitCode.FAILED, `${name} ${what}: ${why.split('\n', 1)[0]}`);
  }
}
