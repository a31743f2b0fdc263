/** Failures that are the user's to mend: a sentence about what is wrong and where, one about what to do, an exit code. */

/** Exit codes of the command line. A recorded program's own code is passed on by `run` and may be any of them. */
export const ExitCode = {
  OK: 0,
  /** Something failed inside IntelliMap; the message says what. */
  FAILED: 1,
  /** The command line itself is wrong: unknown command or option, bad glob, bad SQL. */
  USAGE: 2,
  /** The run (or function) asked for does not exist. */
  NOT_FOUND: 3,
  /** A recording or the database cannot be read (damaged beyond what can be skipped, or from a newer version). */
  UNREADABLE: 4,
  /** The recording folder cannot be written (permissions, read-only or full disk); `run` has started nothing. */
  UNWRITABLE: 5,
  /** `gate`: instead of USAGE, which is its word for "could not judge" (sysexits.h: EX_USAGE). */
  GATE_USAGE: 64,
  /** `gate`: instead of FAILED, which is its word for a build that may not pass (EX_SOFTWARE). */
  GATE_BROKEN: 70,
  /** `run`: the command is there but cannot be executed. */
  NOT_EXECUTABLE: 126,
  /** `run`: there is no such command. */
  NO_COMMAND: 127,
  /** Ctrl-C: what was asked was stopped. */
  INTERRUPTED: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export class Fault extends Error {
  readonly exitCode: number;
  /** What to do about it. */
  readonly advice: string | undefined;

  constructor(exitCode: number, problem: string, advice?: string) {
    super(problem);
    this.name = 'Fault';
    this.exitCode = exitCode;
    this.advice = advice;
  }
}

/** The file system's codes in words a person can act on. */
export function explainFileError(
  error: { code?: string | undefined; message: string },
  path: string,
): string {
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOENT: 'it does not exist',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'a file is in its place',
  };
  return `${path}: ${reasons[error.code ?? ''] ?? error.message}`;
}

/** What to throw when `path` could not be written: a Fault for what the file system says, any other error as it is. */
export function unwritable(error: unknown, path: string): unknown {
  const told = error as { code?: string; message: string; syscall?: string };
  return error instanceof Fault || told.syscall === undefined
    ? error
    : new Fault(ExitCode.UNWRITABLE, `cannot write ${explainFileError(told, path)}`);
}

/** The same for `path` that could not be read. */
export function unreadable(error: unknown, path: string): unknown {
  const told = error as { code?: string; message: string; syscall?: string };
  return error instanceof Fault || told.syscall === undefined
    ? error
    : new Fault(ExitCode.UNREADABLE, `cannot read ${explainFileError(told, path)}`);
}
