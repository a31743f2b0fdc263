/** Question: who may call a function, and what may it call, as the text says; what did runs see of that, and what did they see that the text does not tell? */
import { ELSEWHERE, type RowOf } from '../schema/index.ts';
import { SIDES } from './coverage-gap.ts';
import type { Session } from './session.ts';

/** What all runs saw of a call from one function to another. */
export interface Seen {
  calls: number;
  /** Of these, calls in runs of tests. */
  testCalls: number;
  runs: number;
  /** The newest run that saw it, and when it was, in ms since the epoch. */
  last: string | null;
  lastAt: number | null;
}

interface Place {
  id: string;
  name: string;
  path: string;
  line: number;
}

export const EVIDENCE = ['seen', 'only in tests', 'called by others', 'never', 'caller never ran', 'not recorded'] as const; // prettier-ignore

/** A function that the text says is called, or calls. */
export interface CallNeighbour extends Place, Seen {
  kind: string;
  confidence: RowOf<'call_edges'>['confidence'];
  later: boolean;
  /** Where it is called: of several the first. */
  atPath: string;
  atLine: number;
  places: number;
  evidence: (typeof EVIDENCE)[number];
}

/** A call that runs saw, and the text does not tell. */
export interface BlindSpot extends Place, Seen {
  reason: string;
}

/** A place in the function of which nobody knows what is called there. */
export interface OpenSite {
  line: number;
  text: string;
  form: RowOf<'call_sites'>['form'];
  /** Functions of this name; null: that is not why. */
  tooMany: number | null;
}

export interface CallsOfFunction extends Place {
  kind: string;
  /** Calls in all runs, from anywhere. */
  hits: number;
  callers: CallNeighbour[];
  callees: CallNeighbour[];
  unknownCallers: BlindSpot[];
  unknownCallees: BlindSpot[];
  openSites: OpenSite[];
}

export interface CallsAnswer {
  /** Best match first. */
  matches: CallsOfFunction[];
  /** How many match in all. */
  found: number;
  /** Runs that were asked. */
  runs: number;
}

/** Finds functions as `showFunction` does, in the text as it is now; the text has to be looked at by the session. */
export async function callsAround(session: Session, wanted: string, limit = 5): Promise<CallsAnswer> {
  const { db } = session;
  const rows = await db.all<Place & { kind: string; hits: number; found: number }>(MATCHING, { wanted, limit });
  const [counted] = await db.all<{ runs: number }>('SELECT count(*)::INTEGER AS runs FROM all_runs.runs');
  const matches: CallsOfFunction[] = [];
  for (const { found: _, ...row } of rows) matches.push({ ...row, ...(await around(session, row.id)) });
  return { matches, found: rows[0]?.found ?? 0, runs: counted?.runs ?? 0 };
} // prettier-ignore

async function around(
  { db, settings }: Session,
  id: string,
): Promise<Omit<CallsOfFunction, 'id' | 'name' | 'path' | 'line' | 'kind' | 'hits'>> {
  const { production, test } = settings.coverageGap;
  const values = { id, production: JSON.stringify(production), test: JSON.stringify(test) };
  const edges = await db.all<CallNeighbour & Sides>(EDGES, values);
  const spots = await db.all<BlindSpot & Sides>(SPOTS, values);
  const openSites = await db.all<OpenSite>(OPEN, { id });
  return {
    callers: edges.filter(({ calls_ }) => calls_).map(withoutSide),
    callees: edges.filter(({ called }) => called).map(withoutSide),
    unknownCallers: spots.filter(({ calls_ }) => calls_).map(withoutSide),
    unknownCallees: spots.filter(({ called }) => called).map(withoutSide),
    openSites,
  };
}

function withoutSide<Row extends Sides>({
  calls_: _calls,
  called: _called,
  ...row
}: Row): Omit<Row, keyof Sides> {
  return row;
}

/** Who calls itself is on both sides. */
interface Sides {
  calls_: boolean;
  called: boolean;
}

/** How well a function of `source_functions` matches `$wanted`; 9: not at all. */
export const RANK = `CASE WHEN ast_node_id = $wanted THEN 0 WHEN name = $wanted THEN 1 WHEN ends_with(name, '.' || $wanted) THEN 2
  WHEN lower(name) = lower($wanted) THEN 3 WHEN contains(lower(name), lower($wanted)) OR contains(ast_node_id, $wanted) THEN 4 ELSE 9 END`;

const MATCHING = `
  WITH ranked AS (SELECT *, ${RANK} AS rank FROM source_functions WHERE ${RANK} < 9),
  hits AS (SELECT ast_node_id, sum(hits)::BIGINT AS hits FROM all_runs.nodes_runtime SEMI JOIN ranked USING (ast_node_id) GROUP BY ALL)
  SELECT ast_node_id AS id, name, path, line, kind, coalesce(hits, 0) AS hits, count(*) OVER () AS found
  FROM ranked LEFT JOIN hits USING (ast_node_id) WHERE rank = (SELECT min(rank) FROM ranked) ORDER BY hits DESC, id LIMIT $limit`;

/** Calls that runs saw from the function, and of it, with the sides of these runs. */
const SEEN = `
  sides AS (${SIDES}),
  seen AS (
    SELECT e.src, e.dst, sum(e.count)::BIGINT AS calls, coalesce(sum(e.count) FILTER (s.side = 'test'), 0)::BIGINT AS "testCalls", count(*)::INTEGER AS runs,
      arg_max(r.id, r.ts) AS last, epoch_ms(max(r.ts)) AS "lastAt"
    FROM all_runs.edges_runtime e JOIN all_runs.runs r ON r.id = e.run_id LEFT JOIN sides s ON s.id = r.id
    WHERE e.src = $id OR e.dst = $id GROUP BY e.src, e.dst)`;

const EDGES = `
  WITH ${SEEN},
  pairs AS (
    SELECT src, dst, arg_min(kind, (later, confidence, line)) AS kind, min(confidence)::VARCHAR AS confidence, bool_and(later) AS later, ${ELSEWHERE} AS elsewhere, count(*)::INTEGER AS places,
      arg_min(path, (later, confidence, line)) AS "atPath", arg_min(line, (later, confidence, line)) AS "atLine"
    FROM call_edges WHERE src = $id OR dst = $id GROUP BY src, dst),
  hits AS (SELECT ast_node_id AS id, sum(hits) AS hits FROM all_runs.nodes_runtime GROUP BY ALL)
  SELECT f.ast_node_id AS id, f.name, f.path, f.line, p.kind, p.confidence, p.later, p.places, p."atPath", p."atLine", p.dst = $id AS calls_, p.src = $id AS called,
    coalesce(s.calls, 0) AS calls, coalesce(s."testCalls", 0) AS "testCalls", coalesce(s.runs, 0) AS runs, s.last, s."lastAt",
    CASE WHEN s.calls > s."testCalls" THEN 'seen' WHEN s.calls > 0 THEN 'only in tests' WHEN p.elsewhere AND d.hits > 0 THEN 'called by others'
      WHEN a.hits > 0 THEN 'never' WHEN EXISTS (FROM all_runs.functions k WHERE k.ast_node_id = p.src) THEN 'caller never ran' ELSE 'not recorded' END AS evidence
  FROM pairs p JOIN source_functions f ON f.ast_node_id = CASE WHEN p.src = $id THEN p.dst ELSE p.src END
  LEFT JOIN seen s ON s.src = p.src AND s.dst = p.dst
  LEFT JOIN hits a ON a.id = p.src LEFT JOIN hits d ON d.id = p.dst
  ORDER BY calls DESC, p.confidence, f.path, f.line, f.ast_node_id`;

const SPOTS = `
  WITH ${SEEN},
  spots AS (SELECT src, dst, any_value(reason) AS reason FROM all_runs.blind_spots WHERE src = $id OR dst = $id GROUP BY src, dst),
  known AS (SELECT ast_node_id, arg_max(name, run_id) AS name, arg_max(path, run_id) AS path, arg_max(line, run_id) AS line FROM all_runs.functions GROUP BY ast_node_id)
  SELECT f.ast_node_id AS id, f.name, f.path, coalesce(t.line, f.line) AS line, b.reason, s.calls, s."testCalls", s.runs, s.last, s."lastAt", b.dst = $id AS calls_, b.src = $id AS called
  FROM spots b JOIN seen s USING (src, dst) JOIN known f ON f.ast_node_id = CASE WHEN b.src = $id THEN b.dst ELSE b.src END
  LEFT JOIN source_functions t ON t.ast_node_id = f.ast_node_id
  ORDER BY s.calls DESC, id`;

const OPEN = `
  SELECT line, text, form, too_many AS "tooMany" FROM call_sites
  WHERE src = $id AND targets = 0 AND NOT outside AND text <> '' AND text <> 'for … of' ORDER BY line, "column"`;
