/** What is recorded of a function, and what that costs for each of its calls. Pure. */
import type { CallCosts } from './cost.ts';
import type { Planned, Tier } from './recording.ts';

/** From least to most: nothing; how often it was called; its calls, as the tier tells them; also what it writes to; all its values. */
export const STRATEGIES = ['off', 'minimal', 'performance', 'state_only', 'full_trace'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** As a plan says it; undefined: what the tier says anyhow. */
export function keptBy(strategy: Strategy, tier: Tier): Planned['keep'] | undefined {
  if (strategy === 'off') return 'nothing';
  if (strategy === 'minimal') return tier === 'minimal' ? undefined : 'count';
  if (strategy === 'performance') return undefined;
  return strategy === 'state_only' ? 'state' : 'values';
}

/** How often it is called, and what of its text matters for its price. */
export interface Priced {
  /** Calls in a second of the program's own processor time. */
  perSecond: number;
  /** It can outlive the stack. */
  isFrame: boolean;
  /** Places where it writes to properties. */
  writes?: number;
}

/** Words of a call: ENTER and LEAVE; of one that suspends twice, of three words each. */
const CALL_WORDS = 2;
const FRAME_WORDS = 12;
/** ns: a look at a value, and at all those of a call; a call that the budget of values does not have looked at. Node 20 to 24, `bench -- capture`. */
const LOOK_NS = 150;
const CALL_LOOKS = 4;
const REFUSED_NS = 15;
/** Of a function so many calls are looked at in any case, and about as many each time their number has doubled. */
const LOOKED_CALLS = 256;
/**
 * ns more of a call that is told, and of a counted one, where the last one of its function is long ago: what it touches has left the caches, and its code may never be
 * compiled well. And how long ago that is, ns: then half of it is paid. The shop of `samples/` under load (Node 20), whose functions are called some hundred times a second.
 */
const COLD_TOLD_NS = 1000;
const COLD_COUNTED_NS = 400;
const HALF_COLD_NS = 100_000;
/**
 * What calls have in common, the recorder's code and where it writes, is at hand where many are told or counted: half of that is left with so many in a second. The TypeScript compiler and
 * prettier, with 20 and 30 million, pay next to nothing of it.
 */
const HALF_DENSE_CALLS = 1e6;
/** How long a run is taken to be, s of processors, as nobody knows. */
const RUN_SECONDS = 10;

/** Part of what calls cost more where nothing is at hand, beside so many others in a second that are told or counted, too. */
export const coldShare = (perSecond: number): number => 1 / (1 + perSecond / HALF_DENSE_CALLS);

/** ns of processors that its calls cost in a second of the program's own time, in all threads. @param share of `coldShare`; what it costs alone without */
export function priceOf(strategy: Strategy, of: Priced, cost: CallCosts, share = 1): number {
  if (strategy === 'off') return 0;
  const cold = coldCalls(of.perSecond) * share;
  if (strategy === 'minimal') return of.perSecond * cost.hit + cold * COLD_COUNTED_NS;
  const calls =
    of.perSecond * (of.isFrame ? cost.framed + FRAME_WORDS * cost.read : cost.told + CALL_WORDS * cost.read) +
    cold * COLD_TOLD_NS;
  if (strategy === 'performance') return calls;
  const looks = strategy === 'state_only' ? (of.writes ?? 1) : CALL_LOOKS + (of.writes ?? 1);
  return calls + of.perSecond * REFUSED_NS + lookedAt(of.perSecond) * looks * LOOK_NS;
}

/** Calls in a second for which nothing is at hand: of who is called ten times as often, one in a hundred. */
const coldCalls = (perSecond: number): number => perSecond / (1 + ((perSecond * HALF_COLD_NS) / 1e9) ** 2);

/** Calls that are looked at, in a second. */
function lookedAt(perSecond: number): number {
  const calls = perSecond * RUN_SECONDS;
  const looked = calls <= LOOKED_CALLS ? calls : LOOKED_CALLS * (1 + Math.log2(calls / LOOKED_CALLS));
  return looked / RUN_SECONDS;
}
