/** Question: how often was the code of a function, or of a file, passed, as V8 counted it? */
import { holdings } from './holdings.ts';
import type { Session } from './session.ts';

export interface CoveredBlock {
  /** Lines from 1, columns from 0 (UTF-16 units; null: whole lines), end exclusive. */
  line: number;
  column: number | null;
  endLine: number;
  endColumn: number | null;
  count: number;
}

export interface CoveredFunction {
  id: string | null;
  name: string | null;
  path: string;
  line: number;
  /** How often it was called. */
  count: number;
  /** Blocks in it that were passed more or less often, in the order of the source. */
  blocks: CoveredBlock[];
}

interface Row extends CoveredBlock {
  id: string | null;
  name: string | null;
  path: string;
  kind: 'function' | 'block';
}

/** @param of a function's id, or a file's path; functions come in the order of the source. None: nothing was counted there. */
export async function coverageOf(
  session: Session,
  of: { id: string } | { path: string },
): Promise<CoveredFunction[]> {
  if (!(await holdings(session)).coverage) return [];
  const rows = await session.db.all<Row>(
    `SELECT ast_node_id AS id, name, path, kind, line, "column", end_line AS endLine, end_column AS endColumn, count
     FROM coverage WHERE source = 'v8' AND kind IN ('function', 'block') AND ${'id' in of ? 'ast_node_id = $id' : 'path = $path'}
     ORDER BY path, line, "column", kind DESC`,
    { ...of },
  );
  const functions = rows.filter(({ kind }) => kind === 'function');
  return functions.map(({ id, name, path, line, count }) => ({
    id,
    name,
    path,
    line,
    count,
    blocks: rows
      .filter((row) => row.kind === 'block' && row.id === id)
      .map((row) => ({
        line: row.line,
        column: row.column,
        endLine: row.endLine,
        endColumn: row.endColumn,
        count: row.count,
      })),
  }));
}

export interface CoveredFile {
  path: string;
  functions: number;
  /** Those that were called. */
  called: number;
}

/** Files by how many of their functions were never called, most first. */
export async function coveredFiles({ db }: Session): Promise<CoveredFile[]> {
  return await db.all<CoveredFile>(
    `SELECT c.path, count(*) AS functions, count(*) FILTER (c.count > 0) AS called
     FROM coverage c JOIN functions f USING (ast_node_id)
     WHERE c.source = 'v8' AND c.kind = 'function' AND f.kind <> 'module'
     GROUP BY c.path ORDER BY functions - called DESC, c.path`,
  );
}
