/** Names in files of data: which method a job calls may stand in `jobs.json`. I/O: reads them. */
import { join, posix } from 'node:path';
import { entriesIn, smallText } from './files.ts';

const DATA = /\.(json|ya?ml)$/;
const NOT_DATA =
  /^(package(-lock)?|npm-shrinkwrap|tsconfig.*|pnpm-(lock|workspace)|yarn|deno|biome|renovate|turbo|nx)\.(json|ya?ml)$/;
const NAME = /(?<![\w$./-])[A-Za-z_$][\w$]{2,60}(?![\w$/-])/g;
/** Larger ones are fixtures and the like; and some hundred are enough. */
const LARGEST = 64 * 1024;
const MOST_FILES = 300;

export const isDataFile = (name: string): boolean => DATA.test(name);

/** What could be a name in each file of data, relative to the workspace. */
export type DataNames = ReadonlyMap<string, ReadonlySet<string>>;

export function dataNames(root: string): DataNames {
  const texts = new Map<string, string>();
  collect(root, '', texts);
  return new Map([...texts].map(([file, text]) => [file, new Set(text.match(NAME) ?? [])]));
}

/** @param wanted names that would mean something. @returns [file relative to the workspace, name] */
export const namesInData = (data: DataNames, wanted: ReadonlySet<string>): [string, string][] =>
  [...data].flatMap(([file, found]) =>
    [...found]
      .filter((name) => wanted.has(name))
      .toSorted()
      .map((name): [string, string] => [file, name]),
  );

/** @param texts by file */
function collect(root: string, folder: string, texts: Map<string, string>): void {
  for (const entry of entriesIn(join(root, folder))) {
    if (texts.size >= MOST_FILES) return;
    const path = posix.join(folder, entry.name);
    const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (entry.isDirectory() && !isHidden) collect(root, path, texts);
    else if (entry.isFile() && DATA.test(entry.name) && !NOT_DATA.test(entry.name) && !isHidden) {
      const text = smallText(join(root, path), LARGEST);
      if (text !== null) texts.set(path, text);
    }
  }
}
