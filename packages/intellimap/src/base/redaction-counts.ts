/** How often what was secret was redacted in a run. Pure. */
import { isRecord } from './is-record.ts';

/** Rule → where → how often. */
export type RuleCounts = Record<string, Record<string, number>>;

/** Of the run's folder: of what no thread told. */
export const REDACTED_FILE = 'redacted.json';

/** Adds to the first. */
export function addCounts(all: RuleCounts, more: RuleCounts): RuleCounts {
  for (const [rule, places] of Object.entries(more))
    for (const [where, count] of Object.entries(places)) {
      const of = (all[rule] ??= {});
      of[where] = (of[where] ?? 0) + count;
    }
  return all;
}

/** Recordings are not to be trusted: what is no count is passed over. */
export function countsIn(given: unknown): RuleCounts {
  const valid: RuleCounts = {};
  for (const [rule, places] of Object.entries(isRecord(given) ? given : {}))
    for (const [where, count] of Object.entries(isRecord(places) ? places : {}))
      if (typeof count === 'number' && Number.isSafeInteger(count) && count > 0)
        (valid[rule] ??= {})[where] = count;
  return valid;
}
