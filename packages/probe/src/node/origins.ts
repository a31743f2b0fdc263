/**
 * Who scheduled what: turns and async calls own what is scheduled while they run. Three ways to know, neither of which runs code when
 * something is scheduled.
 */
import asyncHooks from 'node:async_hooks';
import { RecentMap } from '../wire/recent.ts';
import type { TurnNumber } from '../wire/turns.ts';

// Taken now: they are called in each turn.
// oxlint-disable-next-line typescript/unbound-method -- use no `this`
const { executionAsyncId, triggerAsyncId } = asyncHooks;

/** Number of a turn; negative: frame of an async call; 0: not known. */
export type Origin = number;

export interface Origins {
  /** What was scheduled since the last time was `last`'s. */
  settle: (last: Origin) => void;
  /** A turn begins: what is scheduled from here on is its own. */
  open: (turn: TurnNumber) => void;
  /** Who scheduled the callback that begins: its async id. */
  of: (asyncId: number) => Origin;
  /** A request begins in this turn; others may in turns of the same id. */
  claim: (asyncId: number, turn: TurnNumber) => void;
  /** Frames must pass it on, too. */
  readonly needsFrames: boolean;
}

/** Passings that are remembered: a power of two. A callback that waits longer has no origin. */
const SIZE = 1 << 16;

/** Async ids count up: one was given away between the passings whose counts are around it. */
export class CountedOrigins implements Origins {
  readonly needsFrames = true;
  readonly #counter: () => number;
  readonly #upTo = new Float64Array(SIZE);
  readonly #by = new Float64Array(SIZE);
  #count = 0;
  #last: number;

  constructor(counter: () => number) {
    this.#counter = counter;
    this.#last = counter();
  }

  settle(last: Origin): void {
    const now = this.#counter();
    if (now === this.#last) return;
    this.#last = now;
    const at = this.#count++ & (SIZE - 1);
    this.#upTo[at] = now;
    this.#by[at] = last;
  }

  open(): void {}

  claim(): void {}

  of(asyncId: number): Origin {
    let from = this.#count > SIZE ? this.#count - SIZE : 0;
    // What the oldest one covers began with one that is forgotten.
    const isWhole = from === 0 || asyncId > this.#upTo[from & (SIZE - 1)];
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#upTo[middle & (SIZE - 1)] < asyncId) from = middle + 1;
      else to = middle;
    }
    return isWhole && from < this.#count ? this.#by[from & (SIZE - 1)] : 0;
  }
}

/** Where Node itself hands a context on from who schedules to what is scheduled (AsyncContextFrame, Node 24), without hooks. */
export class CarriedOrigins implements Origins {
  readonly needsFrames = false;
  readonly #context = new asyncHooks.AsyncLocalStorage<TurnNumber>();

  settle(): void {}

  open(turn: TurnNumber): void {
    this.#context.enterWith(turn);
  }

  claim(): void {}

  of(): Origin {
    return this.#context.getStore() ?? 0;
  }

  /** Elsewhere storages are made of promise hooks. */
  static get isCheap(): boolean {
    return !('_propagate' in asyncHooks.AsyncLocalStorage.prototype);
  }
}

/**
 * Where Node says the id in which something was scheduled, and nothing more (Node 22). Not known is what an async call schedules after an await, which has no id, and what is
 * scheduled in an id that has several turns, unless they are one request's.
 */
export class TriggeredOrigins implements Origins {
  readonly needsFrames = false;
  /** Id → its only turn; 0: it had several. */
  readonly #turns = new RecentMap<number, TurnNumber>(SIZE / 2);
  /** Ids with several turns that are one request's. */
  readonly #claimed = new RecentMap<number, true>(SIZE / 2);

  settle(): void {}

  open(turn: TurnNumber): void {
    const id = executionAsyncId();
    if (id === 0 || this.#claimed.has(id)) return;
    this.#turns.set(id, this.#turns.has(id) ? 0 : turn);
  }

  claim(asyncId: number, turn: TurnNumber): void {
    this.#turns.set(asyncId, this.#claimed.has(asyncId) ? 0 : turn);
    this.#claimed.set(asyncId, true);
  }

  of(): Origin {
    return this.#turns.get(triggerAsyncId()) ?? 0;
  }
}
