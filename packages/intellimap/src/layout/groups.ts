/**
 * Groups of the map: which folders stand as a box with a name, and which files are in each. Pure.
 *
 *   src/main.ts  src/http/a.ts  src/http/b.ts  src/db/c.ts       →   SRC: main.ts   HTTP: a.ts b.ts   DB: c.ts
 *
 * The biggest folder is taken apart into its own files and its folders, again and again, until none is big or there are enough groups. Its own files are often of
 * two kinds: what begins everything, and what everything uses. These stand apart, as the one belongs left and the other right.
 */
import { addTo } from '../base/groups.ts';

/** Ends the key of a group of files that never ran. */
export const NEVER = '/!';
/** Ends the key of a group of entries: `src/*` has those files directly in src, and in tiny folders of it, that none but they use. */
export const ENTRIES = '/*';
const MANY_DEAD = 24;

/** Folder of a group by its key. */
export const folderOf = (key: string): string =>
  key.endsWith(ENTRIES) || key.endsWith(NEVER) ? key.slice(0, -2) : key;

export interface Grouped {
  /** Keys, sorted: folders, some with `ENTRIES` or `NEVER` at the end. */
  folders: string[];
  /** For each path the place of its group. */
  groupOf: Uint32Array;
}

/** A folder is taken apart when it has more files than this share of all … */
const BIG_SHARE = 1 / 12;
/** … and more than so many. */
const BIG_LEAST = 3;
/** Groups at most: more than a person reads at a glance, yet what a workspace with many packages needs. */
const MOST = 28;
/** A folder of so few files stays with the files of the folder around it, where there are any. */
const TINY = 1;

interface Folder {
  folder: string;
  paths: string[];
}

/**
 * @param paths unique, relative to the workspace, with forward slashes
 * @param edges between places in `paths`
 * @param isDead nothing of it ran
 */
export function groupsOf(
  paths: readonly string[],
  edges: readonly { src: number; dst: number }[],
  isDead: (path: string) => boolean,
): Grouped {
  const big = Math.max(BIG_LEAST, paths.length * BIG_SHARE);
  let found: Folder[] = paths.length === 0 ? [] : [{ folder: '', paths: [...paths] }];
  // Those that cannot be taken apart, or were and are but own files.
  const done = new Set<string>();
  const own = new Set<string>();
  for (;;) {
    const next = found
      .filter(({ folder, paths }) => paths.length > big && !done.has(folder))
      .toSorted((a, b) => b.paths.length - a.paths.length || (a.folder < b.folder ? -1 : 1))[0];
    if (next === undefined) break;
    const parts = apart(next);
    const rest = parts.find((part) => parts.every(({ folder }) => isIn(folder, part.folder)));
    if (parts.length < 2 || found.length + parts.length - 1 > MOST) done.add(next.folder);
    else {
      found = [...found.filter((each) => each !== next), ...parts];
      if (rest !== undefined) own.add(rest.folder);
    }
    if (rest !== undefined) done.add(rest.folder);
  }
  const grouped = numbered(found, paths);
  const halved = found.flatMap((each) => (own.has(each.folder) ? halves(each, grouped, paths, edges) : [narrowed(each)]));
  return numbered(halved.flatMap((each) => living(each, isDead)), paths);
} // prettier-ignore

const isIn = (inner: string, outer: string): boolean =>
  outer === '' || inner === outer || inner.startsWith(`${outer}/`);

/** Files that use others and that none but such files use, where they are the fewer; and the rest. */
function halves(
  own: Folder,
  { folders, groupOf }: Grouped,
  paths: readonly string[],
  edges: readonly { src: number; dst: number }[],
): Folder[] {
  const group = folders.indexOf(own.folder);
  const using = new Set(edges.map(({ src }) => paths[src]));
  let entries = own.paths.filter((path) => using.has(path));
  // Only entries may use entries.
  for (let before = -1; before !== entries.length; ) {
    before = entries.length;
    const among = new Set(entries);
    const used = new Set(edges.filter(({ src, dst }) => groupOf[dst] === group && !among.has(paths[src])).map(({ dst }) => paths[dst]));
    entries = entries.filter((path) => !used.has(path));
  }
  if (entries.length === 0 || entries.length > own.paths.length / 2) return [own];
  const rest = own.paths.filter((path) => !entries.includes(path));
  return [{ folder: own.folder + ENTRIES, paths: entries }, { folder: own.folder, paths: rest }];
} // prettier-ignore

/** Files that never ran, where they are many and most: so that they do not stand between the others. */
function living({ folder, paths }: Folder, isDead: (path: string) => boolean): Folder[] {
  const dead = paths.filter(isDead);
  if (dead.length < MANY_DEAD || dead.length < paths.length / 2 || dead.length === paths.length) return [{ folder, paths }];
  return [
    { folder, paths: paths.filter((path) => !isDead(path)) },
    { folder: folder + NEVER, paths: dead },
  ];
} // prettier-ignore

/** Its own files and its folders; tiny folders stay with its own files, if it has some. */
function apart({ folder, paths }: Folder): Folder[] {
  const parts = new Map<string, string[]>();
  for (const path of paths) addTo(parts, childOf(folder, path), path);
  const own = parts.get(folder);
  if (parts.size === 1 && own === undefined) return apart({ folder: [...parts.keys()][0], paths });
  if (own !== undefined)
    for (const [child, files] of parts)
      if (child !== folder && files.length <= TINY) {
        own.push(...files);
        parts.delete(child);
      }
  return [...parts].map(([folder, paths]) => ({ folder, paths }));
}

/** The folder directly in `folder` that a path is in, or `folder`. */
function childOf(folder: string, path: string): string {
  const from = folder === '' ? 0 : folder.length + 1;
  const end = path.indexOf('/', from);
  return end < 0 ? folder : path.slice(0, end);
}

/** A group is called by the innermost folder that all of it is in. */
function narrowed({ folder, paths }: Folder): Folder {
  let inner = folder;
  for (;;) {
    const child = childOf(inner, paths[0]);
    if (child === inner || !paths.every((path) => path.startsWith(`${child}/`)))
      return { folder: inner, paths };
    inner = child;
  }
}

function numbered(found: readonly Folder[], paths: readonly string[]): Grouped {
  const sorted = found.toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
  const places = new Map(sorted.flatMap(({ paths }, at) => paths.map((path) => [path, at] as const)));
  return {
    folders: sorted.map(({ folder }) => folder),
    groupOf: Uint32Array.from(paths, (path) => places.get(path)!),
  };
}
