/** Question: which runs of a command were made with a plan, what was foretold of them, and what did their recorder tell? */
import type { ReadingSession } from '../store/index.ts';

export interface PlannedRun {
  run: string;
  /** Percent; null: no limit. */
  budget: number | null;
  /** Percent of what the program takes by itself. */
  foretold: number;
  /**
   * The same as the recorder had it in the last seconds of the run: what its own thread took was measured, what its probes take was calculated; null: only runs with a budget
   * tell it.
   */
  told: number | null;
}

/** @param command as in `runs.command`; newest first */
export const plannedRuns = async (db: ReadingSession, command: string, cwd: string): Promise<PlannedRun[]> =>
  await db.all<PlannedRun>(PLANNED, { command, cwd });

const PLANNED = `
  SELECT r.id AS run, json_extract(flags, '$.foretold.budget')::DOUBLE AS budget, json_extract(flags, '$.foretold.percent')::DOUBLE AS foretold,
    (SELECT avg(percent) FROM (
      SELECT percent, at_us, max(at_us) OVER (PARTITION BY thread_id) AS last FROM all_runs.costs c WHERE c.run_id = r.id
    ) WHERE at_us > last - 5e6) AS told
  FROM all_runs.runs r
  WHERE r.command = $command AND r.cwd = $cwd AND json_extract(flags, '$.foretold') IS NOT NULL
  ORDER BY r.ts DESC, r.id DESC LIMIT 10`;
