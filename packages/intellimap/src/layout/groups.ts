/**
 * Groups of the map: which folders stand as a box with a name, and which files are in each. Pure.
 *
 *   src/main.ts  src/http/a.ts  src/http/b.ts  src/db/c.ts       →   SRC: main.ts   HTTP: a.ts b.ts   DB: c.ts
 *
 * The biggest folder is taken apart into its own files and its folders, again and again, until none is big or there are enough groups.
 */
import { addTo } from '../base/groups.ts';

export interface Grouped {
  /** Sorted by folder. */
  folders: string[];
  /** For each path the place of its group. */
  groupOf: Uint32Array;
}

/** A folder is taken apart when it has more files than this share of all … */
const BIG_SHARE = 1 / 12;
/** … and more than so many. */
const BIG_LEAST = 6;
/** Groups at most: more than a person reads at a glance, yet what a workspace with many packages needs. */
const MOST = 28;
/** A folder of so few files stays with the files of the folder around it, where there are any. */
const TINY = 1;

interface Folder {
  folder: string;
  paths: string[];
}

/** @param paths unique, relative to the workspace, with forward slashes */
export function groupsOf(paths: readonly string[]): Grouped {
  const big = Math.max(BIG_LEAST, paths.length * BIG_SHARE);
  let found: Folder[] = [{ folder: '', paths: [...paths] }];
  const whole = new Set<string>();
  for (;;) {
    const next = found
      .filter(({ folder, paths }) => paths.length > big && !whole.has(folder))
      .toSorted((a, b) => b.paths.length - a.paths.length || (a.folder < b.folder ? -1 : 1))[0];
    if (next === undefined) break;
    const parts = apart(next);
    if (parts.length < 2 || found.length + parts.length - 1 > MOST) whole.add(next.folder);
    else found = [...found.filter((each) => each !== next), ...parts];
    // What is left of it are its own files.
    if (parts.some(({ folder }) => folder === next.folder)) whole.add(next.folder);
  }
  return numbered(found.map(narrowed), paths);
}

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
