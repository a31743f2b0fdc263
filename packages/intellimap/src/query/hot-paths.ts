/** Question: along which chains of calls did the time go? */
import { lasted } from '../schema/index.ts';
import {
  callChains,
  type CallChain,
  type ChainEdge,
  type ChainFunction,
  type ChainOptions,
} from './call-chains.ts';
import { columnsOf, type ReadingSession } from '../store/index.ts';
import type { Session } from './session.ts';
import { workShares } from './work-shares.ts';

export interface PathFunction {
  id: string;
  name: string;
  path: string;
  line: number;
}

export interface HotPath extends Omit<CallChain, 'ids' | 'scattered'> {
  /** What its times are: on the stack, or from beginning to end with all waiting. */
  measure: 'work' | 'latency';
  /** The root first. */
  functions: PathFunction[];
  scattered: (PathFunction & { totalMs: number })[];
}

/**
 * The chains with most work first, then those that took longest; as many of each as `limit` says.
 * @param measure only those
 */
export async function hotPaths(
  { db }: Session,
  options: ChainOptions,
  measure?: HotPath['measure'],
): Promise<HotPath[]> {
  const functions = await rowsOf<ChainFunction & PathFunction>(
    db,
    `SELECT f.ast_node_id AS id, f.name, f.path, f.line, n.hits::DOUBLE AS hits, n.roots::DOUBLE AS roots, n.self_ms AS selfMs, n.wait_ms AS waitMs, n.total_ms AS totalMs
     FROM nodes_runtime n JOIN functions f USING (ast_node_id) WHERE n.total_ms > 0 ORDER BY id`,
  );
  const edges = await rowsOf<ChainEdge>(
    db,
    // Edges have the times of calls that ended. A program that ends by process.exit leaves its whole stack open.
    // Only callers of open calls are looked up: a join of all calls with all calls takes most of a second.
    `WITH c AS MATERIALIZED (SELECT thread_id, parent_call_id, function_id, start_us, stalled_us FROM calls WHERE end_us IS NULL),
     o AS MATERIALIZED (SELECT thread_id, call_id, function_id FROM calls WHERE (thread_id, call_id) IN (SELECT thread_id, parent_call_id FROM c)),
     open AS (
       SELECT p.ast_node_id AS src, f.ast_node_id AS dst, sum(${lasted('c', 't.end_us')}) / 1000 AS ms
       FROM c JOIN threads t USING (thread_id) JOIN o ON o.thread_id = c.thread_id AND o.call_id = c.parent_call_id
       JOIN functions f ON f.function_id = c.function_id JOIN functions p ON p.function_id = o.function_id GROUP BY ALL)
     SELECT e.src, e.dst, e.count::DOUBLE AS count, e.total_ms + coalesce(open.ms, 0) AS totalMs FROM edges_runtime e LEFT JOIN open USING (src, dst)
     WHERE e.total_ms > 0 OR open.ms > 0 ORDER BY e.src, e.dst`,
  );
  const known = new Map(functions.map((each) => [each.id, each]));
  const placeOf = (id: string): PathFunction => {
    const { name, path, line } = known.get(id)!;
    return { id, name, path, line };
  };
  const between = edges.filter(({ src, dst }) => known.has(src) && known.has(dst));
  const told = (measure: HotPath['measure'], chains: CallChain[]): HotPath[] =>
    chains.map(({ ids, scattered, ...rest }) => ({
      measure,
      ...rest,
      functions: ids.map(placeOf),
      scattered: scattered.map(({ id, totalMs }) => ({ ...placeOf(id), totalMs })),
    }));
  const found: HotPath[] = [];
  if (measure !== 'latency') {
    const work = workShares(functions, between);
    found.push(...told('work', callChains(work.functions, work.edges, options)));
  }
  if (measure !== 'work') found.push(...told('latency', callChains(functions, between, options)));
  return found;
}

/** As `db.all`, made of columns: there may be many thousand rows. */
async function rowsOf<R extends object>(db: ReadingSession, sql: string): Promise<R[]> {
  const columns = Object.entries<unknown[]>(await columnsOf<R>(db, sql));
  const rows = columns[0][1].map((): Record<string, unknown> => ({}));
  for (const [name, column] of columns) column.forEach((value, n) => (rows[n][name] = value));
  return rows as R[];
}
