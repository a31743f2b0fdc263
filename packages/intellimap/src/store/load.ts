/**
 * A run folder → rows. A run is replaced as a whole in one transaction; a folder that did not change since is left alone.
 */
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { removeCheckpoint } from './checkpoint.ts';
import type { Database, OpenOptions } from './database.ts';
import { isFresh } from './fresh.ts';
import { type ChurnMaker, refreshChurn } from './churn.ts';
import { type GraphMaker, type GraphRefresh, refreshGraphs } from './graphs.ts';
import { writeImported } from './imported.ts';
import { insertParquet } from './parquet-in.ts';
import { replayRun } from './replay-run.ts';
import type { LeafSize } from './replay/time/time-index.ts';
import { entriesIn, fingerprint, runFolders } from './run-folder.ts';
import { refreshSources, type SurveySources } from './sources.ts';
import { deleteRun, inTransaction, openStore, type Store } from './store.ts';
import { replaceTopology, type TopologyRows } from './topology.ts';
import { writeRun } from './write-run.ts';

export interface LoadOptions {
  /** Told how far the load is, 0 … 1, and what it does. */
  onProgress?: (share: number, what: string) => void;
  /** How often to write down how far it is. */
  checkpointMs?: number;
  /** Of the time index. */
  leaves?: LeafSize;
}

/** Share of the time that the replay takes; the rest is writing. */
const REPLAYING = 0.8;

/** Where a loader of a run writes down how far it is. */
const checkpointFile = (root: string, run: string): string => join(root, '.intellimap', 'loading', run);

/** Loads a run unless the database has it as it is. Returns whether anything was done. */
export async function loadRun(store: Store, runDir: string, options: LoadOptions = {}): Promise<boolean> {
  const state = fingerprint(runDir);
  const id = basename(runDir);
  const [known] = await store.all<{ loaded_state: string }>('SELECT loaded_state FROM runs WHERE id = $id', {
    id,
  });
  if (known?.loaded_state === state) return false;
  options.onProgress?.(0, 'reading');
  const file = checkpointFile(store.root, id);
  const run = replayRun(runDir, state, {
    checkpoint: { file, ...(options.checkpointMs === undefined ? {} : { everyMs: options.checkpointMs }) },
    ...(options.leaves !== undefined && { leaves: options.leaves }),
    onProgress: (share, what) => options.onProgress?.(REPLAYING * share, what),
  });
  options.onProgress?.(REPLAYING, 'writing');
  await inTransaction(store, async () => {
    await deleteRun(store, id);
    if (run.folder.run.imported?.format === 'parquet') {
      await insertParquet(store.connection, run.folder, state);
      return;
    }
    await writeRun(store.connection, run);
    await writeImported(store.connection, run.folder);
  });
  removeCheckpoint(file);
  options.onProgress?.(1, 'done');
  return true;
}

/**
 * Loads what is new among a workspace's runs and forgets runs whose folders are gone; opens and closes the store.
 * With `sources`, the tables about the text are brought up to date, too.
 */
export async function refresh(
  root: string,
  options: OpenOptions & LoadOptions & { only?: string; sources?: SurveySources; needsNoRun?: boolean } = {},
): Promise<{ loaded: string[]; failed: { run: string; error: Error }[] }> {
  const asksText = options.sources !== undefined && options.needsNoRun === true;
  // Asking for recordings of a workspace that has none leaves no trace in it.
  if (!asksText && !existsSync(join(root, '.intellimap'))) return { loaded: [], failed: [] };
  if (options.sources === undefined && (await isFresh(root))) return { loaded: [], failed: [] };
  const store = await openStore(root, options);
  try {
    const answer = await refreshStore(store, options);
    if (options.sources !== undefined) await refreshSources(store, options.sources);
    return answer;
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
  for (const name of namesIn(join(store.root, '.intellimap', 'loading')))
    if (!ids.includes(name)) removeCheckpoint(checkpointFile(store.root, name));
  const moments = join(store.root, '.intellimap', 'moments');
  for (const { name } of entriesIn(moments))
    if (!ids.includes(name)) rmSync(join(moments, name), { recursive: true, force: true });
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

const namesIn = (folder: string): string[] =>
  entriesIn(folder).map(({ name }) => (name.endsWith('.tmp') ? name.slice(0, -'.tmp'.length) : name));

/** Brings the tables about the text up to date, the topology included, which was made just now. */
export async function refreshTopology(
  root: string,
  options: OpenOptions & { sources: SurveySources; topology: TopologyRows },
): Promise<void> {
  const store = await openStore(root, options);
  try {
    await refreshSources(store, options.sources);
    await replaceTopology(store, options.topology);
  } finally {
    store.close();
  }
}

/** Loads what is new of text, runs and repository, and asks something of them. No run is needed; of runs that cannot be read `onMessage` is told. */
export async function refreshChanged<T>(
  root: string,
  options: OpenOptions & LoadOptions & { sources: SurveySources; churn: ChurnMaker; ask: (db: Database) => Promise<T> },
): Promise<T> {
  const store = await openStore(root, options);
  try {
    const { failed } = await refreshStore(store, options);
    for (const { run, error } of failed) options.onMessage?.(`run ${run} cannot be read: ${error.message}`);
    await refreshSources(store, options.sources);
    await refreshChurn(store, options.churn);
    return await options.ask(store);
  } finally {
    store.close();
  }
} // prettier-ignore

/** Brings the tables about the text up to date, the property graph included, and asks something of them. No run is needed. */
export async function refreshGraph<T>(
  root: string,
  options: OpenOptions & {
    sources: SurveySources;
    graphs: GraphMaker;
    onProgress?: LoadOptions['onProgress'];
    ask: (db: Database) => Promise<T>;
  },
): Promise<GraphRefresh & { answer: T }> {
  const store = await openStore(root, options);
  try {
    await refreshSources(store, options.sources);
    const refreshed = await refreshGraphs(store, options.graphs, (done, all) =>
      options.onProgress?.(done / all, 'graph'),
    );
    return { ...refreshed, answer: await options.ask(store) };
  } finally {
    store.close();
  }
}
