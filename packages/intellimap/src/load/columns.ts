/** Remembers, for each instrumented file of a thread, how its columns moved. */

/** Where a host told V8 that a text begins (vm's `lineOffset` and `columnOffset`). */
export interface TextStart {
  line: number;
  column: number;
}

/** A column behind the end of any line. */
const FAR = 2 ** 30;

interface Entry {
  shift: Shift;
  compiled: boolean;
  start: TextStart;
}

/** 1-based line, 0-based column of the instrumented text → 0-based column of the text before. */
type Shift = (line: number, column: number) => number;

export interface Columns {
  /** `compiled`: the text is not that of the file on disk. */
  remember: (path: string, shift: Shift, compiled: boolean, start?: TextStart) => void;
  /** All 1-based, as V8 says them. */
  lookup: (path: string, line: number, column: number) => number | undefined;
  /** Does this line (1-based) of the file on disk read differently in what V8 holds? */
  changed: (path: string, line: number) => boolean;
}

/**
 * @param recall finds the shift of a file that another thread instrumented (Node 20's hooks thread); asked once a file,
 * when a stack trace first names it.
 */
export function createColumns(recall: (path: string) => Shift | undefined): Columns {
  const known = new Map<string, Entry | undefined>();
  const find = (path: string): Entry | undefined => {
    if (!known.has(path)) {
      const shift = recall(path);
      known.set(path, shift && { shift, compiled: false, start: { line: 0, column: 0 } });
    }
    return known.get(path);
  };
  return {
    remember(path, shift, compiled, start = { line: 0, column: 0 }) {
      known.set(path, { shift, compiled, start });
    },
    lookup(path, line, column) {
      const entry = find(path);
      if (entry === undefined) return undefined;
      const textLine = line - entry.start.line;
      const ahead = textLine === 1 ? entry.start.column : 0;
      return entry.shift(textLine, column - ahead - 1) + ahead + 1;
    },
    changed(path, line) {
      const entry = find(path);
      return entry !== undefined && !entry.compiled && entry.shift(line, FAR) !== FAR;
    },
  };
}
