/**
 * Heap snapshots that threads have written, when the run is over: their objects are counted by constructor, and the snapshots, of many MiB each, taken away
 * unless they shall be kept. Not within the program: it takes longer and more memory than that may have. I/O: the run folder.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../store/replace-file.ts';

const SNAPSHOT = /^heap-\d+\.heapsnapshot$/;

/** Says what could not be counted; such a snapshot stays. */
export async function settleHeaps(runDir: string, keep: boolean): Promise<string[]> {
  const said = [];
  for (const file of snapshotsIn(join(runDir, 'v8'))) said.push(await settle(file, keep));
  return said.filter((reason) => reason !== undefined);
}

function snapshotsIn(all: string): string[] {
  if (!existsSync(all)) return [];
  return readdirSync(all).flatMap((thread) =>
    readdirSync(join(all, thread))
      .filter((name) => SNAPSHOT.test(name))
      .map((name) => join(all, thread, name)),
  );
}

async function settle(file: string, keep: boolean): Promise<string | undefined> {
  const target = file.replace(/heapsnapshot$/, 'json');
  try {
    // Loaded here: hardly any run has a snapshot, and the store is large.
    const { summaryOfFile } = await import('../store/index.ts');
    replaceFile(target, JSON.stringify(summaryOfFile(file)));
    if (!keep) rmSync(file);
    return undefined;
  } catch (error) {
    return `cannot read the heap snapshot ${file}: ${(error as Error).message}`;
  }
}
