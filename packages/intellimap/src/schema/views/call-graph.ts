/** Views that join what could be called with what was. */
import { call_edges } from '../tables/calls.ts';
import { runs } from '../tables/run.ts';
import { edges_runtime } from '../tables/runtime.ts';
import type { View } from '../view.ts';

const run_id = { ...edges_runtime.columns.run_id, doc: runs.columns.id.doc };
const { src, dst } = call_edges.columns;

export const call_evidence = {
  doc:
    'One row for each pair of functions of `call_edges`, in each run: what it saw of that. Of many runs: GROUP BY `src` and `dst` over `all_runs.call_evidence`, or `intellimap calls`, ' +
    'which knows tests from other runs.',
  columns: {
    run_id,
    src,
    dst,
    kind: { ...call_edges.columns.kind, doc: 'As `call_edges.kind`; of several the surest.' },
    confidence: { type: 'VARCHAR', doc: 'The greatest `call_edges.confidence` of the pair.' },
    later: { type: 'BOOLEAN', doc: 'Wherever it is named, it is handed over only: `call_edges.later`.' },
    places: { type: 'BIGINT', unit: 'places', doc: 'Places in the text where it may be called.' },
    path: call_edges.columns.path,
    line: { ...call_edges.columns.line, doc: 'Line of the first of these.' },
    count: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls of `dst` from `src` in the run: `edges_runtime.count`.',
    },
    src_hits: { type: 'BIGINT', unit: 'calls', doc: 'Calls of `src` from anywhere.' },
    dst_hits: { type: 'BIGINT', unit: 'calls', doc: 'Calls of `dst` from anywhere.' },
    evidence: {
      type: 'VARCHAR',
      doc:
        '`seen` · `called by others`: it is handed over here, or called in the default of a parameter, and was called, by nobody or somebody else · `never`: `src` ran, and did not call it · `caller never ran` · ' +
        '`not recorded`: the run does not know `src`, as its file was not loaded, is not in scope, or says something else now.',
    },
  },
  sql: () => `
    SELECT r.id AS run_id, e.src, e.dst, e.kind, e.confidence, e.later, e.places, e.path, e.line, coalesce(c.count, 0) AS count, coalesce(s.hits, 0) AS src_hits,
      coalesce(d.hits, 0) AS dst_hits,
      CASE WHEN c.count > 0 THEN 'seen' WHEN e.elsewhere AND d.hits > 0 THEN 'called by others' WHEN s.hits > 0 THEN 'never'
        WHEN f.src IS NOT NULL THEN 'caller never ran' ELSE 'not recorded' END AS evidence
    FROM (${pairs()}) e CROSS JOIN runs r
    LEFT JOIN edges_runtime c ON c.run_id = r.id AND c.src = e.src AND c.dst = e.dst
    LEFT JOIN (SELECT run_id, ast_node_id, sum(hits)::BIGINT AS hits FROM nodes_runtime GROUP BY ALL) s ON s.run_id = r.id AND s.ast_node_id = e.src
    LEFT JOIN (SELECT run_id, ast_node_id, sum(hits)::BIGINT AS hits FROM nodes_runtime GROUP BY ALL) d ON d.run_id = r.id AND d.ast_node_id = e.dst
    LEFT JOIN (SELECT DISTINCT run_id, ast_node_id AS src FROM functions) f ON f.run_id = r.id AND f.src = e.src`,
} as const satisfies View;

/** Of edges of a pair: a run may have the call as somebody else's. */
export const ELSEWHERE = "bool_and(later) OR bool_or(kind = 'parameter default')";

/** One row for each pair of functions, with the surest reason. */
function pairs(): string {
  return `
    SELECT src, dst, arg_min(kind, (confidence, line)) AS kind, min(confidence)::VARCHAR AS confidence, bool_and(later) AS later, ${ELSEWHERE} AS elsewhere, count(*) AS places,
      arg_min(path, (confidence, line)) AS path, arg_min(line, (confidence, line)) AS line
    FROM call_edges GROUP BY src, dst`;
}

export const blind_spots = {
  doc: 'One row for each pair of functions of which a run saw a call that `call_edges` does not know: where the text alone does not tell, and why.',
  columns: {
    run_id,
    src: edges_runtime.columns.src,
    dst: edges_runtime.columns.dst,
    count: edges_runtime.columns.count,
    reason: {
      type: 'VARCHAR',
      doc:
        '`generated code`: one of them was made by a compiler or bundler, as Vite makes getters of exports · `code not surveyed`: one of them is not in `source_functions`, as it lies in a package, was made while the program ran, or has changed · `module loading`: the body of a module ran · `parameter default`: it calls a function that calls this one in the default of a parameter, which happens before that call begins · `accessor`: a getter or setter ' +
        'of something unknown · `reflection`: the caller uses `Reflect`, `apply` or `call` on something unknown · `too many candidates`: the caller calls it by a name that many functions have · `computed member`: it calls ' +
        '`a[name]()` · `parameter`: it calls what it is handed (callbacks, dependency injection) · `through outside code`: it calls the host or a package, which was handed the function · `unknown object`: it calls a method of ' +
        'something that could not be followed · `implicit call`: nothing in the caller looks like it (iterators, conversions, decorators).',
    },
  },
  sql: () => `
    WITH missed AS (
      SELECT e.run_id, e.src, e.dst, e.count FROM edges_runtime e
      WHERE NOT EXISTS (SELECT 1 FROM call_edges k WHERE k.src = e.src AND k.dst = e.dst)
    ), of_src AS (
      SELECT src, bool_or(regexp_matches(text, '^Reflect\\.|\\.(apply|call)$') AND (targets = 0 OR outside)) AS reflects,
        bool_or(form = 'computed') AS computes, bool_or(via = 'parameter' AND form <> 'method') AS given, bool_or(outside) AS leaves,
        bool_or(targets = 0 AND NOT outside AND form = 'method') AS lost
      FROM call_sites GROUP BY src
    ), by_default AS (
      SELECT DISTINCT c.run_id, c.src, k.dst FROM call_edges k JOIN edges_runtime c ON c.dst = k.src WHERE k.kind = 'parameter default'
    )
    SELECT m.run_id, m.src, m.dst, m.count,
      CASE WHEN contains(m.src, '#~generated/') OR contains(m.dst, '#~generated/') THEN 'generated code'
        WHEN s.ast_node_id IS NULL OR d.ast_node_id IS NULL THEN 'code not surveyed'
        WHEN d.kind = 'module' THEN 'module loading'
        WHEN b.dst IS NOT NULL THEN 'parameter default'
        WHEN d.kind IN ('getter', 'setter') OR EXISTS (SELECT 1 FROM call_edges k WHERE k.dst = m.dst AND k.kind = 'accessor') THEN 'accessor'
        WHEN EXISTS (SELECT 1 FROM call_sites c WHERE c.src = m.src AND c.too_many IS NOT NULL AND ends_with(c.text, '.' || d.member_name)) THEN 'too many candidates'
        WHEN EXISTS (SELECT 1 FROM call_sites c WHERE c.src = m.src AND c.targets = 0 AND NOT c.outside AND c.form = 'method' AND ends_with(c.text, '.' || d.member_name)) THEN 'unknown object'
        WHEN o.computes THEN 'computed member'
        WHEN o.reflects THEN 'reflection'
        WHEN o.leaves AND EXISTS (SELECT 1 FROM call_edges k WHERE k.dst = m.dst AND k.later) THEN 'through outside code'
        WHEN o.given THEN 'parameter'
        WHEN o.lost THEN 'unknown object'
        WHEN o.leaves THEN 'through outside code'
        ELSE 'implicit call' END AS reason
    FROM missed m
    LEFT JOIN source_functions s ON s.ast_node_id = m.src
    LEFT JOIN source_functions d ON d.ast_node_id = m.dst
    LEFT JOIN of_src o ON o.src = m.src
    LEFT JOIN by_default b ON b.run_id = m.run_id AND b.src = m.src AND b.dst = m.dst`,
} as const satisfies View;
