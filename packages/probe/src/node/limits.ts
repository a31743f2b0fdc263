/** Budgets of a process: what was set, and which one is exceeded. Pure. */
import type { Limits } from '../wire/control.ts';

type Micros = number;

/** What a budget is held against. */
export interface Use {
  micros: Micros;
  /** Resident memory, in bytes. */
  memory: number;
  /** Events so far, and bytes of the recording. */
  events: number;
  bytes: number;
}

/** Rates are taken over so long. */
const RATE_MICROS = 1_000_000;

export class Budgets {
  limits: Limits = {};
  #since: Micros = 0;
  #before: { micros: Micros; events: number } | undefined;

  set({ cpu, memory, eventsPerSecond, bytes, seconds, sample }: Limits, now: Micros): void {
    const given = Object.entries({ cpu, memory, eventsPerSecond, bytes, seconds, sample }).filter(
      ([, value]) => value !== undefined,
    );
    this.limits = Object.fromEntries(
      Object.entries({ ...this.limits, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
    );
    if (seconds !== undefined) this.#since = now;
  }

  get isSet(): boolean {
    return Object.keys(this.limits).length > 0;
  }

  /** A sentence about the first budget that is exceeded. */
  exceeded({ micros, memory, events, bytes }: Use): string | undefined {
    const { limits } = this;
    const rate = this.#rate(micros, events);
    if (limits.memory && memory > limits.memory * 2 ** 20)
      return `memory: ${Math.round(memory / 2 ** 20)} MiB of ${limits.memory} MiB`;
    if (limits.bytes && bytes > limits.bytes) return `bytes: ${bytes} of ${limits.bytes}`;
    if (limits.eventsPerSecond && rate > limits.eventsPerSecond)
      return `eventsPerSecond: ${Math.round(rate)} of ${limits.eventsPerSecond}`;
    if (limits.seconds && micros - this.#since > limits.seconds * 1e6) return `seconds: ${limits.seconds}`;
    return undefined;
  }

  #rate(micros: Micros, events: number): number {
    const before = (this.#before ??= { micros, events });
    const elapsed = micros - before.micros;
    if (elapsed < RATE_MICROS) return 0;
    this.#before = { micros, events };
    return ((events - before.events) * 1e6) / elapsed;
  }
}
