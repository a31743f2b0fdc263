/** Question: which imports were never made use of? What "used" means is said at the column `imports.used`. */
import type { Session } from './session.ts';

export interface ImportEdge {
  src: string;
  line: number;
  specifier: string;
  /** null: never resolved in this run */
  dst: string | null;
  kind: string;
  names: string[];
}

export interface ImportUse {
  /** Known to be unused, by file and line. */
  unused: ImportEdge[];
  used: number;
  /** Neither is known. */
  unknown: number;
}

export async function unusedImports({ db }: Session): Promise<ImportUse> {
  const [counts] = await db.all<{ used: number; unknown: number }>(
    'SELECT count(*) FILTER (used) AS used, count(*) FILTER (used IS NULL AND NOT type_only) AS unknown FROM imports',
  );
  const rows = await db.all<Omit<ImportEdge, 'names'> & { names: string }>(
    'SELECT src, line, specifier, dst, kind, names FROM imports WHERE used = false ORDER BY src, line, specifier',
  );
  return { ...counts, unused: rows.map((row) => ({ ...row, names: JSON.parse(row.names) as string[] })) };
}
