/** Question: what is known of the text of a file, function by function? */
import { ExitCode, Fault } from '../base/fault.ts';
import type { Session } from './session.ts';

export interface SourceFile {
  path: string;
  /** First 16 hex digits of the SHA-256 of the text that ran; null: it was not instrumented. */
  contentHash: string | null;
  /** In the order of the source. */
  functions: SourceFunction[];
}

export interface SourceFunction {
  /** `ast_node_id` */
  id: string;
  name: string;
  kind: string;
  line: number;
  endLine: number;
  calls: number;
  /** null: the tier takes no times. */
  selfMs: number | null;
  errors: number;
}

/** @throws Fault (NOT_FOUND): the run knows no such file */
export async function sourceFile({ db }: Session, path: string): Promise<SourceFile> {
  const [file] = await db.all<{ hash: string | null }>(
    `SELECT content_hash AS hash FROM modules WHERE path = $path
     UNION ALL SELECT content_hash FROM source_files WHERE path = $path AND NOT EXISTS (FROM modules WHERE path = $path)`,
    { path },
  );
  if (file === undefined)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `this run knows no file "${path}"`,
      'Files have paths relative to the workspace.',
    );
  const functions = await db.all<SourceFunction>(
    `SELECT f.ast_node_id AS id, f.name, f.kind, f.line, f.end_line AS endLine, coalesce(n.hits, 0) AS calls, n.self_ms AS selfMs,
       coalesce((SELECT sum(count) FROM errors e WHERE e."function" = f.ast_node_id), 0)::BIGINT AS errors
     FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id) WHERE f.path = $path ORDER BY f.line, f."column"`,
    { path },
  );
  return { path, contentHash: file.hash, functions };
}
