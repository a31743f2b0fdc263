/** Calls as the text has them, place by place, with what runs saw of each, and those that only runs know. */
import { call_edges, call_sites } from '../tables/calls.ts';
import { runs } from '../tables/run.ts';
import { edges_runtime } from '../tables/runtime.ts';
import { source_functions } from '../tables/source.ts';
import type { View } from '../view.ts';

const NOWHERE = 'only runs know of it';
const { src, kind, later } = call_edges.columns;
const { module, awaited, text, form } = call_sites.columns;

export const known_calls = {
  doc:
    'One row for each place of the text where something is called and each function that this may be, in each run; one with `dst` NULL where no function of the workspace is; and one for each pair of functions ' +
    'of which only the run knows. `intellimap/query` asks it.',
  columns: {
    run_id: { ...edges_runtime.columns.run_id, doc: runs.columns.id.doc },
    src,
    src_name: { ...source_functions.columns.name, none: 'not known any more' },
    dst: { ...call_edges.columns.dst, none: 'it lies outside, or nobody knows what is called' },
    dst_name: { ...source_functions.columns.name, none: 'as `dst`' },
    path: { ...call_edges.columns.path, none: NOWHERE },
    line: { ...call_edges.columns.line, none: NOWHERE },
    column: { ...call_edges.columns.column, none: NOWHERE },
    text: { ...text, none: NOWHERE },
    form: { ...form, type: 'VARCHAR', none: 'only runs know of it, or no call is written' },
    module,
    loop: {
      ...call_sites.columns.loop,
      doc: 'As `call_sites.loop`; where a function is handed to a method that calls it for each element, `callback of map`, too.',
    },
    awaited,
    kind: { ...kind, none: 'nothing in the text tells what is called' },
    confidence: { type: 'VARCHAR', doc: call_edges.columns.confidence.doc, none: 'as `kind`' },
    later,
    count: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls of `dst` from `src` in the run, from all places of `src` together: the same in each row of a pair.',
    },
    evidence: {
      type: 'VARCHAR',
      doc: '`ran`: the run saw `src` call `dst` · `text only`: it did not, or what is called is not recorded.',
    },
    detail: {
      type: 'VARCHAR',
      doc: '`seen` · `blind spot`: the run saw it, and the text does not tell · `outside`: what is called comes from the host or from a package · `unknown`: nobody knows what is called · and as `call_evidence.evidence`.',
    },
  },
  sql: () => `
    WITH names AS (
      SELECT ast_node_id, arg_min(name, rank) AS name
      FROM (SELECT ast_node_id, name, 0 AS rank FROM source_functions UNION ALL SELECT ast_node_id, name, 1 FROM functions) GROUP BY ast_node_id),
    written AS (
      SELECT coalesce(e.src, s.src) AS src, e.dst, coalesce(e.path, s.path) AS path, coalesce(e.line, s.line) AS line, coalesce(e."column", s."column") AS "column",
        coalesce(e.text, s.text) AS text, s.form::VARCHAR AS form, s.module, coalesce(s.outside, false) AS outside,
        CASE WHEN regexp_matches(e.kind, '^callback of (forEach|map|flatMap|filter|find|findIndex|findLast|findLastIndex|some|every|reduce|reduceRight|sort|toSorted|Array\\.from)$')
          THEN e.kind ELSE s.loop END AS loop,
        coalesce(s.awaited, false) AS awaited, e.kind, e.confidence::VARCHAR AS confidence, coalesce(e.later, false) AS later
      FROM (SELECT * FROM call_sites WHERE text <> 'for … of') s
      FULL JOIN call_edges e ON e.path = s.path AND e.line = s.line AND e."column" = s."column" AND e.text = s.text),
    all_calls AS (
      SELECT r.id AS run_id, w.src, w.dst, w.path, w.line, w."column", w.text, w.form, w.module, w.loop, w.awaited, w.kind, w.confidence, w.later, coalesce(v.count, 0) AS count,
        coalesce(v.evidence, CASE WHEN w.outside THEN 'outside' ELSE 'unknown' END) AS detail
      FROM written w CROSS JOIN runs r LEFT JOIN call_evidence v ON v.run_id = r.id AND v.src = w.src AND v.dst = w.dst
      UNION ALL
      SELECT e.run_id, e.src, e.dst, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, false, e.count, 'blind spot'
      FROM edges_runtime e WHERE NOT EXISTS (SELECT 1 FROM call_edges k WHERE k.src = e.src AND k.dst = e.dst))
    SELECT c.run_id, c.src, a.name AS src_name, c.dst, b.name AS dst_name, c.path, c.line, c."column", c.text, c.form, c.module, c.loop, c.awaited, c.kind, c.confidence, c.later, c.count,
      CASE WHEN c.count > 0 THEN 'ran' ELSE 'text only' END AS evidence, c.detail
    FROM all_calls c LEFT JOIN names a ON a.ast_node_id = c.src LEFT JOIN names b ON b.ast_node_id = c.dst`,
} as const satisfies View;
