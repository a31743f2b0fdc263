/**
 * Heap snapshots that threads have written, when the run is over: their objects are counted by constructor, and the snapshots, of many MiB each, taken away
 * unless they shall be kept. Not within the program: it takes longer and more memory than that may have. I/O: the run folder.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOfFile } from '../store/index.ts';
import { replaceFile } from './replace-file.ts';

const SNAPSHOT = /^heap-\d+\.heapsnapshot$/;

/** Says what could not be counted; such a snapshot stays. */
export function settleHeaps(runDir: string, keep: boolean): string[] {
  const all = join(runDir, 'v8');
  if (!existsSync(all)) return [];
  return readdirSync(all).flatMap((thread) => {
    const folder = join(all, thread);
    return readdirSync(folder)
      .filter((name) => SNAPSHOT.test(name))
      .flatMap((name) => settle(join(folder, name), keep) ?? []);
  });
}

function settle(file: string, keep: boolean): string | undefined {
  const target = file.replace(/heapsnapshot$/, 'json');
  try {
    replaceFile(target, JSON.stringify(summaryOfFile(file)));
    if (!keep) rmSync(file);
    return undefined;
  } catch (error) {
    return `cannot read the heap snapshot ${file}: ${(error as Error).message}`;
  }
}
