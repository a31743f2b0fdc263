/**
 * The line that Node quotes in front of a stack. What leaves a script of `node:vm`, `node --eval` or an evaluated worker is
 * "decorated": its `stack` begins with place, line and caret, and V8's line is the instrumented one.
 */
export interface LineLookup {
  /** The line (from 1) as the author wrote it; undefined where it reads the same in what V8 holds. */
  line: (script: string, line: number) => string | undefined;
  /** Column (from 1) in what V8 holds → column in the author's line. */
  column: (script: string, line: number, column: number) => number;
}

const QUOTE = /^(.+):(\d+)\n(.*)\n([ \t]*)(\^+)\n/;

/** The same stack with the author's line, when one is quoted that V8 has differently. */
export function withAuthorsLine(stack: string, lookup: LineLookup): string {
  const match = QUOTE.exec(stack);
  if (match === null) return stack;
  const [whole, script, number, text, indent, caret] = match as unknown as string[];
  const line = Number(number);
  const quoted = lookup.line(script, line);
  // The same: it was put right already.
  if (quoted === undefined || quoted === text) return stack;
  const before = quoted
    .slice(0, lookup.column(script, line, indent.length + 1) - 1)
    .replaceAll(/[^\t]/g, ' ');
  return `${script}:${line}\n${quoted}\n${before}${caret}\n${stack.slice(whole.length)}`;
}

export const isQuoting = (stack: unknown): boolean => typeof stack === 'string' && QUOTE.test(stack);
