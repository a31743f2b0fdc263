/** Question: what did all runs see of a function, by whatever ids it had? */
import { existsSync } from 'node:fs';
import { openReading, type OpenOptions, refresh, storeFile } from '../store/index.ts';

export interface FunctionRun {
  run: string;
  /** ms since the epoch */
  at: number;
  /** The git commit that it ran at, with uncommitted changes or not; null: no git. */
  commit: string | null;
  dirty: boolean | null;
  tier: string;
  /** Id and body hash that the function had there; null: the hash is not known. */
  id: string;
  hash: string | null;
  /** Calls begun. 0 is a claim only where `ran` is false. */
  calls: number;
  /** null: a run of its tier takes no times, as the following. */
  selfMs: number | null;
  threw: number | null;
  /** Errors first seen in it. */
  errors: number;
  /** It was called, as probes tell, or V8's coverage; null: nobody looked. */
  ran: boolean | null;
}

/** By text, as a function may be among those of a run with what V8 counted only. */
const RUNS = `
  WITH wanted AS (SELECT unnest(json_extract_string($ids, '$[*]')) AS id),
  known AS (
    SELECT run_id, ast_node_id AS id, any_value(hash) AS hash, bool_or(off IS NULL AND kept <> 'nothing') AS told
    FROM all_runs.functions WHERE ast_node_id IN (FROM wanted) GROUP BY ALL),
  covered AS (
    SELECT run_id, ast_node_id AS id, sum(count) AS count FROM all_runs.coverage
    WHERE kind = 'function' AND ast_node_id IN (FROM wanted) GROUP BY ALL),
  failed AS (SELECT run_id, "function" AS id, sum(count) AS errors FROM all_runs.errors WHERE "function" IN (FROM wanted) GROUP BY ALL),
  called AS (
    SELECT run_id, ast_node_id AS id, sum(hits) AS hits, sum(self_ms) AS self_ms, sum(threw) AS threw
    FROM all_runs.nodes_runtime WHERE ast_node_id IN (FROM wanted) GROUP BY ALL)
  SELECT run_id AS run, epoch_ms(r.ts) AS at, r."commit", r.dirty, r.tier, k.id, k.hash, coalesce(c.hits, v.count, 0)::BIGINT AS calls,
    CASE WHEN r.tier = 'performance' THEN coalesce(c.self_ms, 0) END AS "selfMs",
    CASE WHEN r.tier = 'performance' THEN coalesce(c.threw, 0)::BIGINT END AS threw,
    coalesce(f.errors, 0)::BIGINT AS errors,
    CASE WHEN c.hits > 0 OR v.count > 0 THEN true WHEN k.told OR v.count = 0 THEN false END AS ran
  FROM (SELECT run_id, id, hash, told FROM known UNION ALL
    SELECT run_id, id, NULL, false FROM covered ANTI JOIN known USING (run_id, id)) k
  JOIN (SELECT id AS run_id, ts, "commit", dirty, tier FROM all_runs.runs) r USING (run_id)
  LEFT JOIN called c USING (run_id, id) LEFT JOIN covered v USING (run_id, id) LEFT JOIN failed f USING (run_id, id)
  ORDER BY r.ts DESC, run_id DESC, k.id`;

/** Newest first. None where nothing was recorded. */
export async function functionRuns(
  root: string,
  ids: readonly string[],
  options: OpenOptions & { onProgress?: (share: number, what: string) => void } = {},
): Promise<FunctionRun[]> {
  await refresh(root, options);
  if (!existsSync(storeFile(root))) return [];
  const db = await openReading(root, options);
  try {
    return await db.all<FunctionRun>(RUNS, { ids: JSON.stringify(ids) });
  } finally {
    db.close();
  }
}
