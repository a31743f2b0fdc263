/** Why something is not taken: an answer that docs/collector.md tells of. */

export class Refusal extends Error {
  /** As in HTTP. */
  readonly status: number;
  /** Seconds after which it may be tried again; undefined: it would be refused again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** There are too few of something that others give back. */
const SCARCE: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY']);
/** It takes somebody who makes room. */
const DISK_SECONDS = 10;
const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Whatever failed, as an answer: the file system's errors without paths of this machine. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (FULL.has(code))
    return new Refusal(507, 'the disk is full: what was acknowledged is kept, this is not', DISK_SECONDS);
  if (SCARCE.has(code)) return new Refusal(503, `there is no room for now: ${code}`, 1);
  if (code !== undefined && !code.startsWith('ERR_'))
    return new Refusal(500, `this could not be written: ${code}`, DISK_SECONDS);
  return new Refusal(500, `this could not be taken: ${message}`);
}
