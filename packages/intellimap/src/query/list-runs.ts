/** Question: which recordings are there? */
import type { ReadingSession } from '../store/index.ts';

export interface RunLine {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  /** null: no end is known */
  durationMs: number | null;
  command: string[];
  tier: string;
  branch: string | null;
  commit: string | null;
  exitCode: number | null;
  signal: string | null;
  calls: number;
  errors: number;
  complete: boolean;
  /** As `--label` gave them. */
  labels: string[];
  /** Another tool recorded it. Who names no run means one that was not imported, where there is one. */
  imported: boolean;
}

/** All runs, newest first. */
export async function listRuns(db: ReadingSession): Promise<RunLine[]> {
  const rows = await db.all<Omit<RunLine, 'command' | 'labels'> & { command: string; labels: string }>(`
    SELECT id, ts AS startedAt, duration_ms AS durationMs, command, tier, branch, "commit", exit_code AS exitCode, signal,
      CASE WHEN tier = 'performance' THEN calls_total ELSE coalesce((SELECT sum(hits) FROM all_runs.nodes_runtime WHERE run_id = id), 0) END AS calls,
      coalesce((SELECT sum(count) FROM all_runs.errors WHERE run_id = id), 0) AS errors, complete, labels, imported IS NOT NULL AS imported
    FROM all_runs.runs ORDER BY ts DESC, id DESC`);
  return rows.map((row) => ({
    ...row,
    command: JSON.parse(row.command) as string[],
    labels: JSON.parse(row.labels) as string[],
  }));
}
