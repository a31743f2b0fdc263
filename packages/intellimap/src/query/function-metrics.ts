/** Question: how large and complex is each function, how often was it changed, and what did runs see of it? */
import type { Database } from '../store/index.ts';

export interface FunctionMetrics {
  id: string;
  name: string;
  path: string;
  line: number;
  kind: string;
  role: string;
  lines: number;
  parameters: number;
  cyclomatic: number;
  cognitive: number;
  nesting: number;
  captured: number;
  recursive: boolean;
  volume: number;
  difficulty: number;
  effort: number;
  /** Functions that call it as the text has it, and that it calls; null: nobody asked for the call graph of this text. */
  fanIn: number | null;
  fanOut: number | null;
  /** Commits that changed it within a year; null: git does not know it. */
  commits: number | null;
  /** In all runs of this text of it: calls, time of its own, its share of that of all functions (0 … 1), calls that failed, errors first seen in it. */
  calls: number;
  selfMs: number | null;
  selfShare: number | null;
  threw: number;
  errors: number;
  /** null: no run that would have told of a call had this text. */
  ran: boolean | null;
}

const FACTS = `
  WITH known AS (
    SELECT DISTINCT f.run_id, f.ast_node_id AS id FROM functions f JOIN source_functions s ON s.ast_node_id = f.ast_node_id AND s.path = f.path
    WHERE f.off IS NULL AND f.kept <> 'nothing' AND f.hash IS NOT DISTINCT FROM s.hash),
  looked AS (SELECT DISTINCT id FROM known),
  ran AS (
    SELECT n.ast_node_id AS id, sum(n.hits)::BIGINT AS calls, sum(n.self_ms) AS self, coalesce(sum(n.threw), 0)::BIGINT AS threw
    FROM nodes_runtime n SEMI JOIN known k ON k.run_id = n.run_id AND k.id = n.ast_node_id GROUP BY ALL),
  failed AS (
    SELECT e."function" AS id, sum(e.count)::BIGINT AS errors FROM errors e SEMI JOIN known k ON k.run_id = e.run_id AND k.id = e."function" GROUP BY ALL),
  into_it AS (SELECT dst AS id, count(DISTINCT src)::INTEGER AS functions FROM call_edges WHERE confidence <> 'maybe' GROUP BY dst),
  out_of_it AS (SELECT src AS id, count(DISTINCT dst)::INTEGER AS functions FROM call_edges WHERE confidence <> 'maybe' GROUP BY src)
  SELECT s.ast_node_id AS id, s.name, s.path, s.line, s.kind::VARCHAR AS kind, t.role::VARCHAR AS role, m.lines, m.parameters, m.cyclomatic, m.cognitive, m.nesting, m.captured, m.recursive,
    m.volume, m.difficulty, m.effort,
    CASE WHEN EXISTS (FROM call_sites) THEN coalesce(i.functions, 0) END AS "fanIn", CASE WHEN EXISTS (FROM call_sites) THEN coalesce(o.functions, 0) END AS "fanOut",
    g.commits, coalesce(r.calls, 0) AS calls, r.self AS "selfMs", r.self / nullif(sum(r.self) OVER (), 0) AS "selfShare", coalesce(r.threw, 0) AS threw, coalesce(e.errors, 0) AS errors,
    CASE WHEN r.calls > 0 THEN true WHEN k.id IS NOT NULL THEN false END AS ran
  FROM function_metrics m JOIN source_functions s ON s.ast_node_id = m.ast_node_id AND s.path = m.path JOIN source_files t ON t.path = s.path
  LEFT JOIN function_churn g ON g.ast_node_id = s.ast_node_id AND g.path = s.path
  LEFT JOIN looked k ON k.id = s.ast_node_id LEFT JOIN ran r ON r.id = s.ast_node_id LEFT JOIN failed e ON e.id = s.ast_node_id
  LEFT JOIN into_it i ON i.id = s.ast_node_id LEFT JOIN out_of_it o ON o.id = s.ast_node_id
  ORDER BY s.path, s.line, s.ast_node_id`;

/** All functions of the text as it is now, over all runs. @param db all tables, not those of one run */
export const functionMetrics = (db: Database): Promise<FunctionMetrics[]> => db.all<FunctionMetrics>(FACTS);
