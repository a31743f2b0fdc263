/** What recording an event costs on this machine. */
import { measureEventCost } from '@intellimap/probe/calibrate';
import type { RunFile } from '../base/recording.ts';

/** ns, to three digits; undefined when it cannot be measured. Takes about 100 ms of CPU. */
export function calibrate(): RunFile['cost'] {
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
