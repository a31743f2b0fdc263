/** SQL that creates the tables, with every description as COMMENT, so that the live database explains itself. */
import type { Column, Table } from './column.ts';
import { TABLES } from './tables.ts';

/** A name as SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text as SQL literal; for DDL only, where parameters cannot be bound. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const sqlType = (column: Column): string =>
  column.type === 'ENUM' ? `ENUM(${(column.values ?? []).map(literal).join(', ')})` : column.type;

/** Description of a column as one text: meaning, unit, what NULL means. */
export function describeColumn(column: Column): string {
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  const none = column.none === undefined ? '' : ` NULL: ${column.none}.`;
  return column.doc + unit + none;
}

/** Statements that create all tables. */
export function ddl(tables: Record<string, Table> = TABLES): string[] {
  return Object.entries(tables).flatMap(([name, table]) => [
    createTable(name, table),
    ...comments(name, table),
  ]);
}

function createTable(name: string, table: Table): string {
  const columns = Object.entries(table.columns).map(
    ([column, facts]) =>
      `  ${identifier(column)} ${sqlType(facts)}${facts.none === undefined ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE ${identifier(name)} (\n${columns.join(',\n')}\n)`;
}

export const commentOn = (table: string, column: string, facts: Column): string =>
  `COMMENT ON COLUMN ${identifier(table)}.${identifier(column)} IS ${literal(describeColumn(facts))}`;

function comments(name: string, table: Table): string[] {
  const columns = Object.entries(table.columns).map(([column, facts]) => commentOn(name, column, facts));
  return [`COMMENT ON TABLE ${identifier(name)} IS ${literal(table.doc)}`, ...columns];
}
