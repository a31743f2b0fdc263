/** CSV as RFC 4180 has it: CRLF, a line of names, quotes doubled. NULL is nothing at all, an empty text is `""`. */
import type { Json } from '../../query/index.ts';
import type { Format } from './writer.ts';

/**
 * Spreadsheets take a text that begins like this for a formula, and run it; what a recorded program said may be such a text. A `'` in front makes it
 * text again. Numbers are left alone. See OWASP, "CSV Injection".
 */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

export const csv: Format = ({ print, raw }) => ({
  head: (columns) => print(line(columns, raw)),
  rows: (rows) => print(rows.map((row) => line(row, raw)).join('\n')),
  end: () => {},
});

/** Without its end, of which `print` makes the line feed. */
const line = (cells: Json[], raw: boolean): string => `${cells.map((cell) => field(cell, raw)).join(',')}\r`;

export function field(cell: Json, raw: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const safe = !raw && FORMULA.test(text) ? `'${text}` : text;
  return text === '' || QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
