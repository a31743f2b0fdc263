/** Columns in stack traces and texts of functions as their author has them. The transformer knows what its insertions moved, and is asked once a text. */
// Not from the entry: that brings the parser into the program.
import { isMoved, originalPlace, originalText, siteIn } from '../transform/3-rewrite/moves.ts';
import type { InstrumentedText } from './questions.ts';
import type { PlaceLookup } from './stack-traces.ts';
import type { Transformer } from './transformer.ts';

export interface Texts {
  /** This thread runs a text with site ids from `base` on for this path. */
  note: (path: string, base: number) => void;
  /** Does an instrumented text of this path run? */
  has: (path: string) => boolean;
  /** Generated line and column → those before; all from 1, as V8 says them. Undefined: not one of ours. */
  place: PlaceLookup;
  /** Are the places of its sites places of the text that runs? */
  holdsSites: (path: string) => boolean;
  /** The line (from 1) as it was before; undefined where it reads the same in what V8 holds. */
  line: (path: string, line: number) => string | undefined;
  /** Text of a function or class → the same as its author wrote it; undefined when no probe is in it. */
  original: (piece: string) => string | undefined;
}

export interface TextsHost {
  recall: Transformer['recall'];
  askLine: Transformer['line'];
  /** May the path be one that a hooks thread had instrumented, so that this thread was not told? */
  isForeign: (path: string) => boolean;
  /** A number that grows with each text that this process instruments. */
  age: () => number;
}

export function createTexts({ recall, askLine, isForeign, age }: TextsHost): Texts {
  /** Site ids of the texts that this thread runs, by path. */
  const bases = new Map<string, number>();
  const known: InstrumentedText[] = [];
  /** What was found for other paths, and when; undefined: not to be asked for. */
  const foreign = new Map<string, { text: InstrumentedText | undefined; age: number } | undefined>();

  const ofSite = (site: number): InstrumentedText | undefined => {
    const found = known.find(({ base, count }) => site >= base && site < base + count);
    if (found !== undefined) return found;
    const text = recall({ site });
    if (text !== undefined) known.push(text);
    return text;
  };
  const atPath = (path: string): InstrumentedText | undefined => {
    const base = bases.get(path);
    if (base !== undefined) return ofSite(base);
    const found = foreign.get(path);
    if (found === undefined && (foreign.has(path) || !isForeign(path)))
      return void foreign.set(path, undefined);
    if (found?.age === age()) return found.text;
    const text = recall({ path });
    foreign.set(path, { text, age: age() });
    return text;
  };

  return {
    note: (path, base) => void bases.set(path, base),
    has: (path) => atPath(path) !== undefined,
    place(path, line, column) {
      const text = atPath(path);
      if (text === undefined) return undefined;
      const textLine = line - text.startLine;
      const ahead = textLine === 1 ? text.startColumn : 0;
      const found = originalPlace(text.moves, textLine, column - ahead - 1);
      return { line: found.line + text.startLine, column: found.column + ahead + 1 };
    },
    holdsSites: (path) => atPath(path)?.isCompiled === false,
    line(path, line) {
      const text = atPath(path);
      const textLine = line - (text?.startLine ?? 0);
      return text !== undefined && isMoved(text.moves, textLine) ? askLine(path, textLine) : undefined;
    },
    original(piece) {
      const site = siteIn(piece);
      const text = site === undefined ? undefined : ofSite(site);
      return text && originalText(text.moves, piece);
    },
  };
}
