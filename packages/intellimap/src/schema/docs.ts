/** `docs/tables.md`: the tables as a page for people. */
import { type Column, type Table } from './column.ts';
import { TABLES } from './tables.ts';
import type { View } from './view.ts';
import { VIEWS } from './views.ts';

const INTRO = `# Tables

Everything IntelliMap stores, as SQL sees it (\`intellimap query "select …"\`). Plain table names mean the chosen run;
\`all_runs.<table>\` holds the rows of every run. The same texts are in the database as comments
(\`select column_name, comment from duckdb_columns() where table_name = 'calls'\`). [views.md](views.md) has what joins them.

This page is generated from \`packages/intellimap/src/schema\`; change it there.
`;

export function tablesMarkdown(tables: Record<string, Table> = TABLES): string {
  const parts = Object.entries(tables).map(([name, table]) => section(name, table));
  return [INTRO, ...parts].join('\n');
}

const VIEWS_INTRO = `# Views

Questions that are asked often, as tables: joined, named, with places. They are part of what IntelliMap promises: columns stay, and mean the same. Plain names
mean the chosen run, \`all_runs.<view>\` every run, as with [tables](tables.md):

    intellimap query "select name, self_ms, self_share from hot_functions order by self_ms desc limit 5"
    intellimap query "select run_id, dst_name, count from all_runs.edges where src_name = 'checkout' order by run_id"

This page is generated from \`packages/intellimap/src/schema/views\`; change it there.
`;

export function viewsMarkdown(views: Record<string, View> = VIEWS): string {
  const parts = Object.entries(views).map(
    ([name, view]) => `${section(name, view)}\n\`\`\`sql\n${plainSql(view)}\n\`\`\`\n`,
  );
  return [VIEWS_INTRO, ...parts].join('\n');
}

/** As it is over every run, without the margin of the source. */
function plainSql({ sql }: View): string {
  const text = sql((a, b) => `${a}.run_id = ${b}.run_id AND`).replace(/^\n/, '');
  const margin = /^ */.exec(text)![0];
  return text.trimEnd().replaceAll(new RegExp(`^${margin}`, 'gm'), '');
}

function section(name: string, table: Pick<Table, 'doc' | 'columns'>): string {
  const rows = Object.entries(table.columns).map(([column, facts]) => line(column, facts));
  return `## ${name}\n\n${table.doc}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function line(name: string, column: Column): string {
  const type =
    column.type === 'ENUM' ? (column.values ?? []).map((word) => `\`${word}\``).join(' ') : column.type;
  const none = column.none === undefined ? '' : ` NULL: ${column.none}.`;
  return `| \`${name}\` | ${type} | ${column.unit ?? ''} | ${cell(column.doc + none)} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
