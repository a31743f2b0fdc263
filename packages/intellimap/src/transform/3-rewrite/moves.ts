/**
 * Where the places of a text went when it was instrumented, small enough to be kept as long as the text runs: a dozen bytes an
 * insertion. Columns of stack traces and texts of functions are led back with it.
 */
import { lowest } from '../../base/search.ts';
import type { Lines } from '../2-analyze/lines.ts';
import type { SortedEdits } from './edits.ts';

// Taken now: this runs in programs, too, which replace globals.
const { parse, stringify } = JSON;
const integers = Int32Array.from.bind(Int32Array) as (list: number[]) => Int32Array;

export interface Moves {
  /** Offset of each insertion in the given text, ascending. */
  at: Int32Array;
  /** Characters inserted before the n-th; one more than there are insertions. */
  before: Int32Array;
  /** Offset of each line in the given text. */
  lines: Int32Array;
  /** Probes whose number is nowhere else in the text, three integers each: number, insertion, place within its text. */
  anchors: Int32Array;
  /** Insertions in which V8 finds a place that is not what follows, two integers each: insertion, offset in the given text. */
  places: Int32Array;
}

export const movesToJson = (moves: Moves): string =>
  stringify(moves, (_, value: unknown) => (value instanceof Int32Array ? [...value] : value));

export function movesFromJson(text: string): Moves {
  const { at, before, lines, anchors, places } = parse(text) as Record<keyof Moves, number[]>;
  return {
    at: integers(at),
    before: integers(before),
    lines: integers(lines),
    anchors: integers(anchors),
    places: integers(places),
  };
}

export function movesOf(edits: SortedEdits, lines: Lines): Moves {
  const before = new Int32Array(edits.at.length + 1);
  const anchors: number[] = [];
  edits.text.forEach((text, index) => {
    before[index + 1] = before[index] + text.length;
    for (let from = text.indexOf('$im'); from >= 0; from = text.indexOf('$im', from + 3)) {
      const anchor = anchorAt(text, from);
      if (anchor !== undefined) anchors.push(anchor, index, from);
    }
  });
  return {
    at: Int32Array.from(edits.at),
    before,
    lines: Int32Array.from({ length: lines.count }, (_, index) => lines.startOf(index + 1)),
    anchors: Int32Array.from(anchors),
    places: Int32Array.from([...edits.places].flat()),
  };
}

/** Number of the probe at `from` if it is one that says which place it is: `$imE(33)`, `$imA(33)`, `$imF(20)`, `$imH(2)`. */
function anchorAt(text: string, from: number): number | undefined {
  const probe = text[from + 3];
  if (!'AEFH'.includes(probe) || text[from + 4] !== '(') return undefined;
  const number = Number.parseInt(text.slice(from + 5, from + 16), 10);
  return Number.isNaN(number) ? undefined : number;
}

/**
 * Place of the instrumented text → place in the given text. Lines, from 1, are the same, but for a few that V8 says of what an expression
 * ends with; within an insertion it is that of what follows.
 */
export function originalPlace(moves: Moves, line: number, column: number): { line: number; column: number } {
  const { at, before, lines, places } = moves;
  if (line > lines.length) return { line, column };
  const start = lines[line - 1];
  const first = lowest(at.length, (n) => at[n] >= start);
  const generated = start + before[first] + column;
  const next = Math.max(
    first,
    lowest(at.length, (n) => at[n] + before[n] > generated),
  );
  if (next === first) return { line, column };
  if (generated >= at[next - 1] + before[next]) return { line, column: generated - before[next] - start };
  for (let n = 0; n < places.length; n += 2) if (places[n] === next - 1) return placeOf(moves, places[n + 1]);
  return { line, column: at[next - 1] - start };
}

function placeOf({ lines }: Moves, offset: number): { line: number; column: number } {
  const line = lowest(lines.length, (n) => lines[n] > offset);
  return { line, column: offset - lines[line - 1] };
}

/** Does this line, from 1, hold an insertion? */
export function isMoved({ at, lines }: Moves, line: number): boolean {
  const first = lowest(at.length, (n) => at[n] >= lines[line - 1]);
  return first < at.length && at[first] < (lines[line] ?? Infinity);
}

/** A probe that says which place it is: see `anchorAt`. */
const PROBE = /\$im([AEFH])\((\d+)/;

/** Site of the first such probe in a piece of instrumented text. A word carries its site above the four bits of its kind; counters are given it. */
export function siteIn(piece: string): number | undefined {
  const probe = PROBE.exec(piece);
  return probe === null ? undefined : probe[1] === 'H' ? Number(probe[2]) : Number(probe[2]) >>> 4;
}

/** A piece of the instrumented text, such as the text of a function, as its author wrote it; undefined when it is not from this text. */
export function originalText(moves: Moves, piece: string): string | undefined {
  const { at, before, anchors } = moves;
  const probe = PROBE.exec(piece);
  if (probe === null) return undefined;
  const number = Number(probe[2]);
  let anchor = 0;
  while (anchor < anchors.length && anchors[anchor] !== number) anchor += 3;
  if (anchor === anchors.length) return undefined;
  const insertion = anchors[anchor + 1];
  return withoutInsertions(
    moves,
    piece,
    at[insertion] + before[insertion] + anchors[anchor + 2] - probe.index,
  );
}

/** What the given text had in place of this piece, which starts at an offset of the instrumented one. */
export function withoutInsertions({ at, before }: Moves, piece: string, start: number): string {
  const end = start + piece.length;
  const parts: string[] = [];
  let from = start;
  for (let n = lowest(at.length, (k) => at[k] + before[k] >= start); n < at.length; n++) {
    const opens = at[n] + before[n];
    if (opens >= end) break;
    parts.push(piece.slice(from - start, opens - start));
    from = at[n] + before[n + 1];
  }
  parts.push(piece.slice(from - start));
  return parts.join('');
}
