/** What the map tells of the workspace's text, as far as somebody looked at it: files that no run loaded, reads of flags, packages. */
import type { ReadingSession } from '../../store/index.ts';

export interface TextRows {
  /** Functions of files that are part of the program by their names; module bodies, tests, settings and declarations left out. */
  functions: { id: string; name: string; path: string; line: number }[];
  files: { path: string; package: string; lines: number }[];
  imports: { src: string; dst: string }[];
  /** Places that read flags, by function. */
  flags: { id: string; reads: number }[];
  packages: { folder: string; name: string | null }[];
}

export async function textRows(db: ReadingSession, run: string): Promise<TextRows> {
  return {
    functions: await db.all(FUNCTIONS, { run }),
    files: await db.all(FILES),
    imports: await db.all(IMPORTS),
    flags: await db.all(FLAGS),
    packages: await db.all('SELECT folder, name FROM source_packages ORDER BY folder'),
  };
}

/** Of files that this run loaded, the run itself tells. */
const FUNCTIONS = `
  SELECT s.ast_node_id AS id, s.name, s.path, s.line FROM source_functions s JOIN source_files f USING (path)
  WHERE f.role = 'source' AND s.kind <> 'module' AND s.path NOT IN (SELECT path FROM all_runs.functions WHERE run_id = $run)
  ORDER BY s.path, s.line, s.ast_node_id`;

const FILES = `SELECT path, package, coalesce(lines, 0) AS lines FROM source_files WHERE role = 'source' ORDER BY path`;

const IMPORTS = `
  SELECT DISTINCT path AS src, target AS dst FROM source_imports
  WHERE target IS NOT NULL AND NOT type_only AND path <> target ORDER BY ALL`;

const FLAGS = `
  SELECT reader AS id, count(*)::DOUBLE AS reads FROM source_flag_reads
  WHERE use <> 'set' AND source <> 'import' GROUP BY reader`;
