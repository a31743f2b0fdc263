/** Question: what is this function, who calls it, what does it call, what went wrong in it? */
import { type CoveredFunction, coverageOf } from './coverage.ts';
import { sampledFunction, type SampledFunction } from './cpu-profile.ts';
import { type ErrorPlace } from './errors.ts';
import { holdings } from './holdings.ts';
import { KNOWN_COLUMNS, type KnownFunction } from './known-functions.ts';
import { recentValues, type SeenCall } from './recent-values.ts';
import type { Session } from './session.ts';

export interface Neighbour {
  id: string;
  name: string;
  path: string;
  line: number;
  count: number;
  /** null: none of the calls ended */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  /** null: the tier `edges` takes no times */
  totalMs: number | null;
}

export interface FunctionFacts extends KnownFunction {
  isAsync: boolean;
  isGenerator: boolean;
  /** Why it carries no probe; null: it carries one. */
  off: string | null;
  /** What the plan of the run left of it, and how often an earlier run saw it called in a second of processor time. */
  kept: 'calls' | 'count' | 'nothing';
  plannedRate: number | null;
  /** Tasks that the run left out, in which it may have been called as well. */
  tasksLeftOut: number;
  /** 0: never called in this run, unless nothing is kept of it, or tasks were left out. */
  hits: number;
  /** Calls that nothing recorded made; null in a minimal run, as the following. */
  roots: number | null;
  threw: number | null;
  selfMs: number | null;
  totalMs: number | null;
  waitMs: number | null;
  callers: Neighbour[];
  callees: Neighbour[];
  errors: ErrorPlace[];
  /** What V8 measured of it; null: it was not asked, or there is nothing. */
  cpu: SampledFunction | null;
  covered: CoveredFunction | null;
  /** The last calls whose values were recorded, newest first; none where no values were asked for. */
  seen: SeenCall[];
  /** Events of the program's own that it told, by kind, the most frequent first. */
  events: ToldEvents[];
}

/** Events of one kind that a function told. */
export interface ToldEvents {
  name: string;
  count: number;
  /** Fields of the last one, as JSON. */
  last: string;
}

export interface FunctionAnswer {
  /** Functions with details, best match first. */
  matches: FunctionFacts[];
  /** How many match in all. */
  found: number;
}

/** Matches the id, then the name, then a part of the name (`total` finds `Cart.total`), then any text in name or id. */
export async function showFunction(session: Session, nameOrId: string, limit = 10): Promise<FunctionAnswer> {
  const held = await holdings(session);
  const rows = await matching(session, nameOrId, limit);
  const found = rows[0]?.found ?? 0;
  const matches: FunctionFacts[] = [];
  for (const { found: _, ...row } of rows) {
    const { id, name } = row;
    matches.push({
      ...row,
      tasksLeftOut: held.tasksLeftOut,
      ...(await neighbours(session, id)),
      errors: held.errorsIn.has(id) ? await session.db.all<ErrorPlace>(ERRORS, { id, name }) : [],
      cpu: await sampledFunction(session, id),
      covered: (await coverageOf(session, { id }))[0] ?? null,
      seen: await recentValues(session, id),
      events: held.events ? await session.db.all<ToldEvents>(EVENTS, { id }) : [],
    });
  }
  return { matches, found };
}

type Match = Omit<
  FunctionFacts,
  'tasksLeftOut' | 'callers' | 'callees' | 'errors' | 'cpu' | 'covered' | 'seen' | 'events'
> & { found: number };

const EVENTS = `
  SELECT name, count(*)::BIGINT AS count, arg_max("values", at_us) AS last FROM custom_events WHERE "function" = $id
  GROUP BY name ORDER BY 2 DESC, 1 LIMIT 20`;

/** An id is looked up as it is; texts are compared only where there is no such id. */
async function matching({ db }: Session, wanted: string, limit: number): Promise<Match[]> {
  const exactly = await db.all<Match>(EXACT, { wanted });
  return exactly.length > 0 ? exactly : await db.all<Match>(BEST, { wanted, limit });
}

const COLUMNS = `
  ${KNOWN_COLUMNS}, f.is_async AS isAsync, f.is_generator AS isGenerator, f.off, f.kept, f.planned_rate AS plannedRate, coalesce(n.hits, 0) AS hits,
  n.roots, n.threw, n.self_ms AS selfMs, n.total_ms AS totalMs, n.wait_ms AS waitMs`;

/** Each side is filtered by itself: joined on the id, DuckDB takes twice as long. */
const EXACT = `
  SELECT ${COLUMNS}, 1 AS found FROM (FROM functions WHERE ast_node_id = $wanted) f
    LEFT JOIN (FROM nodes_runtime WHERE ast_node_id = $wanted) n ON true`;

/** How well a function matches $wanted; 9: not at all. */
const RANK = `CASE WHEN name = $wanted THEN 1 WHEN ends_with(name, '.' || $wanted) THEN 2
  WHEN lower(name) = lower($wanted) THEN 3 WHEN contains(lower(name), lower($wanted)) OR contains(ast_node_id, $wanted) THEN 4 ELSE 9 END`;

const BEST = `
  WITH ranked AS (SELECT *, ${RANK} AS rank FROM functions WHERE ${RANK} < 9)
  SELECT ${COLUMNS}, count(*) OVER () AS found FROM ranked f LEFT JOIN nodes_runtime n USING (ast_node_id)
  WHERE f.rank = (SELECT min(rank) FROM ranked)
  ORDER BY hits DESC, id LIMIT $limit`;

const ERRORS = `
  SELECT name, message, 1 AS messages, kind, count, path, line, "column", $name AS "function", ast_node_id AS id, stack, note
  FROM errors WHERE "function" = $id ORDER BY count DESC`;

/** Both sides are asked for at once: each question costs DuckDB some ms, however little it finds. */
async function neighbours(
  { db }: Session,
  id: string,
): Promise<{ callers: Neighbour[]; callees: Neighbour[] }> {
  const rows = await db.all<Neighbour & { calls: boolean; isCalled: boolean }>(NEIGHBOURS, { id });
  const [callers, callees]: [Neighbour[], Neighbour[]] = [[], []];
  for (const { calls, isCalled, ...neighbour } of rows) {
    if (calls) callers.push(neighbour);
    if (isCalled) callees.push(neighbour);
  }
  return { callers, callees };
}

/** Who calls itself is on both sides. */
const NEIGHBOURS = `
  SELECT f.ast_node_id AS id, f.name, f.path, f.line, e.count, e.latency_p50_ms AS p50Ms, e.latency_p95_ms AS p95Ms,
    e.latency_p99_ms AS p99Ms, e.total_ms AS totalMs, e.dst = $id AS calls, e.src = $id AS "isCalled"
  FROM edges_runtime e JOIN functions f ON f.ast_node_id = CASE WHEN e.src = $id THEN e.dst ELSE e.src END
  WHERE e.src = $id OR e.dst = $id ORDER BY e.count DESC, id`;
