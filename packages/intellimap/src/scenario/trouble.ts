/** What ends a scenario before it does: its time is up, a page crashes, the server ends, somebody stops it. */
import { ExitCode, Fault } from '../base/fault.ts';

export class Trouble {
  readonly #happened: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  readonly #stopped: AbortSignal;
  #reject: (error: Error) => void = () => {};
  readonly #stop = (): void => this.#reject(new Fault(ExitCode.INTERRUPTED, 'stopped'));

  /** @param patience ms */
  constructor(patience: number, stopped: AbortSignal) {
    this.#happened = new Promise<never>((_, reject) => {
      this.#reject = reject;
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

  race<Result>(work: Result | Promise<Result>): Promise<Result> {
    return Promise.race([Promise.resolve(work), this.#happened]);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stopped.removeEventListener('abort', this.#stop);
  }
}
