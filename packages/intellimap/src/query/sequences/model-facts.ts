/** Question: which function is meant, what does the call graph say of its calls, and whom of them does the run tell? The text has to be looked at by the session, with its calls. */
import type { Session } from '../session.ts';

export interface ModelledFunction {
  id: string;
  name: string;
  path: string;
  line: number;
  kind: string;
}

/** What the run knows of it. */
export interface ModelledRun {
  /** Calls; 0: none, or the run does not know it. */
  hits: number;
  /** Hash of its body then; null: the run does not know it, or it is a module. */
  hash: string | null;
  /** Hash of the text that it lay in. */
  textHash: string | null;
  isKnown: boolean;
  /** The newest run that called it; null: none did. */
  newest: string | null;
}

/** A row of `call_edges` whose `src` it is. */
export interface ModelEdge {
  line: number;
  column: number;
  text: string;
  dst: string;
  kind: string;
  confidence: string;
  later: boolean;
}

/** A row of `call_sites` of it. */
export interface ModelSite {
  line: number;
  column: number;
  text: string;
  form: string;
  via: string;
  targets: number;
  outside: boolean;
  tooMany: number | null;
}

/** Whom it may call, or was seen to call. */
export interface ModelCallee {
  id: string;
  name: string;
  kind: string;
  isGenerator: boolean;
  /** Whether the run tells all calls of it. */
  isRecorded: boolean;
}

export interface ModelFacts {
  found: number;
  /** Best match first. */
  matches: ModelledFunction[];
}

/** Functions of the source as `calls` finds them. */
export async function modelledFunctions({ db }: Session, wanted: string, limit = 8): Promise<ModelFacts> {
  const rows = await db.all<ModelledFunction & { found: number }>(MATCHING, { wanted, limit });
  return { found: rows[0]?.found ?? 0, matches: rows.map(({ found: _found, ...row }) => row) };
}

const RANK = `CASE WHEN ast_node_id = $wanted THEN 0 WHEN name = $wanted THEN 1 WHEN ends_with(name, '.' || $wanted) THEN 2
  WHEN lower(name) = lower($wanted) THEN 3 WHEN contains(lower(name), lower($wanted)) OR contains(ast_node_id, $wanted) THEN 4 ELSE 9 END`;

const MATCHING = `
  WITH ranked AS (SELECT *, ${RANK} AS rank FROM source_functions WHERE ${RANK} < 9),
  hits AS (SELECT ast_node_id, sum(hits)::BIGINT AS hits FROM nodes_runtime SEMI JOIN ranked USING (ast_node_id) GROUP BY ALL)
  SELECT ast_node_id AS id, name, path, line, kind, count(*) OVER () AS found
  FROM ranked LEFT JOIN hits USING (ast_node_id) WHERE rank = (SELECT min(rank) FROM ranked) ORDER BY coalesce(hits, 0) DESC, id LIMIT $limit`;

export async function modelledRun({ db }: Session, id: string): Promise<ModelledRun> {
  const [row] = await db.all<ModelledRun>(RUN, { id });
  return row ?? { hits: 0, hash: null, textHash: null, isKnown: false, newest: null };
}

const RUN = `
  SELECT coalesce((SELECT sum(hits)::BIGINT FROM nodes_runtime WHERE ast_node_id = $id), 0) AS hits,
    (SELECT any_value(hash) FROM functions WHERE ast_node_id = $id) AS hash,
    (SELECT any_value(m.content_hash) FROM modules m JOIN functions f USING (path) WHERE f.ast_node_id = $id) AS "textHash",
    EXISTS (FROM functions WHERE ast_node_id = $id) AS "isKnown",
    (SELECT arg_max(r.id, r.ts) FROM all_runs.nodes_runtime n JOIN all_runs.runs r ON r.id = n.run_id WHERE n.ast_node_id = $id AND n.hits > 0) AS newest`;

export async function modelCalls(
  { db }: Session,
  id: string,
): Promise<{ edges: ModelEdge[]; sites: ModelSite[]; callees: ModelCallee[] }> {
  return {
    edges: await db.all<ModelEdge>(EDGES, { id }),
    sites: await db.all<ModelSite>(SITES, { id }),
    callees: await db.all<ModelCallee>(CALLEES, { id }),
  };
}

const EDGES = `SELECT line, "column", text, dst, kind, confidence::VARCHAR AS confidence, later FROM call_edges WHERE src = $id ORDER BY ALL`;

const SITES = `
  SELECT line, "column", text, form::VARCHAR AS form, via::VARCHAR AS via, targets, outside, too_many AS "tooMany" FROM call_sites WHERE src = $id ORDER BY ALL`;

/** A gate that was closed for a while may be that of any of them. */
const CALLEES = `
  WITH ids AS (SELECT dst AS id FROM call_edges WHERE src = $id UNION SELECT dst FROM edges_runtime WHERE src = $id),
  known AS (
    SELECT ast_node_id AS id, any_value(name) AS name, any_value(kind) AS kind, bool_or(coalesce(is_generator, false)) AS "isGenerator",
      bool_and(off IS NULL AND coalesce(kept::VARCHAR, 'calls') = 'calls') AS "isRecorded"
    FROM functions SEMI JOIN ids ON ids.id = functions.ast_node_id GROUP BY ast_node_id)
  SELECT id, coalesce(k.name, s.name, id) AS name, coalesce(k.kind, s.kind, 'function') AS kind, coalesce(k."isGenerator", false) AS "isGenerator",
    coalesce(k."isRecorded", false) AND NOT EXISTS (FROM gate_changes) AS "isRecorded"
  FROM ids LEFT JOIN known k USING (id) LEFT JOIN source_functions s ON s.ast_node_id = id ORDER BY id`;
