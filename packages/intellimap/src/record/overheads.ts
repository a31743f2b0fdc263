/** What recording a command was measured to cost, beside plain runs of it: kept, as it is the best that is known of the next one. I/O: a file a command. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, jsonIn } from '../base/is-record.ts';
import type { Foretold, RunFile, Tier } from '../base/recording.ts';
import { replaceFile } from '../store/replace-file.ts';
import { keepOutOfGit, recordingsFolder } from './folder.ts';

/** A command as it may be written down, where it is started, and what is recorded of it. */
export interface Measurable {
  command: readonly string[];
  cwd: string;
  tier: Tier;
}

export interface Measured extends Measurable {
  version: 1;
  /** ms since the epoch. */
  at: number;
  budget: number | null;
  /** Pairs of a plain and a recorded run. */
  rounds: number;
  /** ms of processors of a plain run: the median. */
  plainMs: number;
  /** Percent of what the plain run took, without `startMs` of what was foretold; where the median lies with 95 %. */
  percent: number;
  low: number;
  high: number;
  /** With all that starting takes. */
  withStart: number;
  foretold: Foretold;
  /** What calls take of this program, for later runs: as calibrated then, with the factor that was measured; null: too little was recorded to tell. */
  cost: Required<NonNullable<RunFile['cost']>> | null;
}

/** Undefined: it was not measured, or what was written of it cannot be read. */
export function measuredBefore(root: string, what: Measurable): Measured | undefined {
  try {
    const known = jsonIn(readFileSync(fileOf(root, what), 'utf8'));
    return isRecord(known) && known['version'] === 1 ? (known as unknown as Measured) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws the file system's error */
export function keepMeasured(root: string, measured: Measured): void {
  mkdirSync(folderOf(root), { recursive: true });
  keepOutOfGit(root);
  replaceFile(fileOf(root, measured), `${JSON.stringify(measured, null, 2)}\n`);
}

const folderOf = (root: string): string => join(recordingsFolder(root), 'overheads');

function fileOf(root: string, { command, cwd, tier }: Measurable): string {
  const key = createHash('sha256')
    .update(JSON.stringify([command, cwd, tier]))
    .digest('hex')
    .slice(0, 16);
  return join(folderOf(root), `${key}.json`);
}
