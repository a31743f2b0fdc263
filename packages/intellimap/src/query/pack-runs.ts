/** Question: which scenarios ran together with a run, and which run is whose? */
import type { ReadingSession } from '../store/index.ts';
import type { RunRow } from './session.ts';

export interface PackRun {
  /** Of the scenario. */
  name: string;
  run: RunRow;
}

/** By name; none: the run is no scenario's. Of a scenario that ran several times the last one. */
export async function packRuns(db: ReadingSession, { id }: RunRow): Promise<PackRun[]> {
  const rows = await db.all<RunRow & { scenario: string }>(
    `WITH pack AS (SELECT json_extract_string(flags, '$.scenario.pack') AS id FROM all_runs.runs WHERE id = $id)
     SELECT r.*, json_extract_string(r.flags, '$.scenario.name') AS scenario FROM all_runs.runs r, pack
     WHERE json_extract_string(r.flags, '$.scenario.pack') = pack.id
     QUALIFY row_number() OVER (PARTITION BY json_extract_string(r.flags, '$.scenario.name') ORDER BY r.ts DESC, r.id DESC) = 1
     ORDER BY scenario`,
    { id },
  );
  return rows.map(({ scenario, ...run }) => ({ name: scenario, run }));
}
