/** From what was calibrated to what a call costs. Pure. */
import type { RunFile, Tier } from './recording.ts';

/** ns that a call costs the program's thread. */
export interface CallCosts {
  /** Told: its begin and its end. */
  told: number;
  /** The same for async functions and generators, with what they suspend. */
  framed: number;
  /** Behind a closed gate. */
  closed: number;
  /** Only counted, without a gate. */
  hit: number;
  /** ns that reading and encoding a word takes another thread. */
  read: number;
}

/**
 * What a call costs in a program, of what it costs in the loop of the calibration: words go to memory that is not at hand; counters are written while
 * the program does something else; a counted edge costs about what the two words of a call do. Measured on the TypeScript compiler, acorn and zod.
 */
const IN_PLACE = { told: 1.8, edge: 1.8, closed: 1, hit: 0.4 };
/** Events of a call that suspends: begin, suspension, return, end. */
const FRAME_EVENTS = 4;
/** A frame that no word tells of is an object. */
const FRAME_NS = 20;
/** Where words come out of another processor's cache. */
const READ_NS = 6;

export function callCosts(
  { eventNs, timedEventNs, closedNs = 0, hitNs = 0, factor = 1 }: NonNullable<RunFile['cost']>,
  tier: Tier,
): CallCosts {
  const inThread = inThreads({ eventNs, timedEventNs, closedNs, hitNs }, tier);
  return {
    told: inThread.told * factor,
    framed: inThread.framed * factor,
    closed: inThread.closed * factor,
    hit: inThread.hit * factor,
    read: inThread.read,
  };
}

function inThreads(
  { eventNs, timedEventNs, closedNs, hitNs }: Required<Omit<NonNullable<RunFile['cost']>, 'factor'>>,
  tier: Tier,
): CallCosts {
  const hit = hitNs * IN_PLACE.hit;
  if (tier === 'edges') {
    const told = 2 * eventNs * IN_PLACE.edge;
    return { told, framed: told + FRAME_NS, closed: closedNs * IN_PLACE.closed, hit, read: 0 };
  }
  if (tier === 'minimal') return { told: hit, framed: hit, closed: hit, hit, read: READ_NS };
  return {
    told: 2 * eventNs * IN_PLACE.told,
    framed: FRAME_EVENTS * timedEventNs,
    closed: closedNs * IN_PLACE.closed,
    hit,
    read: READ_NS,
  };
}
