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
  readonly #now: () => number;
  readonly #last = new Map<string, number>();
  /** What happened again too soon to be kept at once, and why it is to be: it is held until something else is kept, or its time has come. */
  readonly #waiting = new Map<string, string>();

  /** @param now ms */
  constructor(isOn: boolean, slower: SlowRule | undefined, keep: (reason: string) => void, now = millis) {
    this.#isOn = isOn;
    this.#slow = isOn && slower !== undefined ? new SlowTasks(slower) : undefined;
    this.#keep = keep;
    this.#now = now;
  }

  /** A request was answered. */
  ended(name: string, took: number, status: number): void {
    if (!this.#isOn) return;
    const slow = this.#slow?.ended(name, took);
    if (status >= FAILED) this.keep(`failed ${name}`, `${name} failed`);
    else if (slow !== undefined) this.keep(`slow ${name}`, slow);
    if (this.#waiting.size > 0) this.#keepDue();
  }

  /** The thread ends. Returns whether something waited. */
  end(): boolean {
    const [reason] = this.#waiting.values();
    if (reason === undefined) return false;
    this.#waiting.clear();
    this.#keep(reason);
    return true;
  }

  /** @param what the same for what happens again and again */
  keep(what: string, reason: string): void {
    const now = this.#now();
    if (!this.#isDue(what, now)) {
      this.#waiting.set(what, reason);
      return;
    }
    if (this.#last.size >= MAX_WHATS) this.#last.clear();
    this.#last.set(what, now);
    // Whatever waited is held, and written with it.
    this.#waiting.clear();
    this.#keep(reason);
  }

  /** Looked at as requests end: who makes none makes little that could push out what is held. */
  #keepDue(): void {
    const now = this.#now();
    const due = [...this.#waiting].find(([what]) => this.#isDue(what, now));
    if (due !== undefined) this.keep(...due);
  }

  #isDue(what: string, now: number): boolean {
    return now - (this.#last.get(what) ?? -Infinity) >= AGAIN_MS;
  }
}
