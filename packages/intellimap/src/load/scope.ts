/** Which files are instrumented. Pure, but for resolving the project root's and our own real paths by the caller. Runs in the program: globs.ts does not. */
import { extname, isAbsolute, relative, sep } from 'node:path';
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
  /** Patterns (`patternsOf`) of paths relative to root that add files, `node_modules` included. */
  include: string[];
  /** Patterns that take files away; they win. */
  exclude: string[];
  /** Absolute folders that are never instrumented: IntelliMap itself and recordings. */
  own: string[];
}

export interface Scope {
  /** Is this absolute path instrumented? */
  has: (path: string) => boolean;
  /** Would it be, if it were a program text? */
  covers: (path: string) => boolean;
  /** Path as recordings name it: relative to root with forward slashes, absolute outside of it. */
  name: (path: string) => string;
}

export function createScope({ root, include, exclude, own }: ScopeOptions): Scope {
  const included = matcher(include);
  const excluded = matcher(exclude);
  const ownPrefixes = own.map((folder) => folder + sep);
  const name = nameIn(root);
  const covers = (path: string): boolean => {
    if (ownPrefixes.some((prefix) => path.startsWith(prefix))) return false;
    const short = name(path);
    if (excluded(short)) return false;
    if (included(short)) return true;
    return (
      !isAbsolute(short) &&
      !/(^|\/)(node_modules|\.intellimap|\.yarn)\//.test(short) &&
      !short.startsWith('.pnp.')
    );
  };
  return { name, covers, has: (path) => languageOf(path) !== undefined && covers(path) };
}

/** Absolute path → relative to root with forward slashes, or as it is outside of root. */
export const nameIn =
  (root: string) =>
  (path: string): string => {
    const inside = relative(root, path);
    return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
  };

function matcher(patterns: string[]): (name: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(pattern));
  return (name) => expressions.some((expression) => expression.test(name));
}
