/** Question: what became of each import in all runs of the workspace? */
import type { Session } from './session.ts';

export interface ImportUses {
  src: string;
  specifier: string;
  kind: string;
  line: number;
  names: string[];
  /** Runs that know it, those that made use of it, those that did not, those that loaded what it names. */
  runs: number;
  used: number;
  unused: number;
  loaded: number;
  /** The newest of them. */
  last: string;
}

/** By file and line, as the newest run has it. */
export async function importUses({ db }: Session): Promise<ImportUses[]> {
  const rows = await db.all<Omit<ImportUses, 'names'> & { names: string }>(`
    SELECT src, specifier, kind, arg_max(line, r.ts) AS line, names, count(DISTINCT r.id) AS runs,
      count(DISTINCT r.id) FILTER (used) AS used, count(DISTINCT r.id) FILTER (used = false) AS unused,
      count(DISTINCT r.id) FILTER (dst IS NOT NULL OR reached > 0) AS loaded, arg_max(r.id, r.ts) AS last
    FROM all_runs.imports i JOIN all_runs.runs r ON r.id = i.run_id WHERE NOT type_only
    GROUP BY src, specifier, kind, names ORDER BY src, line, specifier, names`);
  return rows.map((row) => ({ ...row, names: JSON.parse(row.names) as string[] }));
}
