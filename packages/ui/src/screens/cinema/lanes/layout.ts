/** Where each lane stands: pinned tracks on top, then processes, their threads, and below a thread the tasks that are shown. Pure. */
import type { TaskLane, TimeWindow } from '../../../../../intellimap/src/serve/contract.ts';
import type { Level } from '../../../state/url.ts';
import { taskText } from '../director/call.ts';

type ThreadLane = TimeWindow['head']['lanes'][number];

/** px: a bar and the gap below it; a heading; air above and below bars; the least height of a lane. */
export const ROW = 15;
export const BAR = 14;
const HEADING = 22;
export const AIR = 5;
const LEAST = 30;
/** Of a lane that shows how busy its thread is. */
const DENSITY = 46;

/** Depths of a lane that are shown until a person asks for all. */
export const DEPTHS = 6;
/** Where there is one lane alone. */
const DEPTHS_ALONE = 9;

interface Place {
  /** `process 4121`, `thread 2`, `task 2.89`: the same for ever. */
  key: string;
  /** px from the top of all lanes. */
  top: number;
  height: number;
}

export interface ProcessPlace extends Place {
  kind: 'process';
  process: number;
  /** File that it runs, or the page that it is; null: it is not known. */
  name: string | null;
  isPage: boolean;
  isFolded: boolean;
}

export interface ThreadPlace extends Place {
  kind: 'thread';
  thread: ThreadLane;
  /** Index in the answer's lanes. */
  lane: number;
  depths: number;
  /** Depths that are not shown. */
  hidden: number;
  /** One bar as high as its thread is busy: level `system`. */
  isDensity: boolean;
}

export interface TaskPlace extends Place {
  kind: 'task';
  task: TaskLane;
  lane: number;
  depths: number;
  hidden: number;
}

/** A pinned question: rows of SQL. */
export interface TrackPlace extends Place {
  kind: 'track';
  name: string;
  lane: number;
  depths: number;
  hidden: number;
}

/** A lane that has bars. */
export type BarPlace = ThreadPlace | TaskPlace | TrackPlace;

export type LanePlace = ProcessPlace | BarPlace;

export interface LanesLayout {
  places: LanePlace[];
  height: number;
}

export interface LanesAsked {
  threads: readonly ThreadLane[];
  /** With the depths that each needs. */
  tasks: readonly { task: TaskLane; depths: number }[];
  /** Pinned questions; not at level `line`, which has room for one lane. */
  tracks: readonly { name: string; depths: number }[];
  level: Level;
  /** Keys of what a person folded: a process shows its heading alone, a lane its first depth. */
  folded: ReadonlySet<string>;
  /** Keys of lanes that show all of their depths. */
  whole: ReadonlySet<string>;
  /** Thread that alone is shown at level `line`; null: the first that did anything. */
  only: number | null;
}

/** Depths of each thread, by the greatest that was seen: lanes do not jump while a person pans. */
export type DepthsSeen = Map<number, number>;

export function layoutOf(asked: LanesAsked, seen: DepthsSeen): LanesLayout {
  const places: LanePlace[] = [];
  let top = 0;
  const put = (place: LanePlace): void => {
    places.push(place);
    top += place.height;
  };
  if (asked.level !== 'line')
    for (const [lane, { name, depths }] of asked.tracks.entries())
      put({ kind: 'track', ...lanePlace(asked, `track ${lane}`, depths), name, lane, top });
  for (const [process, threads] of byProcess(shown(asked))) {
    const key = `process ${process}`;
    const isFolded = asked.folded.has(key);
    if (asked.level !== 'line' && asked.level !== 'system')
      put({ kind: 'process', key, top, height: HEADING, process, ...nameOf(threads), isFolded });
    if (isFolded && asked.level !== 'system') continue;
    for (const { thread, lane } of threads) {
      put({ kind: 'thread', ...threadPlace(asked, seen, thread), thread, lane, top });
      if (asked.level === 'system' || asked.level === 'line') continue;
      for (const [lane, { task, depths }] of asked.tasks.entries())
        if (task.thread === thread.thread)
          put({
            kind: 'task',
            ...lanePlace(asked, `task ${taskText(task)}`, depths),
            task,
            lane,
            top,
          });
    }
  }
  return { places, height: top };
}

/** The lane at a height; null: below all of them. */
export const placeAt = ({ places }: LanesLayout, y: number): LanePlace | null =>
  places.find(({ top, height }) => y >= top && y < top + height) ?? null;

/** Where the bars of a depth begin, px from the top. */
export const barTop = (place: Place, depth: number): number => place.top + AIR + depth * ROW;

/** Height of its bars, px. */
export const barHeight = (place: BarPlace): number =>
  place.kind === 'thread' && place.isDensity ? place.height - 2 * AIR : BAR;

/** Depth of what is drawn at a height of a lane. */
export const depthAt = (place: BarPlace, y: number): number =>
  place.kind === 'thread' && place.isDensity ? 0 : Math.floor((y - place.top - AIR) / ROW);

function threadPlace(asked: LanesAsked, seen: DepthsSeen, thread: ThreadLane) {
  const depths = Math.max(asked.level === 'system' ? 1 : thread.depths, seen.get(thread.thread) ?? 0);
  seen.set(thread.thread, depths);
  const isDensity = asked.level === 'system';
  const place = lanePlace(asked, `thread ${thread.thread}`, isDensity ? 1 : depths);
  return { ...place, isDensity, ...(isDensity && { height: DENSITY }) };
}

function lanePlace({ folded, whole, level }: LanesAsked, key: string, all: number) {
  const most = level === 'line' ? DEPTHS_ALONE : DEPTHS;
  const depths = folded.has(key) ? Math.min(1, all) : whole.has(key) ? all : Math.min(most, all);
  return { key, depths, hidden: all - depths, height: Math.max(LEAST, 2 * AIR + depths * ROW - (ROW - BAR)) };
}

function shown({ threads, level, only }: LanesAsked): { thread: ThreadLane; lane: number }[] {
  const all = threads.map((thread, lane) => ({ thread, lane }));
  if (level !== 'line') return all;
  const one = all.find(({ thread }) => thread.thread === only) ?? all.find(({ thread }) => thread.depths > 0);
  return one === undefined ? all.slice(0, 1) : [one];
}

/** Of a browser: there are no processes, a number stands for each page. */
export const isOfBrowser = ({ kind }: Pick<ThreadLane, 'kind'>): boolean =>
  kind !== 'main' && kind !== 'worker';

/** What the main thread was started with; of a process without one, any of its threads. */
function nameOf(threads: readonly { thread: ThreadLane }[]): Pick<ProcessPlace, 'name' | 'isPage'> {
  const { thread } = threads.find((each) => each.thread.tid === 0) ?? threads[0];
  const isPage = isOfBrowser(thread);
  return { name: isPage ? thread.name : thread.script, isPage };
}

function byProcess(all: { thread: ThreadLane; lane: number }[]): Map<number, typeof all> {
  const groups = new Map<number, typeof all>();
  for (const each of all) {
    const group = groups.get(each.thread.process);
    if (group === undefined) groups.set(each.thread.process, [each]);
    else group.push(each);
  }
  return groups;
}
