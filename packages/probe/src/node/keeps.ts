/** What of tasks makes a flight recorder keep what it holds: that they fail, or are slow. */
import { millis } from './clock.ts';
import { SlowTasks, type SlowRule } from './slow-tasks.ts';

/** The same thing over and over again is kept so often, ms: each time, all that is held is written. */
const AGAIN_MS = 1000;
/** The server says that it failed: status codes from here on. */
const FAILED = 500;
/** Things that are told apart. */
const MAX_WHATS = 256;

export class Keeps {
  readonly #isOn: boolean;
  readonly #slow: SlowTasks | undefined;
  readonly #keep: (reason: string) => void;
  readonly #last = new Map<string, number>();

  constructor(isOn: boolean, slower: SlowRule | undefined, keep: (reason: string) => void) {
    this.#isOn = isOn;
    this.#slow = isOn && slower !== undefined ? new SlowTasks(slower) : undefined;
    this.#keep = keep;
  }

  /** A request was answered. */
  ended(name: string, took: number, status: number): void {
    if (!this.#isOn) return;
    const slow = this.#slow?.ended(name, took);
    if (status >= FAILED) this.keep(`failed ${name}`, `${name} failed`);
    else if (slow !== undefined) this.keep(`slow ${name}`, slow);
  }

  /** @param what the same for what happens again and again */
  keep(what: string, reason: string): void {
    const now = millis();
    if (now - (this.#last.get(what) ?? -Infinity) < AGAIN_MS) return;
    if (this.#last.size >= MAX_WHATS) this.#last.clear();
    this.#last.set(what, now);
    this.#keep(reason);
  }
}
