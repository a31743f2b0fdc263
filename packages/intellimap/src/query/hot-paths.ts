/** Question: along which chains of calls did the time go? */
import {
  callChains,
  type CallChain,
  type ChainEdge,
  type ChainFunction,
  type ChainOptions,
} from './call-chains.ts';
import type { ReadingSession } from '../store/index.ts';
import { openEdges } from './open-edges.ts';
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
  const functions = await functionsOf(db);
  const edges = await edgesOf(db);
  const known = new Map(functions.map((each) => [each.id, each]));
  const placeOf = (id: string): PathFunction => known.get(id)!.place;
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

interface Timed extends ChainFunction {
  place: PathFunction;
}

/** Chains are made of numbers, as texts for their order: with ids in their place, edges would be most of the work of reading. */
const keyOf = (functionId: number): string => String(functionId).padStart(8, '0');

async function functionsOf(db: ReadingSession): Promise<Timed[]> {
  const { number, id, name, path, line, hits, roots, selfMs, waitMs, totalMs } = await db.columns<FunctionColumns>(FUNCTIONS);
  return number.map((each, n) => ({
    id: keyOf(each), hits: hits[n], roots: roots[n], selfMs: selfMs[n], waitMs: waitMs[n], totalMs: totalMs[n],
    place: { id: id[n], name: name[n], path: path[n], line: line[n] },
  }));
} // prettier-ignore

interface FunctionColumns extends ChainFunction, PathFunction {
  number: number;
}

const FUNCTIONS = `
  SELECT f.function_id AS number, f.ast_node_id AS id, f.name, f.path, f.line, n.hits::DOUBLE AS hits, n.roots::DOUBLE AS roots,
    n.self_ms AS selfMs, n.wait_ms AS waitMs, n.total_ms AS totalMs
  FROM nodes_runtime n JOIN functions f USING (ast_node_id) WHERE n.total_ms > 0 ORDER BY number`;

async function edgesOf(db: ReadingSession): Promise<ChainEdge[]> {
  const { src, dst, count, totalMs } = await db.columns<{ src: number; dst: number; count: number; totalMs: number }>(EDGES);
  return src.map((from, n) => ({ src: keyOf(from), dst: keyOf(dst[n]), count: count[n], totalMs: totalMs[n] }));
} // prettier-ignore

const EDGES = `
  WITH ${openEdges((table) => table)}
  SELECT s.function_id AS src, d.function_id AS dst, e.count::DOUBLE AS count, e.total_ms + coalesce(open.ms, 0) AS totalMs
  FROM edges_runtime e JOIN functions s ON s.ast_node_id = e.src JOIN functions d ON d.ast_node_id = e.dst
  LEFT JOIN open ON open.src = s.function_id AND open.dst = d.function_id
  WHERE e.total_ms > 0 OR open.ms > 0 ORDER BY ALL`;
