/**
 * When a thread could do nothing else: garbage collections, whose times notes tell, and root calls that held the event loop. Which call
 * a collection met follows from the time.
 */

type Micros = number;

/** A turn this long is told: what browsers call a long task. */
export const LOOP_MICROS = 50_000;
/** Rows of `pauses` that a run may have; the longest stay. */
const LIMIT = 20_000;

export interface Pause {
  thread: number;
  kind: 'gc' | 'loop';
  start: Micros;
  duration: Micros;
  detail: string | null;
  /** NaN: no recorded call ran. */
  call: number;
  fn: number;
  task: number;
  uncertainty: Micros;
  /** It ended after `duration` and this: what the thread waited for the recorder. */
  stalled: Micros;
}

/** A garbage collection, as a note tells it. */
export interface Collection {
  start: Micros;
  duration: Micros;
  detail: string;
}

/** Pauses of all threads of a run. */
export class PauseKeeper {
  private all: Pause[] = [];

  add(pause: Pause): void {
    this.all.push(pause);
    if (this.all.length >= 2 * LIMIT) this.#cut();
  }

  rows(): Pause[] {
    this.#cut();
    return this.all.toSorted((a, b) => a.thread - b.thread || a.start - b.start);
  }

  #cut(): void {
    if (this.all.length <= LIMIT) return;
    this.all.sort((a, b) => b.duration - a.duration);
    this.all.length = LIMIT;
  }
}

/** Collections of one thread, met in the order of time. */
export class Collections {
  private readonly all: Collection[];
  private readonly meet: (collection: Collection, uncertainty: Micros) => void;
  private next = 0;

  constructor(all: Collection[], meet: (collection: Collection, uncertainty: Micros) => void) {
    this.all = all.toSorted((a, b) => a.start - b.start);
    this.meet = meet;
  }

  /**
   * Meets those that began before the word at `i`, of a window that runs from the time `base` at `from` to `end`. Returns the index before which
   * nothing more is to be met.
   */
  upTo(i: number, from: number, end: number, base: Micros, slope: number, width: Micros): number {
    const now = base + (i - from) * slope;
    while (this.next < this.all.length && this.all[this.next].start < now)
      this.meet(this.all[this.next++], width);
    if (this.next === this.all.length || !(slope > 0)) return end;
    const index = from + Math.ceil((this.all[this.next].start - base) / slope);
    return Math.min(end, Math.max(i + 1, index));
  }

  /** No more words come. */
  finish(): void {
    while (this.next < this.all.length) this.meet(this.all[this.next++], 0);
  }
}
