/** Ways from a moment, a place or a function to the screens that show it. */
import type { Moment } from '../../../intellimap/src/serve/contract.ts';
import { ask } from '../api/ask.ts';
import { askedRun } from './run.ts';
import { go, selection } from './selection.ts';
import type { Selection } from './url.ts';

/** What is known of a place; a moment is one with a time. */
export type Place = Partial<Moment>;

/** So much of the run is in view around a moment that is gone to, µs: an event of a few ms is seen with what led to it. */
const AROUND_US = 60_000;

/** What was chosen before is no part of a moment that is gone to. */
const NOTHING = { call: null, function: null, module: null } as const;

/** The cinema at this moment, close up. Of a place without a time, it is the longest call of its function, or of its file. */
export function watch(moment: Place): void {
  const show = (place: Place): void =>
    go({ ...NOTHING, ...selected(place), screen: 'cinema', level: 'line' });
  if (moment.t != null || moment.call != null || (moment.function == null && moment.path == null)) {
    show(moment);
    return;
  }
  const by = moment.function != null ? { function: moment.function } : { path: moment.path! };
  ask('slowest', { ...askedRun(), ...by }).then(
    (found) => show(found === null ? moment : { ...moment, t: found.t, thread: found.thread, call: found.call }), // prettier-ignore
    // What cannot be found is no reason to stay.
    () => show(moment),
  );
}

/** The map, with the function or file chosen, among all others. */
export function showOnMap(place: Place): void {
  go({ ...selected(place), screen: 'map', level: 'module' });
}

/** The part of the selection that a place says something about; the rest stays as it is. */
export function selected({ t, thread, call, function: id, path }: Place): Partial<Selection> {
  const change: Partial<Selection> = {};
  if (id != null) change.function = id;
  if (path != null) change.module = path;
  if (call != null) change.call = call.includes('.') || thread == null ? call : `${thread}.${call}`;
  if (t != null) Object.assign(change, { t, window: around(t, selection.getState().window) });
  return change;
}

/** The window stays as it is when the moment lies in it. */
export const around = (t: number, window: Selection['window']): Selection['window'] =>
  window !== null && t >= window[0] && t <= window[1]
    ? window
    : [Math.max(0, Math.round(t) - AROUND_US), Math.max(0, Math.round(t) - AROUND_US) + 2 * AROUND_US];
