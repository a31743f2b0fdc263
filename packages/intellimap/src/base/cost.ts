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
}

/** In the loop of the calibration everything is at hand; in a program a call costs more. Measured on the TypeScript compiler. */
const IN_PLACE = 1.8;
/** Events of a call that suspends: begin, suspension, return, end. */
const FRAME_EVENTS = 4;
/** ns that reading and encoding a call takes on another thread. */
export const READING_CALL_NS = 12;

export function callCosts(
  { eventNs, timedEventNs, closedNs = 0, hitNs = 0 }: NonNullable<RunFile['cost']>,
  tier: Tier,
): CallCosts {
  const hit = hitNs * IN_PLACE;
  if (tier === 'minimal') return { told: hit, framed: hit, closed: hit, hit };
  return {
    told: 2 * eventNs * IN_PLACE,
    framed: FRAME_EVENTS * timedEventNs,
    closed: closedNs * IN_PLACE,
    hit,
  };
}
