/** Names and places of functions, as other tools write them. */
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionPlace } from '../../query/index.ts';

/** A call whose site is not known. */
export const UNKNOWN = '(unknown)';

/** `src/cart.ts:10`; empty where nobody knows. */
export const placeText = (place: { path: string | null; line: number | null } | undefined): string =>
  place?.path == null ? '' : `${place.path}${place.line === null ? '' : `:${place.line}`}`;

/** The absolute path of a file as tables name it. Names like `node:fs` stay. */
export function absolutePath(root: string, path: string): string {
  return isAbsolute(path) || hasScheme(path) ? path : join(root, path);
}

/** The same as a URL. */
export function urlOf(root: string, path: string | null): string {
  if (path === null) return '';
  return hasScheme(path) ? path : pathToFileURL(absolutePath(root, path)).href;
}

/** `node:fs`, `https://…`; one letter is a drive. */
const hasScheme = (path: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(path);

export const nameOf = (place: FunctionPlace | undefined): string => place?.name ?? UNKNOWN;

/** What was typed, as one line; the text as it is where it is no list of words. */
export function commandText(command: string): string {
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) ? words.join(' ') : command;
  } catch {
    return command;
  }
}

/** µs as JSON, to the nanosecond. */
export const micros = (us: number): number => Math.round(us * 1000) / 1000;
