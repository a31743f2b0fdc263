/** Program texts of a workspace. I/O: lists folders. */
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findPackageType } from '../load/package-type.ts';
import type { Scope } from '../load/scope.ts';
import type { Goal } from '../transform/index.ts';

/** What is in a folder, by name; nothing where it is none, or nobody may look into it, as with data of a database that runs beside. */
export function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** null: no file, one of more bytes, or one that cannot be read: editors lock files by links that lead nowhere. */
export function smallText(path: string, limit: number): string | null {
  try {
    const state = statSync(path);
    return state.isFile() && state.size <= limit ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

/** Files in scope as absolute paths, in a steady order; folders that cannot hold any are not entered. */
export function* filesIn(folder: string, scope: Scope, packages = false): Generator<string> {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  yield* filesWithin(folder, real, scope, packages);
}

/** @param real where the folder lies; links within are not followed, so what lies in it lies there */
function* filesWithin(folder: string, real: string, scope: Scope, packages: boolean): Generator<string> {
  for (const entry of entriesIn(folder)) {
    const { name } = entry;
    if (entry.isDirectory()) {
      const closed = name === '.git' || name === '.intellimap' || (name === 'node_modules' && !packages);
      if (!closed) yield* filesWithin(join(folder, name), join(real, name), scope, packages);
    } else if (entry.isFile() && scope.has(join(real, name))) {
      yield join(folder, name);
    }
  }
}

/** How Node would read a file that it is told to run. */
export function goalOf(path: string, text: string): Goal {
  const commonjs = /\.c[jt]s$/.test(path) || (path.endsWith('.js') && findPackageType(path) !== 'module');
  return !commonjs || /^\s*(import|export)\b/m.test(text) ? 'module' : 'commonjs';
}

export function stateOf(path: string): { bytes: number; modifiedAt: number } {
  const { size, mtimeMs } = statSync(path);
  return { bytes: size, modifiedAt: Math.floor(mtimeMs) };
}

export type Role = 'source' | 'test' | 'config' | 'declaration';

const TEST_FOLDER = /(^|\/)(__tests__|__mocks__|tests?|e2e|spec|specs|cypress)\//;
const TEST_FILE = /[.-](test|spec|e2e|bench)\.[cm]?[jt]sx?$|(^|\/)test\.[cm]?[jt]sx?$/;
const CONFIG_FILE =
  /(^|\/)(\.[\w-]+rc|[\w.-]+\.(config|setup|conf)|\.pnpmfile|gulpfile|gruntfile|jakefile)\.[cm]?[jt]s$/i;

export function roleOf(path: string): Role {
  if (/\.d\.[cm]?ts$/.test(path)) return 'declaration';
  if (TEST_FILE.test(path) || TEST_FOLDER.test(path)) return 'test';
  return CONFIG_FILE.test(path) ? 'config' : 'source';
}

/** A test runner starts it by itself: not what merely lies beside tests. */
export const isStartedTest = (path: string): boolean =>
  TEST_FILE.test(path) || /(^|\/)__tests__\//.test(path);
