/**
 * A recorded call laid on the net of its function: the way through the flow that explains best what was seen, found as a cheapest path. In process mining this is called
 * an alignment (after Adriansyah, van Dongen, van der Aalst). Pure.
 */
import { Seen, type Trace } from '../../base/call-trace.ts';
import type { Anywhere, Expected, Guess, Reason } from './expected.ts';
import { type Net, SILENT } from './net.ts';

/** Costs of what a way has to assume. What the model foresees costs nothing. */
const COST = {
  /** A function that must be called was not seen to begin. */
  UNSEEN: 15,
  /** A call that is guessed at is the one that stands there, rather than one of those that it makes; no more than that, as both are guesses. */
  BESIDE: 0.01,
  /** A step that tells of itself did not: worse than any explanation, better than none. */
  UNTOLD: 4000,
  /** Nothing explains it. */
  DEVIATION: 10_000,
} as const;

export interface Aligned {
  /** By what was seen: the step of the flow at which it happened; -1: nowhere. */
  readonly step: Int32Array;
  /** By what was seen: why, where the model does not foresee it; `deviation`: nothing explains it. */
  readonly why: (Reason | 'deviation' | null)[];
  /** Steps of the way, in order, silent ones left out. */
  readonly way: number[];
  /** Steps that were to tell of themselves, or to call somebody, and were not seen to. */
  readonly unseen: number[];
  /** It cannot end here as it did. */
  readonly isWrongEnd: boolean;
}

/** Cells of the table that is filled, at most. */
export const CELLS = 12_000_000;

/** @param expected by step @returns undefined: it would take more room than `CELLS` */
export function align(
  net: Net,
  expected: (step: number) => Expected,
  trace: Trace,
  anywhere: Anywhere = () => undefined,
): Aligned | undefined {
  const length = trace.seen.length;
  if ((length + 1) * net.places > CELLS) return undefined;
  return new Alignment(net, expected, trace, anywhere).solved();
}

interface Stay {
  cost: number;
  /** null: it is foreseen. */
  reason: Reason | null;
  step: number;
}

const FORESEEN = { cost: 0 };

/** How a cell was reached: by a call from where it stands, by leaving something unexplained, or along a move, on which something was seen or not. */
const By = { START: -1, STAYED: -2, DEVIATED: -3 } as const;
const along = (move: number, isSeen: boolean): number => move * 2 + (isSeen ? 1 : 0);

class Alignment {
  readonly #net: Net;
  readonly #expected: (step: number) => Expected;
  readonly #trace: Trace;
  readonly #anywhere: Anywhere;
  readonly #cost: Float64Array;
  /** `along` a move, or `By`. */
  readonly #by: Int32Array;
  /** Cells, of this layer's places, that got cheaper. */
  readonly #queue: number[] = [];
  readonly #isQueued: Uint8Array;
  /** By place: steps that leave it. */
  readonly #steps: (readonly number[])[] = [];
  readonly #from: Uint32Array;

  constructor(net: Net, expected: (step: number) => Expected, trace: Trace, anywhere: Anywhere) {
    this.#anywhere = anywhere;
    this.#net = net;
    this.#expected = expected;
    this.#trace = trace;
    const cells = (trace.seen.length + 1) * net.places;
    this.#cost = new Float64Array(cells).fill(Infinity);
    this.#by = new Int32Array(cells);
    this.#isQueued = new Uint8Array(net.places);
    this.#from = new Uint32Array(net.to.length);
    for (let place = 0; place < net.places; place++) {
      const steps = new Set<number>();
      for (let move = net.first[place]; move < net.first[place + 1]; move++) {
        this.#from[move] = place;
        if (net.step[move] !== SILENT) steps.add(net.step[move]);
      }
      this.#steps.push([...steps]);
    }
  }

  solved(): Aligned {
    const { places, start } = this.#net;
    const length = this.#trace.seen.length;
    this.#offer(0, start, 0, By.START);
    for (let layer = 0; layer < length; layer++) {
      this.#silently(layer);
      for (let place = 0; place < places; place++)
        if (this.#cost[layer * places + place] < Infinity) this.#forward(layer, place);
      for (let place = 0; place < places; place++)
        if (this.#cost[(layer + 1) * places + place] < Infinity) this.#enqueue(place);
    }
    this.#silently(length);
    return this.#told(this.#end(length));
  }

  /** All that costs least without anything being seen. */
  #silently(layer: number): void {
    const { first, to, step, places } = this.#net;
    const queue = this.#queue;
    for (let at = 0; at < queue.length; at++) {
      const place = queue[at];
      this.#isQueued[place] = 0;
      const cost = this.#cost[layer * places + place];
      for (let move = first[place]; move < first[place + 1]; move++)
        this.#offer(layer, to[move], cost + this.#unseenCost(step[move]), along(move, false));
    }
    queue.length = 0;
  }

  #unseenCost(step: number): number {
    if (step === SILENT) return 0;
    const { tells, isSure } = this.#expected(step);
    return tells !== undefined ? COST.UNTOLD : isSure === true ? COST.UNSEEN : 0;
  }

  #offer(layer: number, place: number, cost: number, by: number): void {
    const cell = layer * this.#net.places + place;
    if (cost >= this.#cost[cell]) return;
    this.#cost[cell] = cost;
    this.#by[cell] = by;
    this.#enqueue(place);
  }

  #enqueue(place: number): void {
    if (this.#isQueued[place] === 1) return;
    this.#isQueued[place] = 1;
    this.#queue.push(place);
  }

  /** From a place on to the next layer: something was seen. */
  #forward(layer: number, place: number): void {
    const { first, to, step, places } = this.#net;
    const cost = this.#cost[layer * places + place];
    const next = (at: number, more: number, by: number): void => {
      const cell = (layer + 1) * places + at;
      if (cost + more >= this.#cost[cell]) return;
      this.#cost[cell] = cost + more;
      this.#by[cell] = by;
    };
    for (let move = first[place]; move < first[place + 1]; move++) {
      if (step[move] === SILENT) continue;
      const itself = this.#fits(layer, step[move]) ? FORESEEN : this.#itself(layer, step[move]);
      if (itself !== undefined) next(to[move], itself.cost, along(move, true));
    }
    const stay = this.#stay(layer, place);
    if (stay !== undefined) next(place, stay.cost, By.STAYED);
    next(place, COST.DEVIATION, By.DEVIATED);
  }

  #fits(layer: number, step: number): boolean {
    const { tells, called } = this.#expected(step);
    const seen = this.#trace.seen[layer];
    const what = this.#trace.what[layer];
    if (seen === Seen.CALL) return called?.has(what) === true;
    return tells !== undefined && tells.seen === seen && tells.node === what;
  }

  /** A call that nobody announced is the one that stands there: where it is known who is called, it is not. */
  #itself(layer: number, step: number): Guess | undefined {
    if (this.#trace.seen[layer] !== Seen.CALL) return undefined;
    const { others, isSure } = this.#expected(step);
    const guess = isSure === true ? undefined : others?.(this.#trace.what[layer]);
    return guess?.isItself === true ? guess : undefined;
  }

  /** Something is seen in front of, or within, a step that leaves the place. */
  #stay(layer: number, place: number): Stay | undefined {
    const [seen, what] = [this.#trace.seen[layer], this.#trace.what[layer]];
    let best: Stay | undefined = this.#anywhere(seen, what);
    if (seen !== Seen.CALL) return best;
    for (const step of this.#steps[place]) {
      const { within, others } = this.#expected(step);
      if (within?.has(what) === true) return { cost: 0, reason: null, step };
      const guess = others?.(what);
      if (guess === undefined) continue;
      const cost = guess.cost + (guess.isItself === true ? COST.BESIDE : 0);
      if (cost < (best?.cost ?? Infinity)) best = { cost, reason: guess.reason, step };
    }
    return best;
  }

  /** The cheapest cell in which it may end. */
  #end(length: number): { place: number; isWrong: boolean } {
    const { places, exit, failed } = this.#net;
    const last = this.#cost.subarray(length * places);
    const { end } = this.#trace;
    let best = end === 'threw' ? failed : exit;
    const right = end === 'open' ? Infinity : last[best];
    let least = right;
    // Where it ends elsewhere, that is a deviation of its own.
    for (let place = 0; place < places; place++) {
      const cost = last[place] + (end === 'open' ? 0 : COST.DEVIATION);
      if (cost < least) [least, best] = [cost, place];
    }
    return { place: best, isWrong: end !== 'open' && least !== right };
  }

  #told({ place: end, isWrong }: { place: number; isWrong: boolean }): Aligned {
    const { places, step } = this.#net;
    const length = this.#trace.seen.length;
    const found = new Int32Array(length).fill(-1);
    const why = Array.from<Reason | 'deviation' | null>({ length }).fill(null);
    const [way, unseen]: [number[], number[]] = [[], []];
    let [layer, place] = [length, end];
    for (let by = this.#by[layer * places + place]; by !== By.START; by = this.#by[layer * places + place]) {
      if (by === By.DEVIATED) why[--layer] = 'deviation';
      else if (by === By.STAYED) {
        layer--;
        const stay = this.#stay(layer, place)!;
        [found[layer], why[layer]] = [stay.step, stay.reason];
      } else {
        const move = by >> 1;
        const did = step[move];
        if ((by & 1) === 1) {
          found[--layer] = did;
          if (!this.#fits(layer, did)) why[layer] = this.#itself(layer, did)!.reason;
        } else if (this.#unseenCost(did) > 0) unseen.push(did);
        if (did !== SILENT) way.push(did);
        place = this.#from[move];
      }
    }
    return { step: found, why, way: way.toReversed(), unseen: unseen.toReversed(), isWrongEnd: isWrong };
  } // prettier-ignore
}
