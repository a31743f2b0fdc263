/** Question: which texts does the database hold of the run, and in which columns? For who looks whether something is among them that should not be. */
import { identifier, RUN_TABLES, TABLES, type Table } from '../schema/index.ts';
import type { Session } from './session.ts';

export interface StoredTexts {
  table: string;
  column: string;
  /** Each once. */
  texts: string[];
}

export async function* storedTexts({ db }: Session): AsyncGenerator<StoredTexts> {
  for (const table of RUN_TABLES) {
    const { columns } = TABLES[table] as Table;
    for (const [column, { type }] of Object.entries(columns)) {
      if (type !== 'VARCHAR' || column === 'run_id') continue;
      const name = identifier(column);
      const rows = await db.all<{ text: string }>(
        `SELECT DISTINCT ${name}::VARCHAR AS text FROM ${identifier(table)} WHERE ${name} IS NOT NULL ORDER BY text`,
      );
      yield { table, column, texts: rows.map(({ text }) => text) };
    }
  }
}
