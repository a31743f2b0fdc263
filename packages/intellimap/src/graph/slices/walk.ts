/**
 * What is found from some items on, in the order of steps, and how it was found. Into functions that are called, and out to those that call, but never in and out again
 * by another way than it came (Horwitz, Reps, Binkley: Interprocedural slicing using dependence graphs, TOPLAS 1990; without summaries: what is handed over counts as used). Pure.
 */
import { FAILED } from '../flow/flow.ts';
import type { Dependence } from '../ssa/dependence.ts';
import { waysOf } from '../ssa/slice.ts';
import { Why } from '../ssa/why.ts';
import { NONE } from '../tree/tree.ts';
import type { Changes } from './changes.ts';

/** How an item was come by. Who may leave the function to its callers finds all that the others do. */
export const Mode = {
  /** Into a function, from a call of it. */
  INSIDE: 1,
  /** In any other way. */
  FREE: 2,
} as const;

export interface WalkOptions {
  isForward: boolean;
  /** Also on from what may be found in a property or changed by a call, by its name alone. */
  isFull: boolean;
}

export class Walk {
  /** By item: the one that led to it; `NONE`: it is where the walk begins, or was not found. */
  readonly by: Int32Array;
  /** By item: `Why` it was found; `NONE`: as `by`. */
  readonly why: Int8Array;
  /** By item: `Mode`; 0: it was not found. */
  readonly mode: Uint8Array;
  /** All that were found, in order. */
  readonly found: number[] = [];
  readonly #dependence: Dependence;
  readonly #changes: Changes;
  readonly #options: WalkOptions;
  readonly #ways: ReturnType<typeof waysOf>;
  readonly #open: number[] = [];
  /** By item, 1: it is a result, or a failure, of a body. */
  readonly #isOutcome: Uint8Array;
  /** By item, 1: nothing is followed from it. */
  readonly #isLast: Uint8Array;

  /** @param changes beside what the dependence has: item → where it leads, too */
  constructor(dependence: Dependence, changes: Changes, options: WalkOptions) {
    const { items, flows } = dependence;
    this.#dependence = dependence;
    this.#changes = changes;
    this.#options = options;
    this.#ways = waysOf(dependence, options.isForward);
    this.by = new Int32Array(items.size).fill(NONE);
    this.why = new Int8Array(items.size).fill(NONE);
    this.mode = new Uint8Array(items.size);
    this.#isLast = new Uint8Array(items.size);
    this.#isOutcome = new Uint8Array(items.size);
    flows.forEach((_, flow) => {
      for (const item of [items.result(flow), items.block(flow, FAILED), items.thrown(flow, FAILED)])
        this.#isOutcome[item] = 1;
    });
  }

  /** Begins here, too. @returns whether that is new */
  add(item: number, mode: number = Mode.FREE): boolean {
    if (this.mode[item] >= mode) return false;
    if (this.mode[item] === 0) this.found.push(item);
    this.mode[item] = mode;
    this.#isLast[item] = 0;
    this.#open.push(item);
    return true;
  }

  /** Goes on until nothing new is found. @returns the items that are new since it ran last, or come by in another way */
  run(): ReadonlySet<number> {
    const isNew = new Set<number>();
    for (let at = 0; at < this.#open.length; at++) {
      isNew.add(this.#open[at]);
      if (this.#isLast[this.#open[at]] === 0) this.#from(this.#open[at]);
    }
    this.#open.length = 0;
    return isNew;
  }

  #from(item: number): void {
    const { first, next, why } = this.#ways;
    for (let at = first[item]; at < first[item + 1]; at++) this.#to(next[at], item, why[at]);
    for (const to of this.#changes.get(item) ?? []) this.#to(to, item, Why.DATA);
  }

  #to(to: number, item: number, why: number): void {
    const mode = this.#modeOf(item, to, why);
    if (mode === 0 || !this.#isFollowed(to)) return;
    const wasFound = this.mode[to] !== 0;
    if (!this.add(to, mode)) return;
    this.#isLast[to] = this.#isNear(item) ? 1 : 0;
    if (wasFound) return;
    this.by[to] = item;
    this.why[to] = why;
  }

  /** 0: out of a function by another way than it was come into. */
  #modeOf(item: number, to: number, why: number): number {
    if (why === Why.MEMORY) return Mode.FREE;
    if (why !== Why.CALL) return this.mode[item];
    const [user, used] = this.#options.isForward ? [to, item] : [item, to];
    if (this.#isOutcome[used] === 1) return this.#options.isForward ? this.#leaving(item) : Mode.INSIDE;
    if (this.#isOutcome[user] === 1) return this.mode[item];
    return this.#options.isForward ? Mode.INSIDE : this.#leaving(item);
  }

  #leaving = (item: number): number => (this.mode[item] === Mode.FREE ? Mode.FREE : 0);

  /** What any property may be says nothing of one. */
  #isFollowed(item: number): boolean {
    const { items } = this.#dependence;
    return this.#options.isFull || (item !== items.anyProperty() && item !== items.computedProperty());
  }

  /** What is found by a name alone is told; what led there is another question. */
  #isNear(item: number): boolean {
    return !this.#options.isFull && this.#dependence.items.isByName(item);
  }
}
