/**
 * How often functions were changed: their lines are followed back through the commits of a year, all told by one `git log`. Of merges, what they bring counts once. A function that was moved to another
 * file or another place within its own begins there. I/O: runs `git`.
 */
import { changesIn } from './changes.ts';
import { pieces, said } from './git.ts';
import { followBack, type Lines } from './lines-back.ts';

/** Lines of a file as it lies in the work tree, from 1. */
export interface WatchedLines {
  id: string;
  path: string;
  line: number;
  endLine: number;
}

export interface LineChurn {
  id: string;
  path: string;
  commits: number;
  /** ms since the epoch when the last of them was committed; null: there is none. */
  lastAt: number | null;
}

/** How far it looks back from the last commit. */
const DAYS = 365;

/** Whatever is configured, the same text comes: bare changes, without lines around. */
const DIFF = '-U0 -M --relative --no-color --no-ext-diff --no-textconv --submodule=short --src-prefix=a/ --dst-prefix=b/'.split(' '); // prettier-ignore

/** The commit of the work tree; null: there is no git, or no commit. */
export const headOf = (root: string): Promise<string | null> =>
  said(root, 'rev-parse', '--verify', 'HEAD^{commit}');

/** Nothing of files that git does not know. */
export async function churnOf(root: string, watched: readonly WatchedLines[]): Promise<LineChurn[]> {
  const list = await said(root, 'ls-files', '-z');
  const last = await said(root, 'log', '-1', '--format=%ct');
  if (list === null || last === null) return [];
  const known = new Set(list.split('\0'));
  const lines: Lines[] = watched
    .filter(({ path }) => known.has(path))
    .map(({ id, path, line, endLine }) => ({
      id,
      path,
      start: line,
      end: endLine,
      commits: 0,
      lastAt: null,
    }));
  const files = new Map<string, Lines[]>();
  for (const each of lines) {
    const same = files.get(each.path);
    if (same === undefined) files.set(each.path, [each]);
    else same.push(each);
  }
  const now = changesIn(pieces(root, ['diff', ...DIFF, 'HEAD', '--', '.'], '\n'));
  for await (const { changes } of now) followBack(files, changes, null);
  const since = `--since=${Number(last) - DAYS * 24 * 3600}`;
  const log = pieces(root, ['log', '--first-parent', '-m', '-p', '--format=%x00%ct', since, ...DIFF, '--', '.'], '\n'); // prettier-ignore
  for await (const commit of changesIn(log)) followBack(files, commit.changes, commit.at);
  return lines.map(({ id, path, commits, lastAt }) => ({ id, path, commits, lastAt }));
}
