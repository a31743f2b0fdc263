/** Globs as users write them: what is wrong with one, and what it means. */
import { extname, isAbsolute, join } from 'node:path';
import picomatch from 'picomatch';

/** Regular expressions for paths relative to the workspace, with forward slashes. */
export const patternsOf = (globs: string[]): string[] =>
  globs.map((glob) => picomatch.makeRe(widen(glob), { dot: true }).source);

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

/** A regular expression for names of functions: `total` is also `Cart.total`; `*` stands for any characters. */
export function namePattern(name: string): string {
  return `^(?:.*[. ])?${starred(name)}$`;
}

/** Names of tasks, `GET /cart*`: `*` stands for anything. */
export const taskPattern = (name: string): string => `^${starred(name)}$`;

const starred = (text: string): string =>
  text.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`).replaceAll('*', '.*');
