/**
 * The run that collected pages and programs belong to, where no command is recorded: made when the first of them comes. One whose collector was killed is gone
 * on with, so that pages that are still open go on, too. I/O: its folder.
 */
import { ExitCode, explainFileError, Fault } from '../base/fault.ts';
import type { RunFile } from '../base/recording.ts';
import type { RunPlace } from '../collect/otlp/telemetry.ts';
import {
  createRunFolder,
  listRunFolders,
  recordingsFolder,
  runFolder,
  writeRunFile,
} from '../record/folder.ts';
import { gitFacts } from '../record/git.ts';
import { endOf, endRunFile, runFileOf, UNASKED } from '../record/run-file.ts';
import { isAlive } from '../store/is-alive.ts';
import { readRun } from '../store/run-folder.ts';
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
    return new CollectRun(root, cwd, await gitFacts(root));
  }

  /** Undefined: nothing has come. */
  get file(): RunFile | undefined {
    return this.#file;
  }

  /**
   * Makes it. To be asked by who has the port: then no other collector of the workspace goes on with the same run.
   * @param agoMs for how long what came first has been recorded @throws Fault
   */
  readonly place = (agoMs: number): RunPlace => {
    const file = (this.#file ??= this.#resumed() ?? this.#made(agoMs));
    return { folder: runFolder(this.#root, file.id), startedAt: file.startedAt };
  };

  /** Nothing more comes. Returns the run; undefined: nothing has come. */
  end(): RunFile | undefined {
    const file = this.#file;
    if (file !== undefined) endRunFile(runFolder(this.#root, file.id), file, { exitCode: 0, signal: null });
    return file;
  }

  #made(agoMs: number): RunFile {
    const root = this.#root;
    const known = { command: [COLLECT], cwd: this.#cwd, root, intellimap: version(), ...UNASKED };
    const file = runFileOf(known, this.#git, agoMs);
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
      .map((id) => readable(runFolder(this.#root, id)))
      .find((file) => file?.command[0] === COLLECT);
    if (found === undefined || !isCutOff(found)) return undefined;
    found.recorder = process.pid;
    writeRunFile(runFolder(this.#root, found.id), found);
    return found;
  }
}

function isCutOff(file: RunFile): boolean {
  const { endedAt, recorder, startedAt, command } = file;
  if (endedAt !== undefined || command.length !== 1 || (recorder !== undefined && isAlive(recorder)))
    return false;
  return Date.now() - startedAt < RECENT && Math.abs(Date.now() - endOf(file)) < DRIFT;
}

/** Undefined: it is damaged, or of a newer version. */
function readable(folder: string): RunFile | undefined {
  try {
    return readRun(folder);
  } catch {
    return undefined;
  }
}
