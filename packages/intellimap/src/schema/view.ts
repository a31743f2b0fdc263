/** What a view is: SQL that belongs to the public interface, written once, as tables are. */
import type { Column } from './column.ts';
import { describeColumn, identifier, literal } from './ddl.ts';

export interface View {
  doc: string;
  columns: Record<string, Column>;
  /**
   * A SELECT over tables, by plain names.
   * @param same condition that two rows are of one run, for joins: `same('c', 'f')`, followed by another condition. Where only one run can be seen it is
   * nothing, since comparing the same text a million times takes half of the time that such a join takes.
   */
  sql: (same: (a: string, b: string) => string) => string;
}

const inOneRun = (a: string, b: string): string => `${a}.run_id = ${b}.run_id AND`;
const alone = (): string => '';

/** Statements that make the views over tables with rows of every run, with their comments. */
export function viewDdl(views: Record<string, View>): string[] {
  return Object.entries(views).flatMap(([name, { doc, columns, sql }]) => [
    `CREATE OR REPLACE VIEW ${identifier(name)} AS ${sql(inOneRun).trim()}`,
    `COMMENT ON VIEW ${identifier(name)} IS ${literal(doc)}`,
    ...Object.entries(columns).map(
      ([column, facts]) =>
        `COMMENT ON COLUMN ${identifier(name)}.${identifier(column)} IS ${literal(describeColumn(facts))}`,
    ),
  ]);
}

/** Statements that make them where plain table names mean one run. */
export const viewsOfOneRun = (views: Record<string, View>): string[] =>
  Object.entries(views).map(([name, { sql }]) => `CREATE VIEW ${identifier(name)} AS ${sql(alone).trim()}`);
