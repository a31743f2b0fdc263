/**
 * Question: did what a pattern says of the text happen in runs? Of all runs of the workspace those count that knew the functions with the body that they have
 * now. One statement for each fact that is asked for; questions go in as JSON, bound.
 */
import { type Asked, type Fact, NOT_RECORDED, type Proof, type ProofQuestion } from '../base/proof.ts';
import type { Session } from './session.ts';

interface Row {
  key: number;
  /** How often it showed. */
  count: number;
}
interface Known {
  key: number;
  hits: number;
  /** Of the newest run that knew it. */
  run: string;
  /** A run knows who was called. */
  sees: boolean;
}

/** Each function that is asked about, by question, in each run that told of it. */
const KNOWN = `
  asked AS (SELECT unnest(from_json($asked::JSON, '[{"key":"INTEGER","id":"VARCHAR","hash":"VARCHAR","callee":"VARCHAR","name":"VARCHAR","through":"VARCHAR","site":"VARCHAR","alone":"BOOLEAN"}]'), recursive := true)),
  known AS (
    SELECT a.*, f.run_id, f.function_id, r.ts, coalesce(n.hits, 0) AS hits
    FROM asked a JOIN all_runs.functions f ON f.ast_node_id = a.id AND (a.hash IS NULL OR f.hash IS NULL OR f.hash = a.hash)
    JOIN all_runs.runs r ON r.id = f.run_id
    LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.ast_node_id = f.ast_node_id
    WHERE f.off IS NULL AND (f.kept <> 'nothing' OR n.hits > 0)),
  -- Functions that the call in question may have run: the one, or those that are called so.
  callees AS (
    SELECT k.key, k.run_id, k.function_id AS caller, k.id AS caller_id, k.hits, f.function_id AS callee, f.ast_node_id AS callee_id, k.through, t.function_id AS through_id
    FROM known k JOIN all_runs.functions f ON f.run_id = k.run_id
      AND (f.ast_node_id = k.callee OR f.name = k.name OR ends_with(f.name, '.' || k.name))
    LEFT JOIN all_runs.functions t ON t.run_id = k.run_id AND t.ast_node_id = k.through AND t.off IS NULL AND t.kept <> 'nothing'
    WHERE k.through IS NULL OR t.function_id IS NOT NULL)`;

/** Calls that the callers made of the callees, with those that called them. */
const MADE = `made AS (
    SELECT e.key, c.run_id, c.thread_id, c.parent_call_id AS parent, c.start_us, c.end_us, c.outcome
    FROM callees e JOIN all_runs.calls c ON c.run_id = e.run_id AND c.function_id = e.callee
    JOIN all_runs.calls p ON p.run_id = c.run_id AND p.thread_id = c.thread_id AND p.call_id = c.parent_call_id AND p.function_id = e.caller
    WHERE e.through IS NULL)`;

/** The same, with those that functions made which the callers handed over. */
const BEGUN = `${MADE}, begun AS (
    FROM made UNION ALL
    SELECT e.key, c.run_id, c.thread_id, t.parent_call_id, c.start_us, c.end_us, c.outcome
    FROM callees e JOIN all_runs.calls c ON c.run_id = e.run_id AND c.function_id = e.callee
    JOIN all_runs.calls t ON t.run_id = c.run_id AND t.thread_id = c.thread_id AND t.call_id = c.parent_call_id AND t.function_id = e.through_id
    JOIN all_runs.calls p ON p.run_id = t.run_id AND p.thread_id = t.thread_id AND p.call_id = t.parent_call_id AND p.function_id = e.caller)`;

const RAN = `WITH ${KNOWN}
  SELECT key, sum(hits)::BIGINT AS hits, arg_max(run_id, (ts, run_id)) AS run, key IN (SELECT key FROM callees) AS sees FROM known GROUP BY key`;

/** Fact → rows of those questions that it holds for. */
const SHOWN: Record<Fact, string> = {
  ran: `WITH ${KNOWN} SELECT key, sum(hits)::BIGINT AS count FROM known GROUP BY key HAVING count > 0`,
  'ran again': `WITH ${KNOWN} SELECT key, max(hits)::BIGINT AS count FROM known GROUP BY key HAVING count > 1`,
  // More calls than callers: one of them made two. Calls that have rows tell how many; the others that it is so.
  repeated: `WITH ${KNOWN}, ${MADE},
    most AS (SELECT key, max(n) AS n FROM (SELECT key, count(*) AS n FROM made GROUP BY key, run_id, thread_id, parent) GROUP BY key),
    mean AS (
      SELECT key, max(ceil(count / nullif(hits, 0)))::BIGINT AS n FROM (
        SELECT c.key, c.run_id, any_value(c.hits) AS hits, sum(e.count) AS count FROM callees c
        JOIN all_runs.edges_runtime e ON e.run_id = c.run_id AND e.src = c.caller_id AND e.dst = c.callee_id GROUP BY c.key, c.run_id)
      GROUP BY key)
    SELECT key, greatest(coalesce(most.n, 0), coalesce(mean.n, 0))::BIGINT AS count FROM most FULL JOIN mean USING (key) WHERE count > 1`,
  'at once': `WITH ${KNOWN}, ${BEGUN},
    beside AS (SELECT key, run_id, thread_id, parent, start_us < max(coalesce(end_us, 'inf')) OVER (
      PARTITION BY key, run_id, thread_id, parent ORDER BY start_us ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_beside FROM begun)
    SELECT key, max(n)::BIGINT + 1 AS count FROM (SELECT key, count(*) AS n FROM beside WHERE is_beside GROUP BY key, run_id, thread_id, parent) GROUP BY key`,
  'in turn': `WITH ${KNOWN}, ${MADE}
    SELECT m.key, count(*)::BIGINT AS count FROM made m WHERE EXISTS (
      FROM all_runs.calls b WHERE b.run_id = m.run_id AND b.thread_id = m.thread_id AND b.parent_call_id = m.parent AND b.wait_us > 0 AND b.end_us <= m.start_us)
    GROUP BY m.key`,
  // Errors first seen by the clause; calls that failed in a function that returned and has no other handler; calls of a handler that is a function.
  caught: `WITH ${KNOWN},
    clause AS (SELECT k.key, sum(e.count) AS n FROM known k JOIN all_runs.errors e ON e.run_id = k.run_id AND e.ast_node_id = k.site AND e.kind = 'caught' GROUP BY k.key),
    inside AS (
      SELECT k.key, count(*) AS n FROM known k JOIN all_runs.calls p ON p.run_id = k.run_id AND p.function_id = k.function_id AND p.outcome = 'returned'
      JOIN all_runs.calls c ON c.run_id = p.run_id AND c.thread_id = p.thread_id AND c.parent_call_id = p.call_id AND c.outcome = 'threw'
      WHERE k.alone GROUP BY k.key),
    handler AS (SELECT c.key, sum(n.hits) AS n FROM callees c JOIN all_runs.nodes_runtime n ON n.run_id = c.run_id AND n.ast_node_id = c.callee_id GROUP BY c.key)
    SELECT key, sum(n)::BIGINT AS count FROM (FROM clause UNION ALL FROM inside UNION ALL FROM handler) GROUP BY key HAVING count > 0`,
  failed: `WITH ${KNOWN}, ${MADE} SELECT key, count(*)::BIGINT AS count FROM made WHERE outcome = 'threw' GROUP BY key`,
  shared: `WITH ${KNOWN}
    SELECT key, max(n)::BIGINT AS count FROM (
      SELECT k.key, count(DISTINCT c.task_id) AS n FROM known k JOIN all_runs.calls c ON c.run_id = k.run_id AND c.function_id = k.function_id
      GROUP BY k.key, c.run_id, c.thread_id) GROUP BY key HAVING count > 1`,
  loaded: '',
};

const LOADED = `
  WITH asked AS (SELECT unnest(from_json($asked::JSON, '[{"key":"INTEGER","path":"VARCHAR","files":"INTEGER"}]'), recursive := true)),
  seen AS (
    SELECT a.key, a.files, m.run_id, r.ts, count(*) AS known, count(*) FILTER (m.loaded) AS loaded
    FROM asked a JOIN all_runs.modules m ON m.path = a.path JOIN all_runs.runs r ON r.id = m.run_id GROUP BY ALL)
  SELECT key, count(*) FILTER (loaded = files)::BIGINT AS count, arg_max(run_id, (ts, run_id)) AS run FROM seen GROUP BY key`;

/** @returns by `ProofQuestion.key` */
export async function patternProof(
  session: Session,
  questions: readonly ProofQuestion[],
): Promise<Map<number, Proof>> {
  const proofs = new Map<number, Proof>();
  for (const fact of new Set(questions.map((each) => each.fact))) {
    const some = questions.filter((each) => each.fact === fact);
    if (fact === 'loaded') await askLoaded(session, some, proofs);
    else await askShown(session, fact, some, proofs);
  }
  return proofs;
}

async function askShown(
  { db }: Session,
  fact: Fact,
  questions: ProofQuestion[],
  proofs: Map<number, Proof>,
): Promise<void> {
  const asked = JSON.stringify(questions.flatMap(rowsOf));
  const known = new Map((await db.all<Known>(RAN, { asked })).map((row) => [row.key, row]));
  const shown = new Map((await db.all<Row>(SHOWN[fact], { asked })).map((row) => [row.key, row.count]));
  for (const question of questions) {
    const ran = known.get(question.key);
    proofs.set(
      question.key,
      ran === undefined ? NOT_RECORDED : proofOf(question, ran, shown.get(question.key)),
    );
  }
}

const rowsOf = ({ key, functions, callee, through, site, alone }: ProofQuestion): object[] =>
  functions.map(({ id, hash }) => ({
    key,
    id,
    hash,
    callee: callee !== null && 'id' in callee ? callee.id : null,
    name: callee !== null && 'name' in callee ? callee.name : null,
    through,
    site,
    alone,
  }));

/** What is said of calls that a function made. */
const ABOUT_CALLS: ReadonlySet<Fact> = new Set<Fact>(['repeated', 'at once', 'in turn', 'failed']);

function proofOf(question: ProofQuestion, { hits, run, sees }: Known, shown: number | undefined): Proof {
  const count = shown === undefined ? null : ownOf(question, shown);
  if (count !== null) return { state: 'confirmed', count, run, evidence: evidenceOf(question, run) };
  const evidence = rowsFor(question.functions, run);
  if (hits === 0) return { state: 'never ran', count: 0, run, evidence };
  const isUnclear = shown !== undefined || (ABOUT_CALLS.has(question.fact) && !sees);
  return { state: isUnclear ? 'unclear' : 'not shown', count: hits, run, evidence };
}

/** What of that is sure to be of the place in question; null: nothing. */
function ownOf({ fact, elsewhere }: ProofQuestion, shown: number): number | null {
  if (elsewhere === 0) return shown;
  return fact === 'repeated' && elsewhere !== null && shown - elsewhere > 1 ? shown - elsewhere : null;
}

function evidenceOf(question: ProofQuestion, run: string): Proof['evidence'] {
  const rows = rowsFor(question.functions, run);
  const { callee, site, functions } = question;
  if (site !== null) return [{ run, table: 'errors', key: { ast_node_id: site } }, ...rows];
  if (callee === null || !('id' in callee) || functions[0] === undefined) return rows;
  return [{ run, table: 'edges_runtime', key: { src: functions[0].id, dst: callee.id } }, ...rows];
}

const rowsFor = (functions: readonly Asked[], run: string): Proof['evidence'] =>
  functions.map(({ id }) => ({ run, table: 'nodes_runtime', key: { ast_node_id: id } }));

async function askLoaded(
  { db }: Session,
  questions: ProofQuestion[],
  proofs: Map<number, Proof>,
): Promise<void> {
  const asked = JSON.stringify(
    questions.flatMap(({ key, paths }) => paths.map((path) => ({ key, path, files: paths.length }))),
  );
  const rows = new Map((await db.all<Row & { run: string }>(LOADED, { asked })).map((row) => [row.key, row]));
  for (const { key, paths } of questions) {
    const row = rows.get(key);
    if (row === undefined) proofs.set(key, NOT_RECORDED);
    else {
      const evidence: Proof['evidence'] = paths.map((path) => ({
        run: row.run,
        table: 'modules',
        key: { path },
      }));
      proofs.set(key, {
        state: row.count > 0 ? 'confirmed' : 'never ran',
        count: row.count,
        run: row.run,
        evidence,
      });
    }
  }
}
