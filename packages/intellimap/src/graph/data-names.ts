/** Names in files of data: which method a job calls may stand in `jobs.json`. I/O: reads them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const DATA = /\.(json|ya?ml)$/;
const NOT_DATA =
  /^(package(-lock)?|npm-shrinkwrap|tsconfig.*|pnpm-(lock|workspace)|yarn|deno|biome|renovate|turbo|nx)\.(json|ya?ml)$/;
const NAME = /(?<![\w$./-])[A-Za-z_$][\w$]{2,60}(?![\w$/-])/g;
/** Larger ones are fixtures and the like; and some hundred are enough. */
const LARGEST = 64 * 1024;
const MOST_FILES = 300;

/** @param wanted names that would mean something. @returns [file relative to the workspace, name] */
export function namesInData(root: string, wanted: ReadonlySet<string>): [string, string][] {
  const files: string[] = [];
  list(root, '', files);
  return files.flatMap((file) => {
    const found = new Set(readFileSync(join(root, file), 'utf8').match(NAME) ?? []);
    return [...found]
      .filter((name) => wanted.has(name))
      .toSorted()
      .map((name): [string, string] => [file, name]);
  });
}

function list(root: string, folder: string, files: string[]): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (files.length >= MOST_FILES) return;
    const path = posix.join(folder, entry.name);
    const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (entry.isDirectory() && !isHidden) list(root, path, files);
    else if (entry.isFile() && DATA.test(entry.name) && !NOT_DATA.test(entry.name) && !isHidden) {
      if (statSync(join(root, path)).size <= LARGEST) files.push(path);
    }
  }
}
