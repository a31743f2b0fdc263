/** What recording an event costs on this machine. What measures it is loaded then: of most runs that is after the program, which nobody waits for. */
import type { RunFile } from '../base/recording.ts';

/** ns, to three digits; undefined when it cannot be measured. Takes about 70 ms of CPU. */
export async function calibrate(): Promise<RunFile['cost']> {
  const { measureEventCost } = await import('@intellimap/probe/calibrate');
  const cost = measureEventCost();
  if (cost === undefined) return undefined;
  return {
    eventNs: rounded(cost.eventNs),
    timedEventNs: rounded(cost.timedEventNs),
    closedNs: rounded(cost.closedNs),
    hitNs: rounded(cost.hitNs),
  };
}

const rounded = (ns: number): number => Number(ns.toPrecision(3));
