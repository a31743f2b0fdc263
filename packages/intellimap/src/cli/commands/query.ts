/** `intellimap query`: SQL over the recordings. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { type Answer, type Cell, sql } from '../../query/index.ts';
import { type Table, TABLES } from '../../schema/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { counted, oneLine } from '../format.ts';
import { withRun } from '../session.ts';
import { table } from '../table.ts';
import { explainTable, listTables } from '../tables.ts';
import type { Terminal } from '../terminal.ts';

export const query: Command = {
  name: 'query',
  usage: '"<sql>" [--run <id>] [--limit <n>] [--json]  |  --tables [<table>] [--json]',
  summary: 'Answers one SELECT (DuckDB SQL) over the latest run.',
  details: [
    'Plain table names mean the chosen run; all_runs.<table> means every run.',
    '',
    '  intellimap query --tables           lists the tables',
    '  intellimap query --tables calls     explains the columns of one',
    '  intellimap query "select name, hits from nodes_runtime join functions using (ast_node_id) order by hits desc"',
  ].join('\n'),
  options: {
    run: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
    tables: { type: 'boolean' },
  },
  help: [
    { usage: '--run <id>', text: 'the run that plain table names mean (default: the latest)' },
    { usage: '--limit <n>', text: 'rows at most (default 1000)' },
    { usage: '--json', text: 'print the rows as a JSON array of objects' },
    { usage: '--tables', text: 'explain the tables instead' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [text] = positionals;
    if (values['tables']) {
      explain(text, Boolean(values['json']), out);
      return ExitCode.OK;
    }
    if (text === undefined)
      throw new Fault(
        ExitCode.USAGE,
        'there is no SQL to run',
        'for example: intellimap query "select * from runs"',
      );
    const limit = wholeNumber('--limit', values['limit']);
    const answer = await withRun({ cwd, out }, values['run'], (session) =>
      sql(session, text, limit === undefined ? {} : { limit }),
    );
    out.print(values['json'] ? JSON.stringify(objects(answer), null, 2) : render(answer, out));
    if (answer.more) out.say(`intellimap: there are more rows; --limit sets how many are shown`);
    return ExitCode.OK;
  },
};

/** Prints what there is to ask: all tables, or one with its columns. */
function explain(name: string | undefined, json: boolean, out: Terminal): void {
  const tables: Record<string, Table> = TABLES;
  if (name !== undefined && !Object.hasOwn(tables, name))
    throw new Fault(
      ExitCode.USAGE,
      `there is no table "${name}"`,
      `tables: ${Object.keys(tables).join(', ')}`,
    );
  if (json) out.print(JSON.stringify(name === undefined ? tables : tables[name], null, 2));
  else out.print(name === undefined ? listTables(tables, out) : explainTable(name, tables[name], out));
}

const objects = ({ columns, rows }: Answer): Record<string, Cell>[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));

function render({ columns, rows }: Answer, { paint }: Terminal): string {
  const cells = rows.map((row) =>
    row.map((cell) => (cell === null ? paint.dim('null') : oneLine(String(cell), 120))),
  );
  const numeric = columns.flatMap((_, index) =>
    rows.every((row) => typeof row[index] === 'number' || row[index] === null) ? [index] : [],
  );
  const head = columns.map((name) => paint.bold(name));
  return `${table(cells, { head, right: numeric })}\n${paint.dim(`  (${counted(rows.length, 'row')})`)}`;
}
