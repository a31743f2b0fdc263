/** Which SQL a question is really asked with: told while it is asked, as text that `intellimap query` answers. Pure, but for the session it listens to. */
import { literal } from '../schema/index.ts';
import type { Answer, Cell, InColumns, SelectLimits } from '../store/index.ts';
import type { Session } from './session.ts';

/** The same session; `statements` grows with each one that is asked through it, none told twice. */
export function listening(session: Session): { session: Session; statements: string[] } {
  const statements: string[] = [];
  const { db } = session;
  const hear = (sql: string, values?: Record<string, Cell>): void => {
    const text = runnable(sql, values);
    if (!statements.includes(text)) statements.push(text);
  };
  const told = {
    ...db,
    all: async <R extends object>(sql: string, values?: Record<string, Cell>): Promise<R[]> => {
      hear(sql, values);
      return await db.all<R>(sql, values);
    },
    columns: async <R extends object>(sql: string, values?: Record<string, Cell>): Promise<InColumns<R>> => {
      hear(sql, values);
      return await db.columns<R>(sql, values);
    },
    select: async (sql: string, limits: SelectLimits): Promise<Answer> => {
      hear(sql, limits.values);
      return await db.select(sql, limits);
    },
  };
  return { session: { ...session, db: told }, statements };
}

/** The same session; `asked` grows with each statement that is asked through it, and with its values. */
export function heardStatements(session: Session): {
  session: Session;
  asked: { sql: string; values: Record<string, Cell> }[];
} {
  const asked: { sql: string; values: Record<string, Cell> }[] = [];
  const { db } = session;
  const told = {
    ...db,
    all: async <R extends object>(sql: string, values: Record<string, Cell> = {}): Promise<R[]> => {
      asked.push({ sql, values });
      return await db.all<R>(sql, values);
    },
  };
  return { session: { ...session, db: told }, asked };
}

/** SQL with its values in it, and without the margin of the source. For reading and asking again: what is asked has them bound. */
export function runnable(sql: string, values: Record<string, Cell> = {}): string {
  // Texts, quoted names and comments are passed over.
  const text = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\$(\w+)/g, (found, name: string) =>
    name !== undefined && Object.hasOwn(values, name) ? written(values[name]) : found,
  );
  const lines = text.split('\n');
  const margins = lines.slice(1).filter((line) => line.trim() !== '');
  const margin = Math.min(...margins.map((line) => line.length - line.trimStart().length));
  return [lines[0].trim(), ...lines.slice(1).map((line) => line.slice(margin).trimEnd())].join('\n').trim();
}

function written(value: Cell): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? literal(value) : String(value);
}
