/** What a run's `run.json` says when it begins and when it ends. I/O: asks git; writes the file. */
import { realpathSync } from 'node:fs';
import { RECORDING_VERSION, type RunFile } from '../base/recording.ts';
import { newRunId, writeRunFile } from './folder.ts';
import { gitFacts } from './git.ts';
import { shownCommand } from './redaction.ts';

/** What is found out here. */
type Found = 'version' | 'id' | 'node' | 'platform' | 'git' | 'startedAt' | 'startedMicros' | 'recorder';
type Known = Omit<RunFile, Found>;

/** µs of the machine's monotonic clock. */
export const machineMicros = (): number => Number(process.hrtime.bigint() / 1000n);

/** A run that begins now, recorded by this process. */
export const beginRunFile = async (known: Known): Promise<RunFile> =>
  runFileOf(known, await gitFacts(known.root));

/** ms: a run that was begun earlier could come before one that is over already. */
const MAX_AGO_MS = 60_000;

/** The same for whoever has asked git before. @param agoMs it began so long ago, as far as that is believed: what makes it begin happened then */
export function runFileOf(known: Known, git: RunFile['git'], agoMs = 0): RunFile {
  const ago = Math.round(Math.min(Math.max(agoMs, 0), MAX_AGO_MS));
  return {
    version: RECORDING_VERSION,
    id: newRunId(new Date()),
    ...known,
    // As it may be written down: whoever starts it has it as it is.
    command: shownCommand(known.command, known.root, known.values?.redact),
    cwd: realpathSync(known.cwd),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    git,
    startedAt: Date.now() - ago,
    startedMicros: machineMicros() - ago * 1000,
    recorder: process.pid,
  };
}

/** What a run says whose pages and programs come by themselves: nobody asked for anything, and they wait for nobody. */
export const UNASKED = {
  tier: 'performance',
  gates: 'open',
  policy: 'drop',
  include: [],
  exclude: [],
  patterns: { include: [], exclude: [] },
} satisfies Partial<RunFile>;

/** ms since the epoch: now, as long after its start as the machine's clock says. The wall clock may have been set meanwhile. */
export const endOf = ({ startedAt, startedMicros }: RunFile): number =>
  startedAt + Math.round((machineMicros() - startedMicros) / 1000);

/** It has ended. A full disk: the run simply looks unfinished, which the report says. */
export function endRunFile(folder: string, file: RunFile, how: Partial<RunFile>): void {
  Object.assign(file, { endedAt: endOf(file), ...how });
  try {
    writeRunFile(folder, file);
  } catch {
    // Said above.
  }
}
