/**
 * Bars of tasks: the task itself on top, its calls below, each where there is room. Where a call waited is told by what is known of the
 * thread's own lane: a call lies on the stack only in its spans. Pure.
 */
import type { TaskLanes } from '../../../../../intellimap/src/serve/contract.ts';
import { Bar, type BarFunction, type Bars, firstAfter, indexed, NO_ROW } from './bars.ts';

/** Rows of a task at most; calls beyond are not drawn. */
const ROWS = 12;

/** Lanes are arranged whenever anything comes; tasks are the same mostly. */
const kept = new WeakMap<TaskLanes, Bars>();

/** Lane k of the bars is task k. Row 0 is the task itself; function 0 is its name. The same bars for the same tasks. */
export function taskBars(tasks: TaskLanes): Bars {
  let bars = kept.get(tasks);
  if (bars === undefined) kept.set(tasks, (bars = madeOf(tasks)));
  return bars;
}

function madeOf({ head, columns }: TaskLanes): Bars {
  const names: BarFunction[] = head.tasks.map(({ name }) => ({ id: '', name, module: name, line: 0 }));
  const functions = [...names, ...head.functions];
  const rows = rowsOf(columns);
  const order = Array.from(columns.row.keys())
    .filter((n) => rows[n] < ROWS)
    .toSorted(
      (a, b) => columns.row[a] - columns.row[b] || rows[a] - rows[b] || columns.start[a] - columns.start[b],
    );
  const lines = head.tasks.flatMap((task, lane) => [
    {
      lane,
      depth: 0,
      from: task.start,
      to: task.end ?? Infinity,
      fn: lane,
      call: NaN,
      failed: task.errors,
      flags: task.end === null ? Bar.OPEN : 0,
    },
    ...order
      .filter((n) => columns.row[n] === lane)
      .map((n) => ({
        lane,
        depth: rows[n],
        from: columns.start[n],
        to: Number.isNaN(columns.end[n]) ? Infinity : columns.end[n],
        fn: columns.function[n] + names.length,
        call: columns.call[n],
        failed: columns.failed[n],
        flags:
          (Number.isNaN(columns.end[n]) ? Bar.OPEN : 0) |
          (columns.failed[n] ? Bar.FAILED : 0) |
          (columns.wait[n] > 0 ? Bar.WAITS : 0),
      })),
  ]);
  return indexed({
    lane: Uint16Array.from(lines, ({ lane }) => lane),
    depth: Uint8Array.from(lines, ({ depth }) => depth),
    from: Float64Array.from(lines, ({ from }) => from),
    to: Float64Array.from(lines, ({ to }) => to),
    count: new Uint32Array(lines.length).fill(1),
    failed: Uint32Array.from(lines, ({ failed }) => failed),
    fn: Uint32Array.from(lines, ({ fn }) => fn),
    call: Float64Array.from(lines, ({ call }) => call),
    failedCall: Float64Array.from(lines, ({ call, failed }) => (failed ? call : NaN)),
    flags: Uint8Array.from(lines, ({ flags }) => flags),
    functions,
  });
}

/**
 * Row of each call: below its caller, the first in which nothing is at that time. Calls that run side by side (`Promise.all`) get rows
 * of their own. `columns` are by lane, depth and start.
 */
export function rowsOf({
  row,
  depth,
  start,
  end,
}: Pick<TaskLanes['columns'], 'row' | 'depth' | 'start' | 'end'>): Uint8Array {
  const rows = new Uint8Array(row.length);
  const taken = new Map<number, Taken>();
  for (let n = 0; n < row.length; n++) {
    const to = Number.isNaN(end[n]) ? Infinity : end[n];
    let at = depth[n] + 1;
    for (; at < ROWS; at++) {
      const key = row[n] * ROWS + at;
      let there = taken.get(key);
      if (there === undefined) taken.set(key, (there = { spans: [], until: -Infinity }));
      if (!isFree(there, start[n], to)) continue;
      there.spans.push([start[n], to]);
      there.until = Math.max(there.until, to);
      break;
    }
    rows[n] = at;
  }
  return rows;
}

/** What lies in a row of a task. */
interface Taken {
  spans: [from: number, to: number][];
  /** Nothing lies behind it. */
  until: number;
}

/** Most calls begin behind all that are there: the others alone are compared one by one. */
const isFree = ({ spans, until }: Taken, start: number, end: number): boolean =>
  start >= until || spans.every(([from, to]) => end <= from || start >= to);

/** Depths that each lane needs. */
export function depthsOf(bars: Bars, lanes: number): number[] {
  const depths = Array.from({ length: lanes }, () => 0);
  for (const { lane, depth } of bars.runs)
    if (depth !== NO_ROW) depths[lane] = Math.max(depths[lane], depth + 1);
  return depths;
}

/** When calls lay on the stack, by call, in order of time. */
export type Spans = ReadonlyMap<number, readonly (readonly [from: number, to: number])[]>;

/** As far as the lane of their thread tells. */
export function spansOf(bars: Bars, lane: number, from: number, to: number): Spans {
  const spans = new Map<number, [number, number][]>();
  for (const run of bars.runs) {
    if (run.lane !== lane) continue;
    for (let n = firstAfter(bars, run, from); n < run.end && bars.from[n] < to; n++) {
      if ((bars.flags[n] & (Bar.ASYNC | Bar.RESUMED)) === 0) continue;
      const span: [number, number] = [bars.from[n], bars.to[n]];
      const known = spans.get(bars.call[n]);
      if (known === undefined) spans.set(bars.call[n], [span]);
      else known.push(span);
    }
  }
  return spans;
}
