/** Remembers, for each instrumented text of a thread, what the insertions moved: for columns in stack traces and texts of functions. */
// Not from the entry: that brings the parser into processes which have nothing to instrument.
import { isMoved, type Moves, originalColumn, originalText } from '../transform/3-rewrite/moves.ts';

/** Where a host told V8 that a text begins (vm's `lineOffset` and `columnOffset`). */
export interface TextStart {
  line: number;
  column: number;
}

export interface InstrumentedText {
  path: string;
  moves: Moves;
  /** Site ids base … base + count - 1. */
  base: number;
  count: number;
  /** The text is not that of the file on disk. */
  compiled: boolean;
  start: TextStart;
}

export interface Texts {
  remember: (text: InstrumentedText) => void;
  /** Generated line and column → column before; all from 1, as V8 says them. Undefined: not one of ours. */
  column: (path: string, line: number, column: number) => number | undefined;
  /** Does this line (from 1) of the file on disk read differently in what V8 holds? */
  changed: (path: string, line: number) => boolean;
  /** Text of a function or class → the same as its author wrote it; undefined when no probe is in it. */
  original: (piece: string) => string | undefined;
}

/** Finds a text that another thread instrumented (Node 20's hooks thread): by its path, or by one of its sites. */
export type Recall = (wanted: { path: string } | { site: number }) => InstrumentedText | undefined;

const NUMBER = /\$im([EFH])\((\d+)/;

export function createTexts(recall: Recall): Texts {
  const byPath = new Map<string, InstrumentedText | undefined>();
  const all: InstrumentedText[] = [];

  const remember = (text: InstrumentedText): void => {
    byPath.set(text.path, text);
    all.push(text);
  };
  const atPath = (path: string): InstrumentedText | undefined => {
    if (!byPath.has(path)) {
      const text = recall({ path });
      if (text) remember(text);
      else byPath.set(path, undefined);
    }
    return byPath.get(path);
  };
  const ofSite = (site: number): InstrumentedText | undefined => {
    const known = all.find(({ base, count }) => site >= base && site < base + count);
    if (known) return known;
    const text = recall({ site });
    if (text) remember(text);
    return text;
  };

  return {
    remember,
    column(path, line, column) {
      const text = atPath(path);
      if (text === undefined) return undefined;
      const textLine = line - text.start.line;
      const ahead = textLine === 1 ? text.start.column : 0;
      return originalColumn(text.moves, textLine, column - ahead - 1) + ahead + 1;
    },
    changed(path, line) {
      const text = atPath(path);
      return text !== undefined && !text.compiled && isMoved(text.moves, line);
    },
    original(piece) {
      const probe = NUMBER.exec(piece);
      if (probe === null) return undefined;
      const number = Number(probe[2]);
      // A word carries its site above the four bits of its kind; counters are given the site itself.
      const text = ofSite(probe[1] === 'H' ? number : number >>> 4);
      return text && originalText(text.moves, piece);
    },
  };
}
