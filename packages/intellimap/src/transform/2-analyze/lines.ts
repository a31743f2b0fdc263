/** Offsets ↔ lines and columns. Lines are 1-based and end where V8 says so (LF, CR, CRLF, U+2028, U+2029); columns are 0-based UTF-16 units. */
import { lastUpTo } from '../../base/search.ts';

export interface Position {
  line: number;
  column: number;
}

export interface Lines {
  count: number;
  startOf(line: number): number;
  at(offset: number): Position;
}

export function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  return {
    count: starts.length,
    startOf: (line) => starts[line - 1] ?? text.length,
    at: (offset) => {
      const index = lastUpTo(starts, offset);
      return { line: index + 1, column: offset - starts[index] };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (/\r(?!\n)|[\u2028\u2029]/.test(text)) {
    for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(end.index + end[0].length);
    return starts;
  }
  // The usual case; indexOf is several times faster than any regular expression.
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
