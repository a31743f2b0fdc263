/** Which tasks are slow: longer than a threshold, or than 99 of 100 of the same name before. Pure. */

type Millis = number;

/** Durations of a name that are remembered, and how many there must be before one can be unusual. */
const REMEMBERED = 512;
const ENOUGH = 100;
/** Names that are told apart; requests may carry anything. */
const MAX_NAMES = 256;
/** p99 is taken anew after so many more. */
const RENEWED_AFTER = 32;

export type SlowRule = Millis | 'p99';

/** A number of ms above 0, or `p99`; undefined for anything else. */
export function slowRule(text: string | undefined): SlowRule | undefined {
  if (text === 'p99') return 'p99';
  const millis = Number(text);
  return millis > 0 && Number.isFinite(millis) ? millis : undefined;
}

interface Usual {
  durations: Float64Array;
  count: number;
  /** Longer is unusual; Infinity: not known yet. */
  p99: Millis;
}

export class SlowTasks {
  readonly #rule: SlowRule;
  readonly #usual = new Map<string, Usual>();

  constructor(rule: SlowRule) {
    this.#rule = rule;
  }

  /** A task ended. Why it is slow, in words; undefined: it is not. */
  ended(name: string, took: Millis): string | undefined {
    if (this.#rule !== 'p99')
      return took > this.#rule ? `${name} took ${round(took)} ms, more than ${this.#rule} ms` : undefined;
    const usual = this.#of(withoutIds(name));
    if (usual === undefined) return undefined;
    const { p99, count } = usual;
    this.#learn(usual, took);
    return took > p99
      ? `${name} took ${round(took)} ms, 99 of 100 took up to ${round(p99)} ms (${count} before)`
      : undefined;
  }

  #of(name: string): Usual | undefined {
    let usual = this.#usual.get(name);
    if (usual === undefined && this.#usual.size < MAX_NAMES)
      this.#usual.set(name, (usual = { durations: new Float64Array(REMEMBERED), count: 0, p99: Infinity }));
    return usual;
  }

  #learn(usual: Usual, took: Millis): void {
    usual.durations[usual.count++ % REMEMBERED] = took;
    if (usual.count < ENOUGH || (usual.count - ENOUGH) % RENEWED_AFTER !== 0) return;
    const sorted = usual.durations.slice(0, Math.min(usual.count, REMEMBERED));
    // In place: it is a copy.
    // oxlint-disable-next-line unicorn/no-array-sort -- Float64Array, as numbers
    sorted.sort();
    usual.p99 = sorted[Math.ceil(sorted.length * 0.99) - 1];
  }
}

const round = (millis: Millis): number => Math.round(millis * 10) / 10;

/** `/carts/7` and `/carts/8` are the same kind of task. */
const withoutIds = (name: string): string => name.replaceAll(/(?<=\/)[^/]*\d[^/]*/g, '*');
