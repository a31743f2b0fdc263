/** `intellimap query --history` and `--again`. */
import { ExitCode, Fault } from '../base/fault.ts';
import { oneLine } from './format.ts';
import { readHistory } from './history.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export function printHistory(root: string, json: boolean, out: Terminal): void {
  const asked = readHistory(root);
  if (json) out.print(JSON.stringify(asked, null, 2));
  else if (asked.length === 0) out.print('nothing was asked here yet');
  else {
    const rows = asked.map(({ n, at, rows: count, sql }) => [
      String(n),
      out.paint.dim(at.slice(0, 16).replace('T', ' ')),
      count === null ? out.paint.red('failed') : String(count),
      oneLine(sql.replaceAll(/\s+/g, ' ').trim(), Math.max(20, out.columns - 36)),
    ]);
    out.print(table(rows, { head: ['n', 'asked (UTC)', 'rows', 'query'].map(out.paint.dim), right: [0, 2] }));
  }
}

/** The SQL of the query with that number. */
export function againOf(root: string, number: string): string {
  const found = readHistory(root).findLast(({ n }) => String(n) === number);
  if (found !== undefined) return found.sql;
  throw new Fault(
    ExitCode.NOT_FOUND,
    `there is no query ${number} in the history`,
    'intellimap query --history lists them',
  );
}
