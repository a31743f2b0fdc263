/** Remembers, for each instrumented file of a thread, how its columns moved. */

/** Where a host told V8 that a text begins (vm's `lineOffset` and `columnOffset`). */
export interface TextStart {
  line: number;
  column: number;
}

/** 1-based line, 0-based column of the instrumented text → 0-based column of the text before. */
type Shift = (line: number, column: number) => number;

export interface Columns {
  remember(path: string, shift: Shift, start?: TextStart): void;
  /** All 1-based, as V8 says them. */
  lookup(path: string, line: number, column: number): number | undefined;
}

/**
 * @param recall finds the shift of a file that another thread instrumented (Node 20's hooks thread); asked once a file,
 * when a stack trace first names it.
 */
export function createColumns(recall: (path: string) => Shift | undefined): Columns {
  const known = new Map<string, { shift: Shift; start: TextStart } | undefined>();
  return {
    remember(path, shift, start = { line: 0, column: 0 }) {
      known.set(path, { shift, start });
    },
    lookup(path, line, column) {
      if (!known.has(path)) {
        const shift = recall(path);
        known.set(path, shift && { shift, start: { line: 0, column: 0 } });
      }
      const entry = known.get(path);
      if (entry === undefined) return undefined;
      const textLine = line - entry.start.line;
      const ahead = textLine === 1 ? entry.start.column : 0;
      return entry.shift(textLine, column - ahead - 1) + ahead + 1;
    },
  };
}
