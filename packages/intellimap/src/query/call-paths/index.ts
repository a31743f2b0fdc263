/** Question: over which calls does one get from here to there, as runs saw it and as the text has it? */
import { callsTo, type Evidence, pairsSql } from '../builder/calls-sql.ts';
import { binder } from '../builder/statement.ts';
import type { Session } from '../session.ts';
import { type PathEnd, pathEnd } from './ends.ts';
import { bestWays, type Step } from './ways.ts';

export type { PathEnd } from './ends.ts';

export interface PathOptions {
  /** Calls that count: seen by the run, in the text, or both (default). */
  evidence?: Evidence;
  /** Also calls of which the text only says that they may be. */
  maybe?: boolean;
  /** Ways that are told (default 5). */
  alternatives?: number;
  /** Calls that a way has, at most (default 20). */
  most?: number;
}

export interface WayFunction {
  id: string;
  name: string;
  path: string;
  line: number;
}

/** A call on the way. */
export interface Hop {
  from: WayFunction;
  /** null: it lies outside. */
  to: WayFunction | null;
  /** Words of the call, and where it is; null: only the run knows of it. */
  text: string | null;
  path: string | null;
  line: number | null;
  /** Places in the text. */
  places: number;
  kind: string | null;
  confidence: string | null;
  module: string | null;
  loop: string | null;
  /** Calls that the run saw. */
  count: number;
  evidence: 'ran' | 'text only';
  detail: string;
}

export interface CallPath {
  /** `ran`: the run saw each call of it, which does not say that they came one out of the other. */
  evidence: 'ran' | 'partly' | 'text only';
  hops: Hop[];
}

export interface CallPaths {
  from: PathEnd;
  to: PathEnd;
  /** The shortest first; of equally long ones those of which most is known. */
  paths: CallPath[];
  /** Why there may be others; null: within so many calls there are no better ones. */
  capped: string | null;
}

/** Ways may be so much longer than the shortest. */
const LONGER = 2;
const MOST_EDGES = 5000;

/** @throws Fault NOT_FOUND: there is no such function, package or place */
export async function callPaths(session: Session, from: string, to: string, options: PathOptions = {}): Promise<CallPaths> {
  const [start, end] = [await pathEnd(session, from, 'from'), await pathEnd(session, to, 'to')];
  const most = options.most ?? 20;
  const edges = await edgesBetween(session, start.ids, end.ids, { ...options, most });
  const steps = edges.slice(0, MOST_EDGES);
  const left = new Map(steps.flatMap(({ src, dst, left: after }) => [[src, after + 1] as const, [dst, after] as const]).toSorted(([, a], [, b]) => b - a));
  for (const id of end.ids) left.set(id, 0);
  const alternatives = options.alternatives ?? 5;
  const { ways, isCapped } = bestWays(steps, start.ids, end.ids, left, alternatives);
  // Who makes the call himself needs nobody between.
  const own = end.kind === 'outside' ? start.ids.filter((id) => end.ids.includes(id)).map((id) => [id]) : [];
  const paths = await told(session, [...own, ...ways].slice(0, alternatives), end);
  return { from: start, to: end, paths, capped: cappedBy(paths, [start, end], { most, isCut: isCapped || edges.length > MOST_EDGES }) };
} // prettier-ignore

function cappedBy(
  paths: readonly CallPath[],
  ends: readonly PathEnd[],
  { most, isCut }: { most: number; isCut: boolean },
): string | null {
  const many = ends.find(({ ids, found }) => found > ids.length);
  if (many !== undefined)
    return `${many.found} functions match "${many.wanted}"; only ${many.ids.length} were tried`;
  if (isCut) return 'there are too many ways to look at all';
  return paths.length === 0 ? `only ways of up to ${most} calls were looked for` : null;
}

interface Edge extends Step {
  /** Steps from `dst` to an end. */
  left: number;
}

/** Calls on ways that are hardly longer than the shortest. No function is looked at twice, however many ways there are. */
async function edgesBetween(
  { db }: Session,
  starts: readonly string[],
  ends: readonly string[],
  { most, ...options }: PathOptions & { most: number },
): Promise<Edge[]> {
  const reached = (name: string, ids: string, from: 'src' | 'dst', to: 'src' | 'dst'): string => `
    ${name}(id, steps) USING KEY (id) AS (
      SELECT unnest(from_json($${ids}::JSON, '["VARCHAR"]')), 0
      UNION
      SELECT p.${to}, min(w.steps) + 1 FROM ${name} w JOIN pairs p ON p.${from} = w.id
      WHERE w.steps < $most AND NOT EXISTS (SELECT 1 FROM recurring.${name} r WHERE r.id = p.${to}) GROUP BY p.${to})`;
  return await db.all<Edge>(
    `WITH RECURSIVE pairs AS MATERIALIZED (${pairsSql(options)}),
    ${reached('forth', 'starts', 'src', 'dst')}, ${reached('back', 'ends', 'dst', 'src')},
    between AS (
      SELECT p.src, p.dst, f.steps + 1 + b.steps AS steps, b.steps AS left_ FROM pairs p JOIN forth f ON f.id = p.src JOIN back b ON b.id = p.dst)
    SELECT e.src, e.dst, e.left_::INTEGER AS left,
      CASE WHEN c.src IS NOT NULL THEN 0 WHEN k.confidence = 'certain' THEN 0.01 WHEN k.confidence = 'likely' THEN 0.02 ELSE 0.04 END::DOUBLE AS doubt
    FROM between e
    LEFT JOIN edges_runtime c ON c.src = e.src AND c.dst = e.dst
    LEFT JOIN (SELECT src, dst, min(confidence)::VARCHAR AS confidence FROM call_edges GROUP BY src, dst) k ON k.src = e.src AND k.dst = e.dst
    WHERE e.steps <= least($most, (SELECT min(steps) FROM between) + ${LONGER})
    ORDER BY e.steps, doubt, e.src, e.dst LIMIT ${MOST_EDGES + 1}`,
    { starts: JSON.stringify(starts), ends: JSON.stringify(ends), most },
  );
}

type HopRow = Omit<Hop, 'from' | 'to'> & { src: string; dst: string | null };

const HOP = `k.src, k.dst, arg_min(k.text, (k.confidence, k.line)) AS text, arg_min(k.path, (k.confidence, k.line)) AS path,
  arg_min(k.line, (k.confidence, k.line)) AS line, count(k.path)::INTEGER AS places, arg_min(k.kind, (k.confidence, k.line)) AS kind,
  min(k.confidence) AS confidence, any_value(k.module) AS module, any_value(k.loop) AS loop, max(k.count) AS count, any_value(k.evidence) AS evidence,
  any_value(k.detail) AS detail`;

async function told(session: Session, ways: readonly string[][], end: PathEnd): Promise<CallPath[]> {
  const { db } = session;
  if (ways.length === 0) return [];
  const pairs = ways.flatMap((ids) => ids.slice(1).map((dst, index) => ({ src: ids[index], dst })));
  const rows = await db.all<HopRow>(
    `WITH each AS (SELECT unnest(from_json($pairs::JSON, '[{"src": "VARCHAR", "dst": "VARCHAR"}]')) AS pair),
     wanted AS (SELECT DISTINCT pair.src AS src, pair.dst AS dst FROM each)
     SELECT ${HOP} FROM known_calls k JOIN wanted w ON w.src = k.src AND w.dst = k.dst GROUP BY k.src, k.dst`,
    { pairs: JSON.stringify(pairs) },
  );
  const last = end.kind === 'outside' ? await lastHops(session, end, new Set(ways.map((ids) => ids.at(-1)!))) : [];
  const functions = await functionsOf(session, [...new Set(ways.flat())]);
  const hopOf = ({ src, dst, ...row }: HopRow): Hop => ({ from: functions.get(src)!, to: dst === null ? null : (functions.get(dst) ?? null), ...row });
  return ways.map((ids) => {
    const hops = ids.slice(1).map((dst, index) => hopOf(rows.find((row) => row.src === ids[index] && row.dst === dst)!));
    const outside = last.find(({ src }) => src === ids.at(-1));
    return pathOf(outside === undefined ? hops : [...hops, hopOf({ ...outside, ...OUTSIDE })]);
  });
} // prettier-ignore

function pathOf(hops: Hop[]): CallPath {
  const ran = hops.filter(({ evidence }) => evidence === 'ran').length;
  return { evidence: ran === hops.length ? 'ran' : ran > 0 ? 'partly' : 'text only', hops };
}

/** Of what lies outside a run sees nothing, whatever else may be called there. */
const OUTSIDE = { dst: null, kind: null, confidence: null, count: 0, evidence: 'text only', detail: 'outside' } as const; // prettier-ignore

/** The first call of what lies outside, of each function. */
async function lastHops({ db }: Session, end: PathEnd, of: ReadonlySet<string>): Promise<HopRow[]> {
  const values: Record<string, string | number> = { of: JSON.stringify([...of]) };
  const condition = callsTo(end.wanted, { maybe: true }, binder(values));
  return await db.all<HopRow>(
    `SELECT ${HOP.replace('k.src, k.dst', 'k.src, NULL AS dst')} FROM known_calls k
     WHERE k.src IN (SELECT unnest(from_json($of::JSON, '["VARCHAR"]'))) AND ${condition} GROUP BY k.src`,
    values,
  );
}

async function functionsOf({ db }: Session, ids: readonly string[]): Promise<Map<string, WayFunction>> {
  const rows = await db.all<WayFunction>(
    `SELECT id, any_value(name) AS name, any_value(path) AS path, min(line)::INTEGER AS line
     FROM (SELECT ast_node_id AS id, name, path, line FROM source_functions
       UNION ALL SELECT ast_node_id, name, path, line FROM functions WHERE ast_node_id NOT IN (SELECT ast_node_id FROM source_functions))
     WHERE id IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]'))) GROUP BY id`,
    { ids: JSON.stringify(ids) },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
