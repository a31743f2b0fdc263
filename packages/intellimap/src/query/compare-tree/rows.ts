/** What a run did, by ids that are the same in every run. */
import { lasted } from '../../schema/index.ts';
import type { InColumns, ReadingSession } from '../../store/index.ts';
import { openEdges } from '../open-edges.ts';
import type { CallColumns } from './exact.ts';

/** A function that ran. */
export interface CalledRow {
  id: string;
  name: string;
  path: string;
  line: number;
  hash: string | null;
  hits: number;
  /** NULL, as `selfMs` and the other times: the tier does not tell. */
  roots: number | null;
  selfMs: number | null;
  waitMs: number | null;
  totalMs: number | null;
}

export interface EdgeRow {
  src: string;
  dst: string;
  count: number;
  totalMs: number;
}

export interface RunRows {
  called: ReadonlyMap<string, CalledRow>;
  /** Hashes of all functions that were loaded, called or not, by id. */
  loaded: ReadonlyMap<string, string | null>;
}

export async function rowsOf(db: ReadingSession, run: string): Promise<RunRows> {
  const called = rows(await db.columns<CalledRow>(CALLED, { run }));
  const loaded = await db.columns<{ id: string; hash: string | null }>(LOADED, { run });
  return {
    called: new Map(called.map((each) => [each.id, each])),
    loaded: new Map(loaded.id.map((id, n) => [id, loaded.hash[n]])),
  };
}

/** Who called whom. */
export const edgesOf = async (db: ReadingSession, run: string): Promise<EdgeRow[]> =>
  rows(await db.columns<EdgeRow>(EDGES, { run }));

function rows<R extends object>(columns: InColumns<R>): R[] {
  const lists = Object.entries(columns) as [keyof R, R[keyof R][]][];
  return (lists[0]?.[1] ?? []).map((_, n) => Object.fromEntries(lists.map(([name, list]) => [name, list[n]])) as R);
} // prettier-ignore

/** Every call of a run. @param numbers of functions by id */
export async function callsOf(
  db: ReadingSession,
  run: string,
  numbers: ReadonlyMap<string, number>,
): Promise<CallColumns> {
  const known = await db.columns<{ fn: number; id: string }>(NUMBERS, { run });
  const places = new Map(known.fn.map((fn, n) => [fn, numbers.get(known.id[n]) ?? -1]));
  const calls = await db.columns<CallRow>(CALLS, { run });
  return { ...calls, fn: calls.fn.map((fn) => places.get(fn)!) };
}

interface CallRow {
  thread: number;
  call: number;
  parent: number | null;
  fn: number;
  selfMs: number;
  totalMs: number;
}

const NUMBERS = 'SELECT function_id AS fn, ast_node_id AS id FROM all_runs.functions WHERE run_id = $run';

const CALLS = `
  SELECT c.thread_id AS thread, c.call_id::DOUBLE AS call, c.parent_call_id::DOUBLE AS parent, c.function_id AS fn, coalesce(c.self_us, 0) / 1000 AS selfMs,
    coalesce(${lasted('c', 'coalesce(c.end_us, t.end_us)')}, 0) / 1000 AS totalMs
  FROM all_runs.calls c JOIN (FROM all_runs.threads WHERE run_id = $run) t USING (thread_id) WHERE c.run_id = $run ORDER BY c.thread_id, c.call_id`;

/** Functions of the same id (a file that was loaded as two texts) are one. */
const CALLED = `
  WITH f AS (SELECT ast_node_id AS id, any_value(name) AS name, any_value(path) AS path, any_value(line) AS line, any_value(hash) AS hash
    FROM all_runs.functions WHERE run_id = $run GROUP BY ast_node_id)
  SELECT n.ast_node_id AS id, any_value(coalesce(f.name, n.ast_node_id)) AS name, any_value(coalesce(f.path, n.path)) AS path, any_value(coalesce(f.line, 0)) AS line,
    any_value(f.hash) AS hash, sum(n.hits)::DOUBLE AS hits, sum(n.roots)::DOUBLE AS roots, sum(n.self_ms) AS selfMs, sum(n.wait_ms) AS waitMs, sum(n.total_ms) AS totalMs
  FROM all_runs.nodes_runtime n LEFT JOIN f ON f.id = n.ast_node_id WHERE n.run_id = $run AND n.hits > 0 GROUP BY n.ast_node_id ORDER BY id`;

const LOADED = `
  SELECT ast_node_id AS id, any_value(hash) AS hash FROM all_runs.functions WHERE run_id = $run GROUP BY ast_node_id ORDER BY id`;

const EDGES = `
  WITH ${openEdges((table) => `(FROM all_runs.${table} WHERE run_id = $run)`)},
    f AS (SELECT function_id, ast_node_id AS id FROM all_runs.functions WHERE run_id = $run),
    named AS (
      SELECT s.id AS src, d.id AS dst, sum(open.ms) AS ms
      FROM open JOIN f s ON s.function_id = open.src JOIN f d ON d.function_id = open.dst GROUP BY ALL)
  SELECT e.src, e.dst, e.count::DOUBLE AS count, coalesce(e.total_ms, 0) + coalesce(named.ms, 0) AS totalMs
  FROM all_runs.edges_runtime e LEFT JOIN named ON named.src = e.src AND named.dst = e.dst WHERE e.run_id = $run ORDER BY ALL`;
