/** Where SQL is wrong, told by DuckDB's drawing below its message. Pure. */
import { Fault } from '../base/fault.ts';

/** The fault of a question in SQL; `at`: where it is wrong, UTF-16 units from its beginning; null: not known. */
export class SqlFault extends Fault {
  readonly at: number | null;

  constructor({ exitCode, message, advice }: Fault, sql: string) {
    super(exitCode, message.split(/\n\s*\n?LINE \d+:/, 1)[0].trim(), advice);
    this.at = placeIn(sql, message);
  }
}

/**
 * ```
 * LINE 2: … FROM call
 *                ^
 * ```
 * Of a long line only the part around the place is drawn, with `...` in front.
 */
export function placeIn(sql: string, message: string): number | null {
  const drawn = /LINE (\d+): (.*)\n( *)\^/.exec(message);
  if (drawn === null) return null;
  const [, number, shown, blanks] = drawn;
  const lines = sql.split('\n');
  const line = Number(number) - 1;
  if (lines[line] === undefined) return null;
  const begin = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const column = blanks.length - `LINE ${number}: `.length;
  const isCut = shown.startsWith('...');
  const part = shown.slice(isCut ? 3 : 0).replace(/\.\.\.$/, '');
  const from = isCut ? lines[line].indexOf(part) : 0;
  const at = begin + from + column - (isCut ? 3 : 0);
  return from < 0 || column < 0 || at > sql.length ? null : at;
}
