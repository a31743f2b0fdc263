/** A folder as a place for runs: one that others can reach, say. I/O: reads and writes there, and nowhere else. */
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineStorage, type DefinedStorage, type StoredRun } from '../base/extension/index.ts';
import { recordIn } from '../base/is-record.ts';

/** The manifest of a run, as `intellimap export --format parquet` writes it. */
const MANIFEST = 'export.json';
/** Ids become names of folders. */
const ID = /^[\w-][\w.-]*$/;

/**
 * Keeps each run as a folder of its own, `<path>/<run>/`. A run is there wholly or not at all: it is written beside, and then renamed.
 * @param name what `--place` calls it: `team/archive`
 * @param path absolute, or relative to where the command is run
 */
export function folderStorage({ name, path }: { name: string; path: string }): DefinedStorage {
  const root = resolve(path);
  return defineStorage({
    name,
    async put(run, folder) {
      const target = folderOf(root, run.id);
      // No run is called so: they begin with no dot.
      const draft = join(root, `.${run.id}.${process.pid}.tmp`);
      try {
        await mkdir(root, { recursive: true });
        await rm(draft, { recursive: true, force: true });
        await cp(folder, draft, { recursive: true, errorOnExist: true });
        await readFile(join(draft, MANIFEST));
        await rm(target, { recursive: true, force: true });
        await rename(draft, target);
      } catch (error) {
        await rm(draft, { recursive: true, force: true });
        throw error;
      }
    },
    async list() {
      const runs = await Promise.all((await namesIn(root)).map((id) => runIn(join(root, id), id)));
      return runs.filter((run) => run !== undefined);
    },
    async get(id, folder) {
      const from = folderOf(root, id);
      if ((await runIn(from, id)) === undefined) throw new Error(`${root} has no run ${id}`);
      await cp(from, folder, { recursive: true });
    },
  });
}

function folderOf(root: string, id: string): string {
  if (!ID.test(id)) throw new Error(`"${id}" is no id of a run`);
  return join(root, id);
}

async function namesIn(root: string): Promise<string[]> {
  try {
    return (await readdir(root)).filter((name) => ID.test(name));
  } catch (error) {
    // Nobody has put a run there yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined: what lies there is no run. */
async function runIn(folder: string, id: string): Promise<StoredRun | undefined> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '');
  const { id: own, startedAt, command } = (recordIn(text)?.['run'] ?? {}) as Record<string, unknown>;
  if (own !== id || typeof startedAt !== 'number' || !Array.isArray(command)) return undefined;
  return { id, startedAt, command: command.map(String) };
}
