/** Records runs for a gate: without a summary, their output in a file. I/O: child processes. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { RunFile } from '../../base/recording.ts';
import { launch } from '../../record/launch.ts';
import { runFolder } from '../../record/folder.ts';
import { calibrate } from '../calibrate.ts';
import type { Call } from '../command.ts';
import { describeRun, makeFolder, recordEnding, startFault } from '../commands/run.ts';
import type { Asked } from '../run-options.ts';

export interface Recorder {
  /** Records the command in a folder. @returns what its `run.json` says. @throws Fault when it cannot be started. */
  record(cwd: string): Promise<RunFile>;
  /** The last lines that the program said. */
  tail(): string;
  close(): void;
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Lines of output that a complaint quotes. */
const TAIL = 12;

/** @param processor that runs may use; absent: all */
export function createRecorder(asked: Asked, out: Call['out'], processor: number | undefined): Recorder {
  const log = join(tmpdir(), `intellimap-gate-${process.pid}.log`);
  // The same for all runs: what they took is compared.
  let calibrated: ReturnType<typeof calibrate> | undefined;
  // Somebody has had enough: of the gate, not only of the run. What was made for it must go first.
  let stopped: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => void (stopped = signal);
  for (const signal of ENDING) process.on(signal, stop);
  return {
    async record(cwd) {
      endWhere(stopped);
      const cost = await (calibrated ??= calibrate());
      const described = await describeRun(asked.file, cwd, out);
      const file = { ...described, ...(cost && { cost }) };
      const runDir = makeFolder(file);
      const output = openSync(log, 'a');
      const command = asked.file.command;
      const ending = await launch({
        ...file,
        command,
        cwd,
        runDir,
        ringWords: asked.ring?.words,
        stdio: ['ignore', output, output],
        processor,
      });
      closeSync(output);
      // `taskset` says so with these.
      const missing =
        processor !== undefined && ending.kind === 'exited' && ending.code === ExitCode.NO_COMMAND;
      if (ending.kind === 'failed' || missing) {
        rmSync(runDir, { recursive: true, force: true });
        const error = ending.kind === 'failed' ? ending.error : { code: 'ENOENT' };
        throw startFault(command[0], error as NodeJS.ErrnoException);
      }
      await recordEnding(runDir, file, ending);
      endWhere(stopped);
      return file;
    },
    tail: () => {
      try {
        return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL).join('\n');
      } catch {
        return '';
      }
    },
    close: () => {
      for (const signal of ENDING) process.off(signal, stop);
      rmSync(log, { force: true });
    },
  };
}

function endWhere(stopped: NodeJS.Signals | undefined): void {
  if (stopped !== undefined) throw new Fault(128 + constants.signals[stopped], `stopped by ${stopped}`);
}

export const forget = ({ root, id }: RunFile): void =>
  rmSync(runFolder(root, id), { recursive: true, force: true });

/** The last of those that this process may use: the first one takes most interrupts. undefined: nobody can be held to one here. */
export function lastProcessor(): number | undefined {
  try {
    const status = readFileSync('/proc/self/status', 'latin1');
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '';
    const last = Number(/(\d+)$/.exec(list)?.[1] ?? NaN);
    const works = spawnSync('taskset', ['-c', String(last), 'true'], { stdio: 'ignore' }).status === 0;
    return works ? last : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Fault: the command fails, and did so alone. */
export function complain(file: RunFile, tail: string): never {
  const how = file.signal ?? `exit code ${file.exitCode}`;
  throw new Fault(
    ExitCode.GATE_BROKEN,
    `the baseline's command ended with ${how} before anything was compared`,
    tail === '' ? `in ${file.cwd}` : `in ${file.cwd}; it said:\n${tail}`,
  );
}
