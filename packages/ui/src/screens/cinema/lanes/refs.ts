/** Which bars are in view, are selected, or are the ends of messages. Pure. */
import type { TaskLanes } from '../../../../../intellimap/src/serve/contract.ts';
import { type CallName, callText, taskText } from '../director/call.ts';
import type { Stretch } from '../time/stretch.ts';
import type { Bars } from './bars.ts';
import type { LanesLayout, TaskPlace, ThreadPlace } from './layout.ts';
import type { TrackBars } from '../tracks/track-bars.ts';
import type { BarRef, Message } from './overlay.ts';
import { barsFor } from './paint.ts';

/** What lanes are drawn from. */
export interface Drawn {
  layout: LanesLayout;
  bars: Bars | null;
  tasks: Bars | null;
  tracks: TrackBars | null;
}

/** By lane and depth. */
export function* barsInView({ layout, ...drawn }: Drawn, [from, to]: Stretch): Generator<BarRef> {
  for (const place of layout.places) {
    if (place.kind === 'process') continue;
    const own = barsFor(place, drawn);
    for (const run of own?.runs ?? []) {
      if (run.lane !== place.lane || run.depth >= place.depths) continue;
      for (let n = run.first; n < run.end; n++)
        if (own!.to[n] > from && own!.from[n] < to) yield { bars: own!, n, place };
    }
  }
}

/** Thread of all that a lane shows. */
export const threadIn = (place: ThreadPlace | TaskPlace): number =>
  place.kind === 'task' ? place.task.thread : place.thread.thread;

/** Thread of what a bar stands for; null: a row of a pinned question that tells of none. */
export function threadOf({ bars, n, place }: BarRef): number | null {
  if (place.kind !== 'track') return threadIn(place);
  const thread = (bars as TrackBars).thread[n];
  return Number.isNaN(thread) ? null : thread;
}

/** A name for each bar of a list. Of a call, the first in a thread's lane has the call's: one that waited has several. */
export function keysOf(refs: readonly BarRef[]): string[] {
  const known = new Set<string>();
  return refs.map(({ bars, n, place }, at) => {
    const call = bars.call[n];
    const own =
      place.kind !== 'thread' || Number.isNaN(call) ? null : callText({ thread: threadIn(place), call });
    if (own === null || known.has(own)) return `bar ${at}`;
    known.add(own);
    return own;
  });
}

/** The bars of a call, in its thread's lane and in that of its task. */
export function selectedIn({ layout, bars, tasks }: Drawn, call: CallName | null): BarRef[] {
  if (call === null) return [];
  return layout.places.flatMap((place) => {
    if (place.kind === 'process' || place.kind === 'track') return [];
    const own = place.kind === 'task' ? tasks : bars;
    if (own === null || threadIn(place) !== call.thread) return [];
    const found = callsOf(own).get(call.call) ?? [];
    return found
      .filter((n) => own.lane[n] === place.lane && own.depth[n] < place.depths)
      .map((n) => ({ bars: own, n, place }));
  });
}

/** Messages of a task, `<thread>.<task>`, of which both ends are drawn. */
export function messagesIn(
  { layout, tasks: bars }: Drawn,
  tasks: TaskLanes | null,
  chosen: string | undefined,
): Message[] {
  const place = layout.places.find((each) => each.kind === 'task' && taskText(each.task) === chosen);
  if (tasks === null || bars === null || place?.kind !== 'task') return [];
  const barOf = (call: number): BarRef | undefined => {
    const n = callsOf(bars)
      .get(call)
      ?.find((each) => bars.lane[each] === place.lane && bars.depth[each] < place.depths);
    return n === undefined ? undefined : { bars, n, place };
  };
  return tasks.head.links.flatMap(({ task, kind, fromCall, toCall, sent, arrived }) => {
    const [from, to] = task === place.lane ? [barOf(fromCall), barOf(toCall)] : [];
    return from === undefined || to === undefined ? [] : [{ from, to, kind, sent, arrived }];
  });
}

const byCall = new WeakMap<Bars, Map<number, number[]>>();

/** Bars of each call: one for each time that it had the stack. */
function callsOf(bars: Bars): Map<number, number[]> {
  let calls = byCall.get(bars);
  if (calls !== undefined) return calls;
  byCall.set(bars, (calls = new Map()));
  for (let n = 0; n < bars.call.length; n++) {
    const there = calls.get(bars.call[n]);
    if (there === undefined) calls.set(bars.call[n], [n]);
    else there.push(n);
  }
  return calls;
}
