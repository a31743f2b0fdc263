/** Sequences of what happened in calls: the same ones are told once, with how often they were seen. */
import type { TraceEnd } from '../../base/call-trace.ts';

export interface CallSequence {
  /** What happened, in order: numbers into the list of all that was told. */
  readonly events: readonly number[];
  readonly end: TraceEnd;
  count: number;
  /** The first call that was so. */
  readonly thread: number;
  readonly call: number;
  /** How long calls took, ms, waiting included: of so many of them as `MOST.times`. */
  readonly ms: number[];
  /** By event: µs that calls and waits took, in how many of the calls that is known. */
  readonly spentUs: number[];
  readonly spentCount: number[];
}

/** One call, while it is followed. */
export interface FollowedCall {
  readonly thread: number;
  readonly call: number;
  readonly beganUs: number;
  readonly events: number[];
  /** By event: NaN where it has not ended. */
  readonly spentUs: number[];
  /** The event of a wait that it is in; -1: none. */
  waits: number;
  waitsSince: number;
  /** More happens in it than is kept. */
  isTooLong: boolean;
}

/** Beyond these, calls are counted only. */
export const MOST = { sequences: 4000, events: 20_000, times: 2000 } as const;

export class SequenceList {
  readonly #byKey = new Map<string, CallSequence>();
  /** Calls whose sequence is not kept. */
  beyond = 0;
  calls = 0;

  add(it: FollowedCall, end: TraceEnd, endUs: number): void {
    this.calls++;
    const key = it.isTooLong ? undefined : `${end} ${it.events.join(' ')}`;
    const known = key === undefined ? undefined : (this.#byKey.get(key) ?? this.#begun(key, it, end));
    if (known === undefined) this.beyond++;
    else count(known, it, endUs);
  }

  #begun(key: string, { events, thread, call }: FollowedCall, end: TraceEnd): CallSequence | undefined {
    if (this.#byKey.size >= MOST.sequences) return undefined;
    const none = events.map(() => 0);
    const made = { events, end, count: 0, thread, call, ms: [], spentUs: none, spentCount: [...none] };
    this.#byKey.set(key, made);
    return made;
  }

  /** Most often first. */
  all(): CallSequence[] {
    return [...this.#byKey.values()].toSorted((a, b) => b.count - a.count);
  }
}

function count(known: CallSequence, { beganUs, spentUs }: FollowedCall, endUs: number): void {
  known.count++;
  if (!Number.isNaN(endUs) && known.ms.length < MOST.times) known.ms.push((endUs - beganUs) / 1000);
  for (const [at, spent] of spentUs.entries()) {
    if (Number.isNaN(spent)) continue;
    known.spentUs[at] += spent;
    known.spentCount[at]++;
  }
}
