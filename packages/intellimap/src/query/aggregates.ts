/** Question: what do the aggregates of a run say, as texts that are the same whenever they say the same? */
import type { ReadingSession } from '../store/index.ts';

const TABLES = ['nodes_runtime', 'edges_runtime', 'errors', 'tasks'] as const;

/** By `aggregates/<table>`: a line of JSON for each row, in their order. */
export async function aggregateTexts(db: ReadingSession, run: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const table of TABLES) {
    const rows = await db.all(
      `SELECT * EXCLUDE run_id FROM all_runs.${table} WHERE run_id = $run ORDER BY ALL`,
      { run },
    );
    texts[`aggregates/${table}`] = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
  return texts;
}
