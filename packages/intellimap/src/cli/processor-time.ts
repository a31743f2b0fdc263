/** What a command takes of the processors, with all that it starts and waits for. I/O: a shell, which counts. */
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode, Fault } from '../base/fault.ts';

/** The shell's own `times` is all that tells it on every system that has one; to 10 ms. */
const COUNTED = '"$@"; code=$?; times >&3; exit $code';

export interface Counted {
  /** What to start instead. */
  command: string[];
  stdio: ['ignore', 'ignore', 'inherit', number];
  /** ms of processors, when it has ended; and nothing is left behind. */
  taken: () => number;
}

/** @throws Fault where there is no such shell */
export function countedCommand(command: readonly string[]): Counted {
  if (process.platform === 'win32')
    throw new Fault(
      ExitCode.USAGE,
      '--measure needs a POSIX shell, which counts processor times',
      'measure on Linux or macOS',
    );
  const file = join(tmpdir(), `intellimap-times-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const descriptor = openSync(file, 'wx', 0o600);
  return {
    command: ['/bin/sh', '-c', COUNTED, 'sh', ...command],
    stdio: ['ignore', 'ignore', 'inherit', descriptor],
    taken: () => {
      closeSync(descriptor);
      const text = readFileSync(file, 'utf8');
      rmSync(file, { force: true });
      return childrenMs(text);
    },
  };
}

/** Two lines, the second one of what was started: `0m1.230000s 0m0.340000s`, user and system. */
export function childrenMs(text: string): number {
  const times = [...text.matchAll(/(\d+)m(\d+(?:[.,]\d+)?)s/g)].map(
    ([, minutes, seconds]) => (Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1000,
  );
  return (times[2] ?? Number.NaN) + (times[3] ?? Number.NaN);
}
