/** Question: where does the text read flags, and what do runs tell of the functions that do, and of those that they lead to? */
import { UNSET } from '../base/flag-names.ts';
import { groupedBy } from '../base/groups.ts';
import { type FlagTarget, lasted, type RowOf } from '../schema/index.ts';
import type { Session } from './session.ts';

export type FlagSideRow = Omit<RowOf<'source_flag_sides'>, 'targets' | 'cases'> & {
  cases: string[] | null;
  targets: FlagTarget[];
};

export type FlagReadRow = Omit<RowOf<'source_flag_reads'>, 'holds_for'> & {
  holds_for: (string | null)[] | null;
  sides: FlagSideRow[];
};

/** Reads in the order of the source; none also where nobody looked at it. */
export async function flagReads({ db }: Session): Promise<FlagReadRow[]> {
  const reads = await db.all<RowOf<'source_flag_reads'>>(
    'SELECT * FROM source_flag_reads ORDER BY path, line, length(id), id',
  );
  const sides = await db.all<RowOf<'source_flag_sides'>>(
    'SELECT * FROM source_flag_sides ORDER BY read_id, nth',
  );
  const byRead = groupedBy(sides.map(sideOf), (side) => side.read_id);
  return reads.map((row) => ({
    ...row,
    holds_for: row.holds_for === null ? null : (JSON.parse(row.holds_for) as (string | null)[]),
    sides: byRead.get(row.id) ?? [],
  }));
}

const sideOf = (row: RowOf<'source_flag_sides'>): FlagSideRow => ({
  ...row,
  cases: row.cases === null ? null : (JSON.parse(row.cases) as string[]),
  targets: JSON.parse(row.targets) as FlagTarget[],
});

/** What a run knew of a function. Only runs that know it as it is written now, and would have told of it. */
export interface FlagRunFunction {
  run: string;
  id: string;
  hits: number;
  /** null: the run took no times. */
  totalMs: number | null;
  tier: string;
}

/** How often V8 passed a range of a function that reads, in a run of the text as it is now. */
export interface FlagRunBlock {
  run: string;
  id: string;
  /** Lines from 1, columns from 0; end exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  count: number;
}

export interface FlagRunEdge {
  run: string;
  src: string;
  dst: string;
  /** Name of the called function. */
  name: string;
  count: number;
}

/** A variable of the environment as runs had it when they began. */
export interface FlagRunValue {
  run: string;
  name: string;
  /** As JSON; null: it was not set. */
  value: string | null;
}

export interface FlagPaths {
  functions: FlagRunFunction[];
  edges: FlagRunEdge[];
  /** None without `run --coverage`. */
  blocks: FlagRunBlock[];
  values: FlagRunValue[];
}

const IDS = `SELECT unnest(from_json($ids::JSON, '["VARCHAR"]'))`;

/** @param wanted ids of functions that read, or are led to; names of variables */
export async function flagPaths(
  { db }: Session,
  wanted: { readers: readonly string[]; targets: readonly string[]; variables: readonly string[] },
): Promise<FlagPaths> {
  const ids = JSON.stringify([...new Set([...wanted.readers, ...wanted.targets])]);
  return {
    functions: await db.all<FlagRunFunction>(
      `SELECT f.run_id AS run, f.ast_node_id AS id, coalesce(n.hits, 0)::BIGINT AS hits, n.total_ms AS "totalMs", r.tier
       FROM all_runs.functions f JOIN all_runs.runs r ON r.id = f.run_id JOIN source_functions s ON s.ast_node_id = f.ast_node_id
       LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.ast_node_id = f.ast_node_id
       LEFT JOIN all_runs.modules m ON f.kind = 'module' AND m.run_id = f.run_id AND m.path = f.path
       LEFT JOIN source_files t ON f.kind = 'module' AND t.path = f.path
       WHERE f.ast_node_id IN (${IDS}) AND f.hash IS NOT DISTINCT FROM s.hash AND m.content_hash IS NOT DISTINCT FROM t.content_hash
         AND f.off IS NULL AND (f.kept <> 'nothing' OR n.hits > 0) ORDER BY r.ts, r.id, id`,
      { ids },
    ),
    edges: await db.all<FlagRunEdge>(
      `SELECT e.run_id AS run, e.src, e.dst, any_value(f.name) AS name, any_value(e.count)::BIGINT AS count
       FROM all_runs.edges_runtime e JOIN all_runs.functions f ON f.run_id = e.run_id AND f.ast_node_id = e.dst
       WHERE e.src IN (${IDS}) GROUP BY ALL ORDER BY ALL`,
      { ids: JSON.stringify(wanted.readers) },
    ),
    blocks: await db.all<FlagRunBlock>(
      `SELECT c.run_id AS run, c.ast_node_id AS id, c.line, c."column", c.end_line AS "endLine", c.end_column AS "endColumn", c.count
       FROM all_runs.coverage c JOIN all_runs.modules m ON m.run_id = c.run_id AND m.path = c.path JOIN source_files t ON t.path = c.path
       WHERE c.source = 'v8' AND c.kind IN ('function', 'block') AND c."column" IS NOT NULL AND m.content_hash = t.content_hash
         AND c.ast_node_id IN (${IDS}) ORDER BY ALL`,
      { ids: JSON.stringify(wanted.readers) },
    ),
    values: await db.all<FlagRunValue>(
      `SELECT v.run_id AS run, v.name, CASE WHEN v.value <> $unset THEN v.value END AS value
       FROM all_runs.flags v JOIN all_runs.runs r ON r.id = v.run_id
       WHERE v.source = 'environment' AND v.name IN (${IDS}) ORDER BY r.ts, r.id, v.name`,
      { ids: JSON.stringify(wanted.variables), unset: UNSET },
    ),
  };
}

/** Calls of `reader` that called one of `callees`, by a key of the caller's choice. */
export interface FlagPair {
  side: string;
  reader: string;
  callee: string;
}

export interface FlagLatency {
  side: string;
  /** Calls that ended, and half of them took at most this long; waiting included. */
  calls: number;
  medianMs: number;
}

/** Of the runs named, as far as calls have rows. */
export async function flagLatency(
  { db }: Session,
  pairs: readonly FlagPair[],
  runs: readonly string[],
): Promise<FlagLatency[]> {
  if (pairs.length === 0 || runs.length === 0) return [];
  return await db.all<FlagLatency>(
    `WITH pairs AS (SELECT unnest(from_json($pairs::JSON, '[{"side":"VARCHAR","reader":"VARCHAR","callee":"VARCHAR"}]'), recursive := true)),
     numbered AS (
       SELECT p.side, a.run_id, a.function_id AS reader, b.function_id AS callee FROM pairs p
       JOIN all_runs.functions a ON a.ast_node_id = p.reader JOIN all_runs.functions b ON b.run_id = a.run_id AND b.ast_node_id = p.callee
       WHERE a.run_id IN (SELECT unnest(from_json($runs::JSON, '["VARCHAR"]')))),
     taken AS (
       SELECT DISTINCT n.side, p.run_id, p.thread_id, p.call_id, ${lasted('p')} AS us FROM numbered n
       JOIN all_runs.calls c ON c.run_id = n.run_id AND c.function_id = n.callee
       JOIN all_runs.calls p ON p.run_id = c.run_id AND p.thread_id = c.thread_id AND p.call_id = c.parent_call_id AND p.function_id = n.reader
       WHERE p.end_us IS NOT NULL)
     SELECT side, count(*)::BIGINT AS calls, median(us) / 1000 AS "medianMs" FROM taken GROUP BY side ORDER BY side`,
    { pairs: JSON.stringify(pairs), runs: JSON.stringify(runs) },
  );
}
