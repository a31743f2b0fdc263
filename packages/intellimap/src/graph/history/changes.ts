/** What `git log -p -U0` prints, as numbers: which lines of which files each commit changed. Pure. */

/** Lines `[from, from + count)` of the file before became `[to, to + now)`; where a count is 0, the place is behind that line. */
export interface Hunk {
  from: number;
  count: number;
  to: number;
  now: number;
}

export interface Change {
  /** null: it was not there before, or is not there any more. */
  oldPath: string | null;
  newPath: string | null;
  /** In the order of the file. */
  hunks: Hunk[];
}

export interface CommitChanges {
  /** ms since the epoch; of a bare diff 0. */
  at: number;
  changes: Change[];
}

/** @param lines each commit begins with `\0` and its time in seconds; texts of changes are passed over by their counts, as they may say anything */
export async function* changesIn(lines: AsyncIterable<string>): AsyncGenerator<CommitChanges> {
  let commit: CommitChanges | null = null;
  let change: Change | null = null;
  let skip = 0;
  for await (const line of lines) {
    if (skip > 0) {
      if (!line.startsWith('\\')) skip--;
    } else if (line.startsWith('\0')) {
      if (commit !== null) yield commit;
      commit = { at: Number(line.slice(1)) * 1000, changes: [] };
    } else if (line.startsWith('diff --git ')) {
      commit ??= { at: 0, changes: [] };
      change = { oldPath: null, newPath: null, hunks: [] };
      commit.changes.push(change);
    } else if (change !== null) {
      const hunk = HUNK.exec(line);
      if (hunk === null) named(change, line);
      else {
        const [from, count, to, now] = [hunk[1], hunk[2] ?? 1, hunk[3], hunk[4] ?? 1].map(Number);
        change.hunks.push({ from, count, to, now });
        skip = count + now;
      }
    }
  }
  if (commit !== null) yield commit;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const NAME = /^(---|\+\+\+|rename from|rename to) (.*?)\t?$/;

function named(change: Change, line: string): void {
  const [, what, written] = NAME.exec(line) ?? [];
  if (what === undefined) return;
  const path = unquoted(written);
  const isRename = what.startsWith('rename');
  const found = isRename ? path : path === '/dev/null' ? null : path.slice(2);
  if (what === '---' || what === 'rename from') change.oldPath = found;
  else change.newPath = found;
}

/** Git writes `"a\tb"` for names with characters that would be hard to tell. */
const unquoted = (text: string): string =>
  /^".*"$/.test(text)
    ? text.slice(1, -1).replaceAll(/\\([0-7]{3}|.)/g, (_, escaped: string) => ESCAPES[escaped] ?? (escaped.length === 3 ? String.fromCodePoint(Number.parseInt(escaped, 8)) : escaped))
    : text; // prettier-ignore

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};
