/** What the recordings of a workspace look like from outside: whether the database could be behind them, without asking it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '../base/recording.ts';
import { isAlive } from './is-alive.ts';
import { fingerprint, runFolders } from './run-folder.ts';

export interface RunsState {
  /** Equal texts: nothing changed. Of runs that have ended their run files are looked at, of others all files. */
  text: string;
  /** Those that are being recorded now. */
  live: LiveRun[];
}

export interface LiveRun {
  /** `runs.id` */
  run: string;
  command: string[];
  /** ms since the epoch */
  startedAt: number;
}

export function runsState(root: string): RunsState {
  const folder = join(root, '.intellimap', 'runs');
  const live: LiveRun[] = [];
  const lines = runFolders(folder).map((id) => {
    const file = join(folder, id, 'run.json');
    const written = statSync(file, { throwIfNoEntry: false });
    if (written === undefined) return `${id} ?`;
    const { recorder, endedAt, command = [], startedAt = 0 } = factsOf(file);
    if (recorder !== undefined && endedAt === undefined && isAlive(recorder))
      live.push({ run: id, command, startedAt });
    return `${id} ${endedAt === undefined ? fingerprint(join(folder, id)) : `${written.mtimeMs} ${written.size}`}`;
  });
  return { text: lines.join('\n'), live };
}

/** A run file that cannot be read is looked at whole by who loads it. */
function factsOf(file: string): Partial<RunFile> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  } catch {
    return {};
  }
}
