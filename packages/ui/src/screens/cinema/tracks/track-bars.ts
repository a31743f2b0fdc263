/** Rows of a pinned question as bars: those that overlap stand below each other. Pure. */
import type { SqlAnswer } from '../../../../../intellimap/src/serve/contract.ts';
import { timeColumns } from '../../../state/pins.ts';
import { type BarFunction, type Bars, indexed } from '../lanes/bars.ts';

/** Rows of a track at most; what overlaps more often is not drawn. */
const ROWS = 12;

export interface TrackBars extends Bars {
  /** Thread of each bar's call; NaN: not told. */
  thread: Float64Array;
}

interface Line {
  lane: number;
  depth: number;
  from: number;
  to: number;
  fn: BarFunction;
  call: number;
  thread: number;
}

export type TrackRows = Pick<SqlAnswer, 'columns' | 'rows'>;

interface Answered {
  rows: TrackRows | null;
}

/** Lanes are arranged whenever anything comes; what was pinned and answered is the same mostly. */
const kept = new WeakMap<readonly Answered[], TrackBars>();

/** As `trackBars`; the same bars for the same list. */
export function barsOfTracks(tracks: readonly Answered[]): TrackBars {
  let bars = kept.get(tracks);
  if (bars === undefined) kept.set(tracks, (bars = trackBars(tracks.map(({ rows }) => rows))));
  return bars;
}

/** Lane k is track k; null: it has no answer (yet). */
export function trackBars(tracks: readonly (TrackRows | null)[]): TrackBars {
  const lines = tracks.flatMap((track, lane) => (track === null ? [] : packed(linesOf(track, lane))));
  const of = (pick: (line: Line) => number): number[] => lines.map(pick);
  return {
    ...indexed({
      lane: Uint16Array.from(of(({ lane }) => lane)),
      depth: Uint8Array.from(of(({ depth }) => depth)),
      from: Float64Array.from(of(({ from }) => from)),
      to: Float64Array.from(of(({ to }) => to)),
      count: new Uint32Array(lines.length).fill(1),
      failed: new Uint32Array(lines.length),
      fn: Uint32Array.from(lines.keys()),
      call: Float64Array.from(of(({ call }) => call)),
      failedCall: new Float64Array(lines.length).fill(NaN),
      flags: new Uint8Array(lines.length),
      functions: lines.map(({ fn }) => fn),
    }),
    thread: Float64Array.from(of(({ thread }) => thread)),
  };
}

/** Columns that say best what a row is, the first that is there. */
const NAMES = ['name', 'title', 'label', 'message', 'kind', 'key', 'path'];

function linesOf({ columns, rows }: TrackRows, lane: number): Line[] {
  const when = timeColumns(columns);
  if (when === null) return [];
  const at = (name: string): number => columns.indexOf(name);
  const named =
    NAMES.map(at).find((n) => n >= 0) ?? columns.findIndex((_, n) => typeof rows[0]?.[n] === 'string');
  return rows.flatMap((row): Line[] => {
    const from = row[when.at];
    if (typeof from !== 'number') return [];
    const length = when.length === null ? null : row[when.length];
    const end = when.end === null ? null : row[when.end];
    // A row without an end is a moment.
    const to = typeof length === 'number' ? from + length : typeof end === 'number' ? end : from;
    const text = (name: string): string =>
      typeof row[at(name)] === 'string' ? (row[at(name)] as string) : '';
    const number = (name: string): number =>
      typeof row[at(name)] === 'number' ? (row[at(name)] as number) : NaN;
    return [
      {
        lane,
        depth: 0,
        from,
        to: Math.max(from, to),
        fn: {
          id: text('ast_node_id'),
          name: named < 0 ? String(from) : shown(row[named]),
          module: text('path'),
          line: number('line') || 0,
        },
        call: number('call_id'),
        thread: number('thread_id'),
      },
    ];
  });
}

const shown = (value: TrackRows['rows'][number][number]): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The first row in which nothing is at that time; bars of a row in order of time. */
function packed(lines: readonly Line[]): Line[] {
  const ends: number[] = [];
  const placed = lines
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .flatMap((line) => {
      const free = ends.findIndex((end) => end <= line.from);
      const depth = free < 0 ? ends.length : free;
      if (depth >= ROWS) return [];
      ends[depth] = line.to;
      return [{ ...line, depth }];
    });
  return placed.toSorted((a, b) => a.depth - b.depth || a.from - b.from);
}
