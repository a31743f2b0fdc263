/** The tables and views of `intellimap query`, explained on the terminal. */
import { ExitCode, Fault } from '../base/fault.ts';
import { nearest } from '../base/nearest.ts';
import { describeColumn, type Column, type Table, TABLES, VIEWS } from '../schema/index.ts';
import { table } from './table.ts';
import { wrapped } from './wrap.ts';
import type { Paint, Terminal } from './terminal.ts';

interface Layout {
  paint: Paint;
  columns: number;
}

/**
 * Prints what there is to ask: all tables and views, or one with its columns.
 * @param added views that the workspace adds
 */
export function explain(
  name: string | undefined,
  json: boolean,
  out: Terminal,
  added: Record<string, Table> = {},
): void {
  const views: Record<string, Table> = { ...VIEWS, ...added };
  const all: Record<string, Table> = { ...TABLES, ...views };
  if (name !== undefined && !Object.hasOwn(all, name)) {
    const guess = nearest(name, Object.keys(all));
    throw new Fault(
      ExitCode.USAGE,
      `there is no table "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      `tables: ${Object.keys(TABLES).join(', ')}; views: ${Object.keys(views).join(', ')}`,
    );
  }
  if (json) out.print(JSON.stringify(name === undefined ? all : all[name], null, 2));
  else if (name !== undefined) out.print(explainTable(name, all[name], out));
  else {
    const { bold } = out.paint;
    out.print(`${bold('tables')}\n${listTables(TABLES, out)}\n\n${bold('views')}\n${listTables(views, out)}`);
  }
}

/** All tables, a line or two each. */
export function listTables(tables: Record<string, Table>, layout: Layout): string {
  const entries = Object.entries(tables);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries
    .map(([name, { doc }]) => hanging(layout.paint.cyan(name.padEnd(width)), width, doc, layout))
    .join('\n');
}

/** One table with its columns. */
export function explainTable(name: string, { doc, columns }: Table, layout: Layout): string {
  const { paint } = layout;
  const entries = Object.entries(columns);
  const heads = table(entries.map(([column, facts]) => [paint.cyan(column), typeOf(facts)])).split('\n');
  const texts = entries.map(([, facts]) =>
    wrapped(meaningOf(facts), layout.columns - 8).map((line) => `      ${line}`),
  );
  return [
    paint.bold(name),
    ...wrapped(doc, layout.columns - 4).map((line) => `  ${line}`),
    '',
    ...heads.flatMap((head, at) => [head, ...texts[at]]),
  ].join('\n');
}

/** Words that stand beside a column's name: more of them follow what it means. */
const FEW_WORDS = 20;

const typeOf = ({ type, values = [] }: Column): string =>
  type === 'ENUM' ? (values.length <= FEW_WORDS ? values.join(' | ') : 'one of the words below') : type;

const meaningOf = (column: Column): string => {
  const { values = [] } = column;
  return `${describeColumn(column)}${values.length > FEW_WORDS ? ` ${values.join(', ')}.` : ''}`;
};

/** A head, and a text beside it that stays clear of the head's column. */
function hanging(head: string, width: number, text: string, { columns }: Layout): string {
  const gap = ' '.repeat(width + 4);
  return `  ${head}  ${wrapped(text, columns - width - 6).join(`\n${gap}`)}`;
}
