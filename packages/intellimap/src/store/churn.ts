/** How often functions of the workspace's text were changed, as its repository tells. Made only when somebody asks for it. */
import type { RowOf } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { inTransaction, type Store } from './store.ts';

/** Who knows the repository; see `graph`. */
export interface ChurnMaker {
  /** null: there is none. */
  head: () => Promise<string | null>;
  churn: (
    functions: readonly { id: string; path: string; line: number; endLine: number }[],
  ) => Promise<readonly { id: string; path: string; commits: number; lastAt: number | null }[]>;
}

/** Brings `function_churn` up to date with the text and its last commit. */
export async function refreshChurn(store: Store, { head, churn }: ChurnMaker): Promise<void> {
  const [state] = await store.all<{ texts: string | null }>(
    "SELECT md5(string_agg(path || ' ' || content_hash, '\n' ORDER BY path)) AS texts FROM source_files",
  );
  const commit = await head();
  const madeFrom = `${commit} ${state?.texts ?? ''}`;
  const [known] = await store.all<{ made_from: string }>('SELECT made_from FROM function_churn LIMIT 1');
  if (known?.made_from === madeFrom) return;
  const functions = await store.all<{ id: string; path: string; line: number; endLine: number }>(
    `SELECT f.ast_node_id AS id, f.path, CASE f.kind WHEN 'module' THEN 1 ELSE f.line END AS line,
       CASE f.kind WHEN 'module' THEN greatest(t.lines, 1) ELSE f.end_line END AS "endLine"
     FROM source_functions f JOIN source_files t USING (path) ORDER BY f.path, f.line`,
  );
  const rows = commit === null ? [] : await churn(functions);
  await inTransaction(store, async () => {
    await store.connection.run('DELETE FROM function_churn');
    await appendRows(store.connection, 'function_churn', rows.map(rowOf(madeFrom)));
  });
}

const rowOf =
  (made_from: string) =>
  ({ id, path, commits, lastAt }: { id: string; path: string; commits: number; lastAt: number | null }): RowOf<'function_churn'> => ({
    ast_node_id: id,
    path,
    commits,
    last_at: lastAt,
    made_from,
  }); // prettier-ignore
