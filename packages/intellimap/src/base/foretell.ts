/** What recording will take, before it does, and how sure that is. Pure. */
import { type Following, priceOfFollowing } from './following.ts';
import { sum } from './numbers.ts';
import type { Choice } from './plan.ts';
import type { Foretold, PlanBasis } from './recording.ts';

/** What is known of how the program uses the machine. */
export interface Use {
  /** Seconds that pass while the program itself takes one of a processor: all its processes together. */
  wallPerSecond: number;
  /** ms of processors that starting takes: processes, and files that are instrumented. */
  startMs: number;
  /** ns that looking for something to write down took in a second of its time, and whether a budget made it rarer; absent: nobody could tell. */
  looking?: { ns: number; isHeld: boolean };
}

/** A program of one process that never waits. */
export const BUSY: Use = { wallPerSecond: 1, startMs: 0 };

/**
 * What a call costs the threads of programs, of what `callCosts` expects: 0.9 to 4 times as much in seven libraries (Node 20, `bench -- programs`), most where many small functions
 * call one another. The calibration is a loop: it is in the caches, and loses little as its functions are longer.
 */
export const TYPICAL_FACTOR = 2;
/** How far calls may cost less, or more, than is foretold. */
const TYPICAL = { low: 0.6, middle: 1, high: 1.8 };
/** Once it was measured: other functions are told in another plan, and the machine has other work. */
const MEASURED = { low: 0.75, middle: 1, high: 1.3 };
/** From the text alone: only the order of magnitude. */
const GUESSED = { low: 0.15, middle: 1, high: 6 };
/** Looking alone. */
const LOOKING = { low: 0.6, middle: 1, high: 1.5 };
const SPREADS: Record<PlanBasis, typeof TYPICAL> = { measured: MEASURED, counted: TYPICAL, text: GUESSED };

/** ns in a second that the thread takes that reads, when it finds nothing, and where a budget has it look twice a second, which is the least. The shop of `samples/` (Node 20). */
const LOOKING_NS = 20e6;
const RARELY_NS = 2.6e6;
const LOOKING_SHARE = 0.25;
/** What a look takes, of what the thread itself takes that looks: the program's caches are another's then, and its thread has to go on. The shop of `samples/` (Node 20). */
const DISTURBING = 1.5;

/** ns of processors in a second of the program's own time that recording takes whatever is told. */
export function fixedCost(budget: number | undefined, { wallPerSecond, looking }: Use): number {
  // Of a run that was held it is not known what looking took otherwise.
  const often = looking === undefined || looking.isHeld ? LOOKING_NS : looking.ns;
  const costOf = (ns: number): number => ns * DISTURBING * wallPerSecond;
  if (budget === undefined) return costOf(often);
  const allowed = (LOOKING_SHARE * budget * 1e9) / 100;
  return Math.min(costOf(often), Math.max(costOf(RARELY_NS), allowed));
}

/** @param fixed of `fixedCost` */
export function foretell(
  choices: readonly Choice[],
  following: readonly Following[],
  fixed: number,
  use: Use,
  basis: PlanBasis,
): Foretold {
  const calls = sum(choices.map(({ price }) => price));
  const followed = priceOfFollowing(following);
  const spread = SPREADS[basis];
  const at = (which: keyof typeof TYPICAL): number =>
    percentOf(calls * spread[which] + followed * TYPICAL[which] + fixed * LOOKING[which]);
  return {
    percent: at('middle'),
    low: at('low'),
    high: at('high'),
    startMs: Math.round(use.startMs),
    basis,
  };
}

/** Of ns in a second; to three digits. */
const percentOf = (ns: number): number => Number((ns / 1e7).toPrecision(3));
