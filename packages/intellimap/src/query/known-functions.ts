/** Question: which functions are known in this workspace, and where? What imports tell is attributed to them. */
import { existsSync } from 'node:fs';
import { openReading, type OpenOptions, refresh, storeFile } from '../store/index.ts';

export interface KnownFunction {
  id: string;
  name: string;
  path: string;
  kind: string;
  /** Lines from 1, columns from 0 (UTF-16 units), end exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Columns of `functions f` that are these fields. */
export const KNOWN_COLUMNS = `f.ast_node_id AS id, f.name, f.path, f.kind, f.line, f."column", f.end_line AS endLine, f.end_column AS endColumn`;

/** Of each file as the latest run has it that loaded it. None where nothing was recorded. */
export async function knownFunctions(
  root: string,
  options: OpenOptions & { onProgress?: (share: number, what: string) => void } = {},
): Promise<KnownFunction[]> {
  await refresh(root, options);
  if (!existsSync(storeFile(root))) return [];
  const db = await openReading(root, options);
  try {
    return await db.all<KnownFunction>(`
      SELECT ${KNOWN_COLUMNS}
      FROM all_runs.functions f JOIN (
        SELECT m.path, arg_max(m.run_id, (r.ts, r.id)) AS run_id
        FROM all_runs.modules m JOIN all_runs.runs r ON r.id = m.run_id WHERE m.instrumented GROUP BY m.path
      ) latest USING (path, run_id)
      ORDER BY f.path, f.line, f."column", f.end_line DESC, f.end_column DESC`);
  } finally {
    db.close();
  }
}
