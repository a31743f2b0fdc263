/** What ends a scenario before it does: its time is up, a page crashes, the server ends, somebody stops it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';

const MOMENT_MS = 100;

export class Trouble {
  readonly #happened: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  readonly #stopped: AbortSignal;
  #reject: (error: Error) => void = () => {};
  #told: Error | undefined;
  readonly #stop = (): void => this.#reject(new Fault(ExitCode.INTERRUPTED, 'stopped'));

  /** @param patience ms */
  constructor(patience: number, stopped: AbortSignal) {
    this.#happened = new Promise<never>((_, reject) => {
      this.#reject = (error) => reject((this.#told ??= error));
    });
    // Nobody may be waiting when it happens.
    this.#happened.catch(() => {});
    this.#timer = setTimeout(() => this.fail(`the scenario took more than ${patience / 1000} s`), patience);
    this.#stopped = stopped;
    stopped.addEventListener('abort', this.#stop);
    if (stopped.aborted) this.#stop();
  }

  /** What is told first counts. */
  fail(why: string): void {
    this.#reject(new Error(why));
  }

  async race<Result>(work: Result | Promise<Result>): Promise<Result> {
    try {
      return await Promise.race([work, this.#happened]);
    } catch (error) {
      // What is done with a page fails when it crashes, a moment before that is told.
      await sleep(MOMENT_MS);
      throw this.#told ?? error;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stopped.removeEventListener('abort', this.#stop);
  }
}
