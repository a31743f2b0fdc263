/** The views of the database, made anew when they are not those of this version. They hold no rows: nothing is lost by it. */
import { identifier, literal, VIEWS, viewDdl, viewsFingerprint } from '../schema/index.ts';
import type { OpenedDatabase } from './database.ts';

/** A view that says which views there are: one row. */
const VERSION = 'views_version';

export const hasViews = async (database: OpenedDatabase): Promise<boolean> =>
  (await found(database)) === viewsFingerprint();

export async function renewViews(database: OpenedDatabase): Promise<void> {
  if (await hasViews(database)) return;
  const { connection } = database;
  await connection.run('BEGIN');
  try {
    const statements = [
      ...(await others(database)).map((name) => `DROP VIEW ${identifier(name)}`),
      ...viewDdl(VIEWS),
      `CREATE OR REPLACE VIEW ${VERSION} AS SELECT ${literal(viewsFingerprint())} AS fingerprint`,
      `COMMENT ON VIEW ${VERSION} IS 'One row: which views this database has.'`,
      `COMMENT ON COLUMN ${VERSION}.fingerprint IS 'Hash of their definitions.'`,
    ];
    // One text: each by itself takes twice as long.
    await connection.run(statements.join(';'));
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function found(database: OpenedDatabase): Promise<string | undefined> {
  const [view] = await database.all('SELECT 1 FROM duckdb_views() WHERE view_name = $name', {
    name: VERSION,
  });
  if (view === undefined) return undefined;
  const [row] = await database.all<{ fingerprint: string }>(`SELECT fingerprint FROM ${VERSION}`);
  return row?.fingerprint;
}

/** Those of another version that this one does not have. */
async function others(database: OpenedDatabase): Promise<string[]> {
  const rows = await database.all<{ name: string }>(
    'SELECT view_name AS name FROM duckdb_views() WHERE NOT internal',
  );
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(VIEWS, name));
}
