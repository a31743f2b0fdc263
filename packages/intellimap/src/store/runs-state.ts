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
    const stamp = `${written.mtimeMs} ${written.size}`;
    const { recorder, endedAt, command = [], startedAt = 0 } = factsOf(file, stamp);
    if (recorder !== undefined && endedAt === undefined && isAlive(recorder))
      live.push({ run: id, command, startedAt });
    return `${id} ${endedAt === undefined ? fingerprint(join(folder, id)) : stamp}`;
  });
  return { text: lines.join('\n'), live };
}

/** Run files that were read, by name: there may be hundreds, and this is asked some times a second. */
const read = new Map<string, { stamp: string; facts: Partial<RunFile> }>();

function factsOf(file: string, stamp: string): Partial<RunFile> {
  const known = read.get(file);
  if (known?.stamp === stamp) return known.facts;
  const facts = parsed(file);
  read.set(file, { stamp, facts });
  return facts;
}

/** One that cannot be read is looked at whole by who loads it. */
function parsed(file: string): Partial<RunFile> {
  try {
    const { recorder, endedAt, command, startedAt } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as Partial<RunFile>;
    return { recorder, endedAt, command, startedAt };
  } catch {
    return {};
  }
}
