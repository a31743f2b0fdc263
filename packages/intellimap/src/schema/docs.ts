/** `docs/tables.md`: the tables as a page for people. */
import { type Column, type Table } from './column.ts';
import { TABLES } from './tables.ts';

const INTRO = `# Tables

Everything IntelliMap stores, as SQL sees it (\`intellimap query "select …"\`). Plain table names mean the chosen run;
\`all_runs.<table>\` holds the rows of every run. The same texts are in the database as comments
(\`select column_name, comment from duckdb_columns() where table_name = 'calls'\`).

This page is generated from \`packages/intellimap/src/schema\`; change it there.
`;

export function tablesMarkdown(tables: Record<string, Table> = TABLES): string {
  const parts = Object.entries(tables).map(([name, table]) => section(name, table));
  return [INTRO, ...parts].join('\n');
}

function section(name: string, table: Table): string {
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
