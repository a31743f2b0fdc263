/** Which files are instrumented. Pure, but for resolving the project root's and our own real paths by the caller. */
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Lang } from '../transform/index.ts';

const LANGUAGES: Record<string, Lang> = {
  '.js': 'jsx',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
};

/** Language of a file by its name; undefined for what is not a program text. `.js` may hold JSX: Flow-free JSX parses as plain JS too. */
export const languageOf = (path: string): Lang | undefined => LANGUAGES[extname(path)];

export interface ScopeOptions {
  /** Absolute real path of the workspace. */
  root: string;
  /** Globs relative to root that add files, `node_modules` included. */
  include: string[];
  /** Globs relative to root that take files away; they win. */
  exclude: string[];
  /** Absolute folders that are never instrumented: IntelliMap itself and recordings. */
  own: string[];
}

export interface Scope {
  /** Is this absolute path instrumented? */
  has: (path: string) => boolean;
  /** Path as recordings name it: relative to root with forward slashes, absolute outside of it. */
  name: (path: string) => string;
}

export function createScope({ root, include, exclude, own }: ScopeOptions): Scope {
  const included = matcher(include);
  const excluded = matcher(exclude);
  const ownPrefixes = own.map((folder) => folder + sep);
  const name = (path: string): string => {
    const inside = relative(root, path);
    return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
  };
  return {
    name,
    has(path) {
      if (languageOf(path) === undefined || ownPrefixes.some((prefix) => path.startsWith(prefix)))
        return false;
      const short = name(path);
      if (excluded(short)) return false;
      if (included(short)) return true;
      return (
        !isAbsolute(short) &&
        !/(^|\/)(node_modules|\.intellimap|\.yarn)\//.test(short) &&
        !short.startsWith('.pnp.')
      );
    },
  };
}

function matcher(globs: string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch(globs.map(widen), { dot: true });
}

/** `node_modules/prettier` and `src/` mean the folder's whole content, as in other tools' file lists. */
function widen(glob: string): string {
  const clean = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  const bare = !/[*?{}()[\]!]/.test(clean) && extname(clean) === '';
  return bare ? join(clean, '**') : clean;
}

/** A sentence that says what is wrong with a glob, or undefined. */
export function globProblem(glob: string): string | undefined {
  if (glob.trim() === '') return 'an empty glob matches nothing';
  if (isAbsolute(glob)) return `"${glob}" is absolute; globs are relative to the workspace`;
  const opens = (glob.match(/[{[(]/g) ?? []).length;
  const closes = (glob.match(/[}\])]/g) ?? []).length;
  if (opens !== closes) return `"${glob}" has an unbalanced bracket or brace`;
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
    return undefined;
  } catch (error) {
    return `"${glob}" is not a glob: ${(error as Error).message}`;
  }
}
