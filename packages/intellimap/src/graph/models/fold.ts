/** What was seen of all calls of a function, folded onto its flow: how often each step happened, and what no way through the flow explains. Pure. */
import type { Trace, TraceEnd } from '../../base/call-trace.ts';
import { align, type Aligned } from './align.ts';
import { anywhere, type Callees, expectations } from './expectations.ts';
import type { CallPlaces } from './call-places.ts';
import type { Reason } from './expected.ts';
import type { FunctionModel } from './model-of.ts';

/** Calls in which the same happened. */
export interface SeenSequence {
  /** Numbers of what happened. */
  readonly events: readonly number[];
  readonly end: TraceEnd;
  /** How many calls. */
  readonly count: number;
  /** One of them. */
  readonly thread: number;
  readonly call: number;
  /** By event: µs that calls and waits took, in how many of the calls that is known. */
  readonly spentUs: readonly number[];
  readonly spentCount: readonly number[];
}

export interface StepUse {
  /** How often something was seen there, and in how many of the calls. */
  times: number;
  calls: number;
  spentUs: number;
  spentCount: number;
  /** Numbers of what was seen → how often. */
  readonly seen: Map<number, number>;
}

/** What is no guess, but known to be wrong: nothing explains it · a call that must have been made was not seen · it ended as it cannot. */
export const MISFITS = ['deviation', 'unseen', 'wrong end'] as const;
export type Misfit = (typeof MISFITS)[number];

export interface Unforeseen {
  readonly why: Reason | Misfit;
  /** Of the flow; -1: nowhere. */
  readonly step: number;
  /** Number of what was seen; -1: nothing. */
  readonly event: number;
  times: number;
  calls: number;
  /** One of these calls. */
  readonly thread: number;
  readonly call: number;
}

export interface Folded {
  /** By step. */
  readonly steps: ReadonlyMap<number, StepUse>;
  /** Most often first; misfits before all others. */
  readonly unforeseen: readonly Unforeseen[];
  /** Ways through the flow, and how many calls went so. */
  readonly ways: readonly { way: readonly number[]; end: TraceEnd; count: number }[];
  /** Calls that were folded, and those of which more happened than there is room for. */
  readonly calls: number;
  readonly tooLong: number;
}

/** @param trace of a sequence, in numbers of nodes and of what happened */
export function fold<S extends SeenSequence>(
  model: FunctionModel,
  places: CallPlaces,
  callees: Callees,
  sequences: readonly S[],
  trace: (sequence: S) => Trace,
): Folded {
  const expected = expectations(model, places, callees);
  const free = anywhere(model, places, callees);
  const folding = new Folding();
  for (const sequence of sequences) {
    const aligned = align(model.net, expected, trace(sequence), free);
    if (aligned === undefined) folding.tooLong += sequence.count;
    else folding.add(sequence, aligned);
  }
  return folding.folded();
}

class Folding {
  tooLong = 0;
  #calls = 0;
  readonly #steps = new Map<number, StepUse>();
  readonly #unforeseen = new Map<string, Unforeseen>();
  readonly #ways: { way: number[]; end: TraceEnd; count: number }[] = [];

  add(it: SeenSequence, { step, why, way, unseen, isWrongEnd }: Aligned): void {
    this.#calls += it.count;
    this.#ways.push({ way, end: it.end, count: it.count });
    const inThis = new Set<number>();
    const told = new Set<string>();
    for (const [at, event] of it.events.entries()) {
      if (step[at] >= 0) this.#use(step[at], event, at, it, inThis);
      if (why[at] !== null) this.#tell(why[at], step[at], event, it, told);
    }
    for (const each of unseen) this.#tell('unseen', each, -1, it, told);
    if (isWrongEnd) this.#tell('wrong end', -1, -1, it, told);
  }

  #use(step: number, event: number, at: number, it: SeenSequence, inThis: Set<number>): void {
    let use = this.#steps.get(step);
    if (use === undefined) this.#steps.set(step, (use = { times: 0, calls: 0, spentUs: 0, spentCount: 0, seen: new Map() }));
    use.times += it.count;
    if (!inThis.has(step)) use.calls += it.count;
    inThis.add(step);
    use.spentUs += it.spentUs[at];
    use.spentCount += it.spentCount[at];
    use.seen.set(event, (use.seen.get(event) ?? 0) + it.count);
  } // prettier-ignore

  #tell(why: Reason | Misfit, step: number, event: number, it: SeenSequence, told: Set<string>): void {
    const key = `${why} ${step} ${event}`;
    let known = this.#unforeseen.get(key);
    if (known === undefined) {
      const { thread, call } = it;
      this.#unforeseen.set(key, (known = { why, step, event, times: 0, calls: 0, thread, call }));
    }
    known.times += it.count;
    if (!told.has(key)) known.calls += it.count;
    told.add(key);
  }

  folded(): Folded {
    const isMisfit = ({ why }: Unforeseen): number => ((MISFITS as readonly string[]).includes(why) ? 1 : 0);
    const unforeseen = [...this.#unforeseen.values()];
    unforeseen.sort((a, b) => isMisfit(b) - isMisfit(a) || b.times - a.times);
    return {
      steps: this.#steps,
      unforeseen,
      ways: this.#ways,
      calls: this.#calls,
      tooLong: this.tooLong,
    };
  }
}
