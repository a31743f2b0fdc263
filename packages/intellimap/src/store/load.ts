/**
 * A run folder → rows. A run is replaced as a whole in one transaction; a folder that did not change since is left alone.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deleteRun, inTransaction, openStore, type Store } from './store.ts';
import type { OpenOptions } from './database.ts';
import { fingerprint, readRunFolder, type RunFolder } from './run-folder.ts';
import { buildProgram, ProcessMap, type Program } from './program-sites.ts';
import { replayThread, type ThreadResult } from './replay-thread.ts';
import { Aggregates } from './replay/program.ts';
import { CallKeeper } from './replay/calls.ts';
import { LinkKeeper } from './replay/causes.ts';
import { PauseKeeper } from './replay/pauses.ts';
import { TaskKeeper } from './replay/tasks.ts';
import { ValueKeeper } from './replay/values.ts';
import type { RunSinks } from './replay/thread.ts';
import { writeRun } from './write-run.ts';

export interface LoadOptions {
  /** Told how far the load is, 0 … 1, and what it does. */
  onProgress?: (share: number, what: string) => void;
}

/** A run that was replayed, ready to be written. */
export interface ReplayedRun {
  folder: RunFolder;
  state: string;
  program: Program;
  sinks: RunSinks;
  threads: { result: ThreadResult; sites: ProcessMap }[];
  /** `path\0ordinal` of a dynamic import → times reached */
  reached: Map<string, number>;
}

/** Loads a run unless the database has it as it is. Returns whether anything was done. */
export async function loadRun(store: Store, runDir: string, options: LoadOptions = {}): Promise<boolean> {
  const state = fingerprint(runDir);
  const id = basename(runDir);
  const [known] = await store.all<{ loaded_state: string }>('SELECT loaded_state FROM runs WHERE id = $id', {
    id,
  });
  if (known?.loaded_state === state) return false;
  options.onProgress?.(0, 'reading');
  const run = replayRun(runDir, state, options);
  options.onProgress?.(0.7, 'writing');
  await inTransaction(store, async () => {
    await deleteRun(store, id);
    await writeRun(store.connection, run);
  });
  options.onProgress?.(1, 'done');
  return true;
}

/** Reads and replays all threads of a run. */
export function replayRun(runDir: string, state: string, options: LoadOptions = {}): ReplayedRun {
  const folder = readRunFolder(runDir);
  const program = buildProgram(folder.tables);
  const sinks: RunSinks = {
    aggregates: new Aggregates(program.functions.length),
    calls: new CallKeeper(),
    tasks: new TaskKeeper(),
    values: new ValueKeeper(),
    links: new LinkKeeper(),
    pauses: new PauseKeeper(),
  };
  const maps = new Map<number, ProcessMap>();
  const sitesOf = (pid: number): ProcessMap => {
    let map = maps.get(pid);
    if (map === undefined)
      maps.set(pid, (map = new ProcessMap(program, folder.tables, folder.modules.get(pid) ?? [])));
    return map;
  };
  const threads = folder.threads.map((thread, index) => {
    options.onProgress?.(
      (0.7 * index) / folder.threads.length,
      `replaying thread ${index + 1} of ${folder.threads.length}`,
    );
    const sites = sitesOf(thread.pid);
    return { sites, result: replayThread(index + 1, runDir, thread, sites, sinks, folder.run.gc === true) };
  });
  sinks.calls.finish();
  const run = { folder, state, program, sinks, threads, reached: new Map<string, number>() };
  for (const thread of threads) addCounts(run, thread.result, thread.sites);
  return run;
}

/** Counters of runs that tell no calls one by one, and of closed gates, and reached `import()`s of any. */
function addCounts(run: ReplayedRun, result: ThreadResult, sites: ProcessMap): void {
  const { aggregates } = run.sinks;
  const reach = (site: number, times: number) => {
    const place = sites.place(site);
    if (place === null) return;
    const key = `${place.table.path}\0${place.ordinal}`;
    run.reached.set(key, (run.reached.get(key) ?? 0) + times);
  };
  for (const [site, times] of result.replay.reached) reach(site, times);
  const { functionOf } = sites;
  const functionAt = (site: number): number => functionOf[site] ?? 0;
  result.edges.each((caller, callee, times) =>
    aggregates.called(caller === 0 ? undefined : functionAt(caller), functionAt(callee), times),
  );
  for (const [site, times] of result.counts) {
    const kind = sites.place(site)?.site.kind;
    if (kind === 'import()' || kind === 'require') reach(site, times);
    else if (kind !== undefined) aggregates.hit(sites.functionOf[site], times);
  }
}

/** Loads what is new among a workspace's runs and forgets runs whose folders are gone; opens and closes the store. */
export async function refresh(
  root: string,
  options: OpenOptions & LoadOptions & { only?: string } = {},
): Promise<{ loaded: string[]; failed: { run: string; error: Error }[] }> {
  // Asking about a workspace without recordings leaves no trace in it.
  if (!existsSync(join(root, '.intellimap'))) return { loaded: [], failed: [] };
  const store = await openStore(root, options);
  try {
    return await refreshStore(store, options);
  } finally {
    store.close();
  }
}

/** As `refresh`, with a store that is open. */
export async function refreshStore(
  store: Store,
  options: LoadOptions & { only?: string } = {},
): Promise<{ loaded: string[]; failed: { run: string; error: Error }[] }> {
  const runs = join(store.root, '.intellimap', 'runs');
  const ids = runFolders(runs);
  const gone = (await store.all<{ id: string }>('SELECT id FROM runs')).filter(({ id }) => !ids.includes(id));
  if (gone.length > 0)
    await inTransaction(store, async () => {
      for (const { id } of gone) await deleteRun(store, id);
    });
  const loaded: string[] = [];
  const failed: { run: string; error: Error }[] = [];
  for (const id of ids) {
    if (options.only !== undefined && options.only !== id) continue;
    try {
      if (await loadRun(store, join(runs, id), options)) loaded.push(id);
    } catch (error) {
      // One unreadable run must not hide the others.
      failed.push({ run: id, error: error as Error });
    }
  }
  return { loaded, failed };
}

function runFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
