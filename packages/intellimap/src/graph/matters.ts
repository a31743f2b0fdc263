/** What follows for a workspace when something happened at a path. Pure. */
import { posix } from 'node:path';
import { languageOf } from '../load/scope.ts';
import { isDataFile } from './data-names.ts';
import { isSideFile } from './entries.ts';
import { EXTENSIONS } from './resolve.ts';
import { isToolConfig } from './used-by.ts';

/** Nobody looks into these. */
const CLOSED = /(^|\/)(node_modules|\.git|\.intellimap)(\/|$)/;
export const isClosed = (path: string): boolean => CLOSED.test(path);

/** What it says may change what is known of other files. package.json and tsconfig.json are among these. */
export function saysOfOthers(path: string): boolean {
  const name = posix.basename(path);
  return (
    name === '.gitignore' ||
    isDataFile(name) ||
    isToolConfig(name) ||
    isSideFile(name, posix.basename(posix.dirname(path)))
  );
}

/** What a look knew of the workspace. */
export interface Surroundings {
  /** Program texts that there were. */
  paths: ReadonlySet<string>;
  isIgnored: (path: string) => boolean;
}

/**
 * Whether all that is known may be wrong when something came, went or changed that is none of the program texts.
 * @param kind what is there now; null: nothing
 */
export function mattersToAll(
  path: string,
  kind: 'file' | 'folder' | null,
  { paths, isIgnored }: Surroundings,
): boolean {
  const ignored = isIgnored(path) || isIgnored(`${path}/`);
  if (kind === 'folder') return !ignored;
  if (saysOfOthers(path) || standsBefore(path, paths)) return true;
  if (kind === null && holdsAny(path, paths)) return true;
  return !ignored && languageOf(path) !== undefined;
}

/** What a specifier names as it is written stands before what it is short for. */
function standsBefore(path: string, paths: ReadonlySet<string>): boolean {
  const extension = posix.extname(path);
  // `a.js~` is no `a`.
  const stems = EXTENSIONS.includes(extension) ? [path.slice(0, -extension.length)] : [];
  return [path, ...stems].some((name) =>
    EXTENSIONS.some((each) => paths.has(name + each) || paths.has(`${name}/index${each}`)),
  );
}

function holdsAny(folder: string, paths: ReadonlySet<string>): boolean {
  for (const path of paths) if (path.startsWith(`${folder}/`)) return true;
  return false;
}
