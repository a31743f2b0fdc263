/** What was done to answer a question, as text: the SQL, what it reads and what that rests on, the steps. Pure. */
import type { Explained, ExplainedStep, ExplainedTable } from '../query/index.ts';
import { counted, grouped, oneLine, time } from './format.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

type Out = Pick<Terminal, 'paint' | 'columns'>;

export function explainedText({ sql, ms, rows, tables, steps }: Explained, out: Out): string {
  const { paint } = out;
  return [
    paint.dim(sql),
    '',
    `${counted(rows, 'row')} in ${time(ms)}`,
    ...(tables.length > 0 ? ['', paint.bold('reads'), ...tablesText(tables, out)] : []),
    '',
    paint.bold('steps, the last one first'),
    stepsText(steps, out),
  ].join('\n');
}

const RESTS_ON: Readonly<Record<ExplainedTable['evidence'], string>> = {
  recorded: 'recorded by runs',
  text: 'the text as it is now',
  database: 'the database itself',
};

function tablesText(tables: readonly ExplainedTable[], { paint, columns }: Out): string[] {
  const rows = tables.map(({ name, rows: all, scanned, taken, evidence }) => [
    paint.cyan(name),
    grouped(scanned),
    grouped(taken),
    grouped(all),
    RESTS_ON[evidence],
  ]);
  return [
    table(rows, { head: ['', 'looked at', 'of use', 'of', ''], right: [1, 2, 3] }),
    ...tables
      .filter(({ doc }) => doc !== '')
      .flatMap(({ name, doc }) =>
        wrapped(`${name}: ${doc}`, Math.max(40, columns - 4)).map((line) => paint.dim(`    ${line}`)),
      ),
  ];
}

function stepsText(steps: readonly ExplainedStep[], { columns, paint }: Out): string {
  const room = Math.max(30, columns - 26);
  const most = Math.max(...steps.map(({ ms }) => ms));
  const rows = steps.map(({ depth, what, how, rows: count, ms }) => {
    const words = `${'· '.repeat(depth)}${what}${how === '' ? '' : `  ${how}`}`;
    const took = time(ms);
    return [oneLine(words, room), grouped(count), ms === most ? paint.yellow(took) : took];
  });
  return table(rows, { head: ['', 'rows', 'time'], right: [1, 2] });
}
