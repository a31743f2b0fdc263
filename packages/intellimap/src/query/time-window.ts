/**
 * Question: what is drawn of a stretch of time? For each row, (thread, depth), and each bucket about as wide as a pixel: the longest span that begins in it, how many
 * do, and which failed. Exact at every zoom: stretches of the time index whose buckets are fine enough are merged, and where none are, the words are read again.
 */
import { ExitCode, Fault } from '../base/fault.ts';
import {
  DEEP,
  DEEP_OF_LEAF,
  INDEXED,
  type Lines,
  type RunTimes,
  type ThreadTimes,
  TOLD,
} from '../store/index.ts';
import type { Session } from './session.ts';
import { type Cover, coverOf, wordsIn } from './timeline/cover.ts';
import { RowBuckets } from './timeline/row-buckets.ts';
import { timesOf } from './timeline/times-of.ts';
import { WindowColumns } from './timeline/window-columns.ts';
import { type Lane, SpanFlag, type TimeWindow, type TimeWindowAsk } from './timeline/window-shape.ts';

/** Wider windows have no more buckets than this. */
const PIXELS = 16_384;
/** Words that may be read for one window; where that is not enough, its buckets are wider. */
const WORDS = 9 * 2 ** 17;
/** `depth` of what has no row. */
const NO_ROW = 255;

/** A window whose ends are borders of buckets. */
interface Grid {
  shift: number;
  /** µs of a bucket. */
  width: number;
  /** Numbers of buckets, the last one excluded. */
  first: number;
  end: number;
}

/** A thread's share of the window: stretches of the index, and of those that were read again what is in them. */
interface Found extends Cover {
  read: Lines[];
}

/** @throws Fault when the window is none */
export async function timeWindow(session: Session, ask: TimeWindowAsk): Promise<TimeWindow> {
  const run = ask.run ?? session.run.id;
  const { times, functions } = await timesOf(session, run);
  const wanted = times.threads.filter(
    ({ thread }) => ask.threads === undefined || ask.threads.includes(thread),
  );
  const depths = Math.min(TOLD, ask.depths ?? TOLD);
  const { grid, found } = await gathered(times, wanted, gridOf(ask), depths);
  const columns = new WindowColumns(functions);
  const lanes = wanted.map((each) => laneOf(session.db.root, each));
  const row = new RowBuckets(grid.first, grid.width, grid.end - grid.first);
  for (const [at, each] of found.entries())
    Object.assign(lanes[at], {
      depths: addLane(columns, row, at, each, each.isWhole ? depths : Math.min(depths, INDEXED)),
      indexed: each.isWhole ? TOLD : INDEXED,
    });
  const { width: resolution } = grid;
  return {
    head: {
      run,
      t0: grid.first * resolution,
      t1: grid.end * resolution,
      resolution,
      lanes,
      functions: columns.functions,
    },
    columns: columns.columns,
  };
}

function gridOf({ t0, t1, px }: TimeWindowAsk, shift = 0): Grid {
  if (!(Number.isFinite(t1) && t1 > t0 && t0 >= 0 && px >= 1))
    throw new Fault(
      ExitCode.USAGE,
      `no window: from ${t0} to ${t1} µs, ${px} pixels`,
      'It begins at 0 or later, ends after that, and has at least one pixel.',
    );
  const width = 2 ** shift;
  const buckets = (t1 - t0) / width;
  if (buckets > Math.min(px, PIXELS)) return gridOf({ t0, t1, px }, shift + 1);
  return { shift, width, first: Math.floor(t0 / width), end: Math.ceil(t1 / width) };
}

const wider = ({ shift, width, first, end }: Grid): Grid => ({
  shift: shift + 1,
  width: width * 2,
  first: Math.floor(first / 2),
  end: Math.ceil(end / 2),
});

/**
 * What answers the window: at all depths where that is little to read, else at those that are indexed. Or a window of wider buckets, where still too much would have to be
 * read, or the recording is gone.
 */
async function gathered(
  times: RunTimes,
  threads: readonly ThreadTimes[],
  grid: Grid,
  depths: number,
): Promise<{ grid: Grid; found: Found[] }> {
  const covers = coversOf(threads, grid, times.isReadable ? WORDS : 0, depths > INDEXED);
  if (covers === undefined) return await gathered(times, threads, wider(grid), depths);
  const found: Found[] = [];
  for (const cover of covers) {
    const read: Lines[] = [];
    for (const leaf of cover.leaves) {
      const lines = await times.linesOf(cover.thread, leaf, grid.shift);
      if (lines === undefined) return await gathered(times, threads, grid, depths);
      read.push(lines);
    }
    found.push({ ...cover, read });
  }
  return { grid, found };
}

/** Undefined: more words would have to be read than may be. */
function coversOf(
  threads: readonly ThreadTimes[],
  { shift, width, first, end }: Grid,
  words: number,
  isDeep: boolean,
): Cover[] | undefined {
  // What lies in the bucket before the first may reach into it.
  const wanted = { shift, from: (first - 1) * width, to: end * width };
  for (const deep of isDeep ? [true, false] : [false]) {
    const covers = threads.map((thread) => coverOf(thread, { ...wanted, isDeep: deep }));
    if (wordsIn(covers) <= words) return covers;
  }
  return undefined;
}

/** Adds the rows of a thread. Returns how many it needs. */
function addLane(
  columns: WindowColumns,
  row: RowBuckets,
  lane: number,
  { thread: { crossing }, nodes, read }: Found,
  depths: number,
): number {
  let used = 0;
  for (let depth = 0; depth < depths; depth++) {
    row.clear();
    if (depth < INDEXED) for (const { lines } of nodes) row.addLines(depth, lines);
    for (const lines of read) row.addLines(depth, lines);
    row.addSpans(depth, crossing);
    row.each((line) => {
      used = depth + 1;
      columns.add(lane, depth, line, 0);
    });
  }
  row.clear();
  for (const { lines } of nodes) row.addLines(DEEP, lines);
  for (const lines of read) row.addLines(DEEP_OF_LEAF, lines);
  row.addFailures(INDEXED, crossing);
  row.each((line) => columns.add(lane, NO_ROW, line, SpanFlag.DEEP));
  return used;
}

/** `load/drive.mjs`; of what lies elsewhere, `bin/vitest.mjs`. Recordings move, and come from other systems. */
function nearPath(root: string, path: string): string {
  const names = path.split(/[\\/]+/).filter(Boolean);
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : names.slice(-2).join('/');
}

const laneOf = (root: string, { thread, pid, tid, kind, name, script }: ThreadTimes): Lane => ({
  thread,
  name: name ?? (tid === 0 ? 'main' : `worker ${tid}`),
  process: pid,
  tid,
  kind,
  script: script === null ? null : nearPath(root, script),
  depths: 0,
  indexed: INDEXED,
});
