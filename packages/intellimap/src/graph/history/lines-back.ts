/** Lines of a file, followed from a version to the one before. Pure. */
import type { Change, Hunk } from './changes.ts';

/** A stretch of lines that somebody watches. */
export interface Lines {
  readonly id: string;
  readonly path: string;
  /** First and last, from 1, in the version that was come to; `end` is less than `start` where there was nothing of it yet. */
  start: number;
  end: number;
  commits: number;
  lastAt: number | null;
}

/**
 * Takes watched lines from behind a commit to before it, and counts it for those that it changed.
 * @param files by the path that they have behind it
 * @param at when it was made; null: it is none, but what is not committed
 */
export function followBack(files: Map<string, Lines[]>, changes: readonly Change[], at: number | null): void {
  const moved: [path: string, lines: Lines[]][] = [];
  for (const { oldPath, newPath, hunks } of changes) {
    const lines = newPath === null ? undefined : files.get(newPath);
    if (lines === undefined) continue;
    for (const each of lines) {
      if (at !== null && each.end >= each.start && hunks.some((hunk) => touches(hunk, each))) {
        each.commits++;
        each.lastAt ??= at;
      }
      back(each, hunks);
    }
    if (oldPath === newPath) continue;
    files.delete(newPath!);
    if (oldPath !== null) moved.push([oldPath, lines]);
  }
  // At once, as two may change names with each other.
  for (const [path, lines] of moved) files.set(path, lines);
}

/** Lines that went away count where they lay between two of these. */
const touches = ({ to, now }: Hunk, { start, end }: Lines): boolean =>
  now > 0 ? to <= end && to + now > start : start <= to && to < end;

function back(lines: Lines, hunks: readonly Hunk[]): void {
  if (lines.end < lines.start) return;
  const { start, end } = lines;
  lines.start = before(start, hunks, true);
  lines.end = before(end, hunks, false);
}

/** The line that it was before; of a new one the first, or last, of what it stands for. */
function before(line: number, hunks: readonly Hunk[], isStart: boolean): number {
  let shift = 0;
  for (const { from, count, to, now } of hunks) {
    const behind = now > 0 ? to + now : to + 1;
    if (behind <= line) shift += count - now;
    else if (now > 0 && to <= line) {
      if (count === 0) return isStart ? from + 1 : from;
      return isStart ? from : from + count - 1;
    } else break;
  }
  return line + shift;
}
