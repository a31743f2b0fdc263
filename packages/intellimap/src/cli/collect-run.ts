/**
 * The run that collected pages and programs belong to, where no command is recorded: made when the first of them comes. One whose collector was killed is gone
 * on with, so that pages that are still open go on, too. I/O: its folder.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, explainFileError, Fault } from '../base/fault.ts';
import { RECORDING_VERSION, type RunFile } from '../base/recording.ts';
import type { RunPlace } from '../collect/otlp/telemetry.ts';
import {
  createRunFolder,
  listRunFolders,
  newRunId,
  recordingsFolder,
  runFolder,
  writeRunFile,
} from '../record/folder.ts';
import { gitFacts } from '../record/git.ts';
import { isAlive } from '../store/is-alive.ts';
import { version } from './help.ts';

/** What its command is called. */
const COLLECT = 'collect';
/** ms: an older run is left as it was cut off. */
const RECENT = 24 * 3600 * 1000;
/** ms by which the two clocks of a machine may differ, unless it was started anew. */
const DRIFT = 10_000;

export class CollectRun {
  readonly #root: string;
  readonly #cwd: string;
  readonly #git: RunFile['git'];
  #file: RunFile | undefined;

  private constructor(root: string, cwd: string, git: RunFile['git']) {
    this.#root = root;
    this.#cwd = cwd;
    this.#git = git;
  }

  static async prepare(root: string, cwd: string): Promise<CollectRun> {
    return new CollectRun(root, realpathSync(cwd), await gitFacts(root));
  }

  /** Undefined: nothing has come. */
  get file(): RunFile | undefined {
    return this.#file;
  }

  /** Makes it. To be asked by who has the port: then no other collector of the workspace goes on with the same run. @throws Fault */
  place(): RunPlace {
    const file = (this.#file ??= this.#resumed() ?? this.#made());
    return { folder: runFolder(this.#root, file.id), startedAt: file.startedAt };
  }

  /** Nothing more comes. */
  end(): void {
    const file = this.#file;
    if (file === undefined) return;
    const endedAt = file.startedAt + Math.round((micros() - file.startedMicros) / 1000);
    Object.assign(file, { endedAt, exitCode: 0, signal: null });
    writeRunFile(runFolder(this.#root, file.id), file);
  }

  #made(): RunFile {
    const root = this.#root;
    const file: RunFile = {
      version: RECORDING_VERSION,
      id: newRunId(new Date()),
      command: [COLLECT],
      cwd: this.#cwd,
      root,
      tier: 'performance',
      gates: 'open',
      policy: 'drop',
      include: [],
      exclude: [],
      patterns: { include: [], exclude: [] },
      node: process.version,
      intellimap: version(),
      platform: `${process.platform} ${process.arch}`,
      git: this.#git,
      startedAt: Date.now(),
      startedMicros: micros(),
      recorder: process.pid,
    };
    try {
      createRunFolder(root, file);
    } catch (error) {
      const where = explainFileError(error as NodeJS.ErrnoException, recordingsFolder(root));
      throw new Fault(ExitCode.UNWRITABLE, `cannot write the recording: ${where}`);
    }
    return file;
  }

  #resumed(): RunFile | undefined {
    const found = listRunFolders(this.#root)
      .toReversed()
      .map((id) => readRun(runFolder(this.#root, id)))
      .find((file) => file !== undefined && file.command[0] === COLLECT);
    if (found === undefined || !isCutOff(found)) return undefined;
    found.recorder = process.pid;
    writeRunFile(runFolder(this.#root, found.id), found);
    return found;
  }
}

const micros = (): number => Number(process.hrtime.bigint() / 1000n);

function isCutOff({ endedAt, recorder, startedAt, startedMicros, command }: RunFile): boolean {
  if (endedAt !== undefined || command.length !== 1 || (recorder !== undefined && isAlive(recorder)))
    return false;
  const age = Date.now() - startedAt;
  return age < RECENT && Math.abs(age - (micros() - startedMicros) / 1000) < DRIFT;
}

function readRun(folder: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
}
