/** A program text → its functions, as histories compare them: id, body hash, extent. Pure. */
import { languageOf } from '../../load/scope.ts';
import type { SiteKind } from '../../base/recording.ts';
import { type Goal, linesOf, readFile } from '../../transform/index.ts';

/** A function, or the body of a module, in one version of a file. */
export interface PastFunction {
  /** `ast_node_id` in this version. */
  id: string;
  path: string;
  /** For people; of a module its path. */
  name: string;
  kind: SiteKind;
  /** Id of the function, class, namespace or module around it: its own without the last anchor; a module's is ''. */
  scope: string;
  /** The last part of its id, the number behind `~` left out; a module's is ''. */
  anchor: string;
  /** Hash of the body's text. */
  hash: string;
  /** First and last line, from 1. */
  line: number;
  endLine: number;
  /** Its extent within the text: UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

/** One version of a file. */
export interface PastFile {
  path: string;
  text: string;
  /** In order of appearance: whoever is around another comes before it. */
  functions: PastFunction[];
}

/** Stands for a text that cannot be parsed: what is in it, nobody knows. */
export const BROKEN = 'broken';

/** @returns null: no program text, or one that cannot be parsed */
export function readPast(text: string, path: string): PastFile | null {
  const lang = languageOf(path);
  if (lang === undefined) return null;
  const lines = linesOf(text);
  for (const goal of goalsOf(path, text)) {
    try {
      const { table } = readFile(text, { path, lang, goal });
      const functions = table.sites.flatMap(
        ({ id, name, kind, hash, line, column, endLine, endColumn }): PastFunction[] => {
          if (hash === undefined) return [];
          const [start, end] = [lines.startOf(line) + column, lines.startOf(endLine) + endColumn];
          return [{ id, path, name, kind, ...placeOf(id), hash, line, endLine, start, end }];
        },
      );
      return { path, text, functions };
    } catch {
      // Another goal may do: nobody knows what package.json said of it then.
    }
  }
  return null;
}

function goalsOf(path: string, text: string): Goal[] {
  if (!/\.(c?jsx?|cts)$/.test(path)) return ['module'];
  return /^\s*(import|export)\b/m.test(text) ? ['module', 'commonjs'] : ['commonjs', 'module'];
}

/** What an id says about where the function is. */
export function placeOf(id: string): { scope: string; anchor: string } {
  const inside = id.indexOf('#') + 1;
  if (inside === id.length) return { scope: '', anchor: '' };
  const slash = id.lastIndexOf('/');
  const last = Math.max(inside, slash + 1);
  return {
    scope: id.slice(0, slash < inside ? inside : slash),
    anchor: id.slice(last).replace(/~\d+$/, ''),
  };
}

/** Anchors that are given to whatever stands there: no name, and no title. */
export const isNameless = (anchor: string): boolean =>
  /^(fn|iife|return|default|.*\[\])$|[^)]@\d+$/.test(anchor);

/** Path that an id of a function, or of its module, begins with; undefined: it is no id. */
export const pathOfId = (id: string): string | undefined => /^ts:([^#]+)#/.exec(id)?.[1];

/** A word that the text has as long as the function is there; '' where its id tells none. */
export function lastWord(id: string): string {
  const { anchor } = placeOf(id);
  const word = isNameless(anchor) ? '' : (/([\w$]+)$/.exec(anchor)?.[1] ?? '');
  return /^[0-9a-f]{8}$/.test(word) ? '' : word;
}
