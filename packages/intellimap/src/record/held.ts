/**
 * What flight recorders of child processes held, when the run is over: kept if the command failed, as one of them may have been the reason without
 * saying so; else taken away. What they have kept themselves is in `threads/` already. I/O: moves files.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SegmentWriter } from '@intellimap/probe/wire';
import { isAlive } from '../store/is-alive.ts';

/** Processes that were told to end may take so long. */
const PATIENCE_MS = 1000;
const SLICE_MS = 25;

/** @param kept why, and when (µs of the machine's clock); absent: nothing is. Those of processes that run on are left alone. */
export async function settleHeld(
  runDir: string,
  kept: { reason: string; micros: number } | undefined,
): Promise<void> {
  const folder = join(runDir, 'held');
  if (!existsSync(folder)) return;
  const until = Date.now() + PATIENCE_MS;
  for (const thread of readdirSync(folder)) {
    const pid = Number.parseInt(thread, 10);
    while (isAlive(pid) && Date.now() < until) await sleep(SLICE_MS);
    if (isAlive(pid)) continue;
    const from = join(folder, thread);
    if (kept !== undefined) move(from, join(runDir, 'threads', thread), kept);
    rmSync(from, { recursive: true, force: true });
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function move(from: string, to: string, kept: { reason: string; micros: number }): void {
  // The first file is for notes.
  new SegmentWriter((bytes) => appendFileSync(join(from, '000000.seg'), bytes)).note({ t: 'kept', ...kept });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).toSorted()) renameSync(join(from, name), free(to, name));
}

/** An earlier process may have had the same pid. */
function free(folder: string, name: string): string {
  for (let number = Number.parseInt(name, 10); ; number++) {
    const file = join(folder, `${String(number).padStart(6, '0')}.seg`);
    if (!existsSync(file)) return file;
  }
}
