/** One line for each thing: what it is, what runs saw of it, where it stands. Pure. */
import { grouped, oneLine, tail, time } from '../format.ts';
import type { Paint } from '../terminal.ts';
import type { SeenNode } from './joined.ts';

export interface Line {
  /** Steps to the right. */
  depth: number;
  text: string;
  /** What runs saw; null: nothing to be said of this. */
  seen: Seen | null;
  /** `src/a.ts:12`; empty: no place. */
  place: string;
}

/** Of what is counted, and takes time. */
export type Seen = Pick<SeenNode, 'evidence' | 'count'> & { p95Ms?: number | null };

const SEEN = 16;
const WIDEST = 120;

export const placeOf = ({ path, line }: { path: string; line: number }): string => `${path}:${line}`;

export const more = (depth: number, count: number, most: number): Line[] =>
  count > most ? [{ depth, text: `… and ${grouped(count - most)} more (--all)`, seen: null, place: '' }] : [];

export function linesText(lines: readonly Line[], paint: Paint, columns: number): string {
  const width = Math.min(columns, WIDEST);
  const room = width - 2 - SEEN - 2;
  // Of what is left, the name has most.
  const places = Math.floor(room * 0.32);
  const texts = room - places - 2;
  return lines
    .map(({ depth, text, seen, place }) => {
      const indent = '  '.repeat(depth + 1);
      if (seen === null && place === '') return `${indent}${oneLine(text, width - indent.length)}`;
      const name = oneLine(text, texts + 2 - indent.length);
      const said = seen === null ? '' : seenText(seen);
      const painted = seen === null ? '' : paintedSeen(seen, said, paint);
      const gap = ' '.repeat(Math.max(0, texts + 2 - indent.length - name.length));
      const behind = ' '.repeat(Math.max(0, SEEN - said.length));
      return `${indent}${name}${gap}  ${painted}${behind}  ${paint.dim(tail(place, places))}`.trimEnd();
    })
    .join('\n');
}

function seenText({ evidence, count, p95Ms }: Seen): string {
  if (evidence !== 'seen' || count === null) return evidence;
  const often = `${grouped(count)}×`;
  return p95Ms === null || p95Ms === undefined ? often : oneLine(`${often} p95 ${time(p95Ms)}`, SEEN);
}

function paintedSeen({ evidence }: Seen, text: string, paint: Paint): string {
  if (evidence === 'seen') return paint.green(text);
  return evidence === 'never' ? paint.yellow(text) : paint.dim(text);
}

/** Name, and why it is not certain. */
export const named = ({ name, reason }: { name: string; reason: string | null }): string =>
  reason === null ? name : `${name} (${reason})`;
