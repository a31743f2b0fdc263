/** Views that join what the text foretells of processes, routes, topics and timers with what runs saw of them. */
import { runs } from '../tables/run.ts';
import { topology_edges, topology_nodes } from '../tables/topology.ts';
import type { View } from '../view.ts';

const run_id = { type: 'VARCHAR', doc: runs.columns.id.doc } as const;
const EVIDENCE =
  '`seen` · `function ran`: the function that it is written in ran, and whether it came to this is not recorded · `never` · `not recorded`: the run does not know that function, as its file was not loaded, or is not in scope.';

/** Labels of edges to functions that are not called for it. */
const BESIDE = `('listens here', 'made here', 'awaited', 'before it')`;

/** Functions that are called for one thing only: calls of others may have been for something else. */
const HANDLING = `SELECT any_value(src) AS src, dst FROM topology_edges WHERE kind = 'handles' AND coalesce(label, '') NOT IN ${BESIDE} AND coalesce(label, '') NOT LIKE 'before %'
    GROUP BY dst HAVING count(DISTINCT src) = 1`;

const HITS = `hits AS (SELECT run_id, ast_node_id, sum(hits)::BIGINT AS hits FROM nodes_runtime GROUP BY ALL),
  known AS (SELECT DISTINCT run_id, ast_node_id FROM functions)`;

const ID = '[0-9]+|[0-9a-fA-F-]{16,}|[^/]{40,}';

/** Ids in a path are all the same, but for those that a route is called by: matching a hundred thousand paths with fifty routes, one by one, takes 40 s. */
const shapeOf = (name: string): string =>
  `array_to_string(list_transform(string_split(${name}, '/'), lambda part, nth: CASE WHEN nth > 1 AND regexp_full_match(part, '${ID}') AND NOT list_contains(ids, part) THEN '*' ELSE part END), '/')`;

/** `/status/200` */
const IDS_OF_ROUTES = `ids_of_routes AS (
    SELECT coalesce(list(DISTINCT part) FILTER (regexp_full_match(part, '${ID}')), []) AS ids
    FROM (SELECT replace(regexp_replace(unnest(string_split(matches, '/')), '[(|)].*', ''), '\\', '') AS part FROM topology_nodes WHERE kind = 'route'))`;

/**
 * Each request with the route that says most of its path. Routes that nothing added in that run answered none; of a request for which no function of the workspace
 * ran, only routes without one can have: servers in front of others, proxies, see the same paths.
 */
const ASKED = `made AS (
    SELECT DISTINCT r.id AS run_id, n.id, n.matches FROM topology_nodes n CROSS JOIN runs r LEFT JOIN known k ON k.run_id = r.id AND k.ast_node_id = n.ast_node_id
    LEFT JOIN hits h ON h.run_id = r.id AND h.ast_node_id = n.ast_node_id WHERE n.kind = 'route' AND n.matches IS NOT NULL AND (h.hits > 0 OR k.ast_node_id IS NULL)),
  ${IDS_OF_ROUTES},
  named AS (SELECT run_id, ${shapeOf('name')} AS shape, ast_node_id, start_us, end_us, duration_ms, busy_ms FROM tasks, ids_of_routes WHERE kind = 'request'),
  fitting AS (
    SELECT a.run_id, a.shape, arg_max(n.id, (length(regexp_replace(n.matches, '\\[\\^/\\]\\+|\\.\\*', '', 'g')), n.id)) AS id
    FROM (SELECT DISTINCT run_id, shape FROM named) a JOIN made n ON n.run_id = a.run_id AND regexp_matches(a.shape, n.matches) GROUP BY a.run_id, a.shape),
  asked AS (
    SELECT t.run_id, f.id, t.start_us, t.end_us, t.duration_ms, t.busy_ms FROM named t JOIN fitting f ON f.run_id = t.run_id AND f.shape = t.shape
    WHERE t.ast_node_id IS NOT NULL OR NOT EXISTS (FROM topology_edges e WHERE e.src = f.id AND e.kind = 'handles' AND coalesce(e.label, '') <> 'made here'))`;

/** Whether a row of `resources` is a request of a client whose expression fits its route: `/status/200` and `/status/404` have the same. */
const isOf = (resource: string, client: string): string =>
  `(NOT contains(${client}.matches, '|\\*)') OR regexp_matches(${resource}.method || ' ' || regexp_extract(${resource}.url, '^([a-zA-Z][a-zA-Z0-9+.-]*://)?([^?]*)', 2), ${client}.matches))`;

/** Routes of requests with the clients that may have made them, and how many of them did, as far as it is known. What pages load by themselves has no row in `resource_routes`. */
const MEANT = `fitting_clients AS (
    SELECT r.run_id, r.method, r.route, r.count, r.p50_ms, r.p95_ms, n.id, n.matches FROM resource_routes r
    JOIN topology_nodes n ON n.kind = 'client' AND regexp_matches(r.method || ' ' || r.route, n.matches)),
  of_others AS (
    SELECT f.run_id, f.method, f.route, f.id, count(*) AS count FROM fitting_clients f JOIN resources r USING (run_id, method, route)
    WHERE r.type IN ('fetch', 'http', 'https', 'xhr', 'eventsource', 'websocket') AND NOT ${isOf('r', 'f')} GROUP BY ALL),
  meant AS (
    SELECT f.run_id, f.method, f.route, f.id, f.p50_ms, f.p95_ms, f.count - coalesce(o.count, 0) AS count
    FROM fitting_clients f LEFT JOIN of_others o USING (run_id, method, route, id) WHERE f.count > coalesce(o.count, 0))`;

export const topology_node_evidence = {
  doc: 'One row for each of `topology_nodes` but for functions, in each run: what it saw of that. Of all runs, with what they saw that the text does not foretell: `intellimap topology`.',
  columns: {
    run_id,
    id: topology_nodes.columns.id,
    kind: topology_nodes.columns.kind,
    name: topology_nodes.columns.name,
    count: {
      type: 'BIGINT',
      doc: 'How often: requests of a route (of those that have a row in `tasks`) or client (of several with one row of `resource_routes` those of its own, as far as `resources` tells); of topics, messages, timers, signals calls of the function that handles nothing else, of several such the most; how often the file of a program, process or worker was run.',
      none: 'nothing of it is recorded by itself',
    },
    p50_ms: { type: 'DOUBLE', unit: 'ms', doc: 'Half of its requests took no longer; of several rows of `resource_routes` the longest.', none: 'it has no requests' },
    p95_ms: { type: 'DOUBLE', unit: 'ms', doc: 'Likewise 95 of 100.', none: 'it has no requests' },
    wait_share: { type: 'DOUBLE', unit: 'share of 1', doc: 'Of the time of its requests, the part in which they had no processor: they waited for others, or in a queue.', none: 'it is no route, or has no requests' },
    most_at_once: { type: 'BIGINT', unit: 'requests', doc: 'Most of its requests that were under way at the same time.', none: 'it is no route, or has no requests' },
    evidence: { type: 'VARCHAR', doc: EVIDENCE },
  },
  sql: () => `
  WITH ${HITS},
  ${ASKED},
  served AS (
    SELECT run_id, id, count(*) AS count, quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.95) AS p95,
      greatest(0, 1 - sum(busy_ms) / nullif(sum(duration_ms), 0)) AS waits FROM asked GROUP BY run_id, id),
  steps AS (SELECT run_id, id, start_us AS moment, 1 AS step FROM asked UNION ALL SELECT run_id, id, end_us, -1 FROM asked),
  under_way AS (SELECT run_id, id, max(n)::BIGINT AS most FROM (SELECT run_id, id, sum(step) OVER (PARTITION BY run_id, id ORDER BY moment, step) AS n FROM steps) GROUP BY run_id, id),
  ${MEANT},
  sent AS (SELECT run_id, id, sum(count)::BIGINT AS count, max(p50_ms) AS p50, max(p95_ms) AS p95 FROM meant GROUP BY run_id, id),
  handling AS (${HANDLING}),
  handled AS (SELECT h.run_id, e.src AS id, max(h.hits) AS count FROM handling e JOIN hits h ON h.ast_node_id = e.dst GROUP BY h.run_id, e.src),
  can_handle AS (SELECT DISTINCT src AS id FROM handling),
  begins AS (
    SELECT n.id, p.ast_node_id FROM topology_nodes n JOIN topology_edges e ON e.src = n.id AND e.kind = 'runs' JOIN topology_nodes p ON p.id = e.dst
    UNION SELECT id, ast_node_id FROM topology_nodes WHERE kind = 'program'
    UNION SELECT x.src, p.ast_node_id FROM topology_edges x JOIN topology_edges e ON e.src = x.dst AND e.kind = 'runs' JOIN topology_nodes p ON p.id = e.dst WHERE x.kind = 'has' AND starts_with(x.src, 'pool:')),
  started AS (SELECT h.run_id, b.id, sum(h.hits)::BIGINT AS count FROM begins b JOIN hits h ON h.ast_node_id = b.ast_node_id GROUP BY h.run_id, b.id),
  counted AS (
    SELECT r.id AS run_id, n.id, n.kind, n.name, n.ast_node_id,
      CASE WHEN n.kind = 'route' THEN coalesce(s.count, h.count, 0) WHEN n.kind = 'client' AND n.matches IS NOT NULL THEN coalesce(c.count, 0)
        WHEN b.id IS NOT NULL THEN coalesce(t.count, 0) WHEN n.kind NOT IN ('server', 'database', 'emitter', 'client', 'pool', 'process', 'worker') AND a.id IS NOT NULL THEN coalesce(h.count, 0) END AS count,
      coalesce(s.p50, c.p50) AS p50_ms, coalesce(s.p95, c.p95) AS p95_ms, s.waits AS wait_share, u.most AS most_at_once
    FROM topology_nodes n CROSS JOIN runs r
    LEFT JOIN served s ON s.run_id = r.id AND s.id = n.id LEFT JOIN under_way u ON u.run_id = r.id AND u.id = n.id
    LEFT JOIN sent c ON c.run_id = r.id AND c.id = n.id LEFT JOIN handled h ON h.run_id = r.id AND h.id = n.id
    LEFT JOIN started t ON t.run_id = r.id AND t.id = n.id
    LEFT JOIN can_handle a ON a.id = n.id LEFT JOIN (SELECT DISTINCT id FROM begins) b ON b.id = n.id
    WHERE n.kind <> 'function')
  SELECT c.run_id, c.id, c.kind, c.name, c.count, c.p50_ms, c.p95_ms, c.wait_share, c.most_at_once,
    CASE WHEN c.count > 0 THEN 'seen' WHEN k.ast_node_id IS NULL THEN 'not recorded' WHEN c.count IS NULL AND h.hits > 0 THEN 'function ran' ELSE 'never' END AS evidence
  FROM counted c LEFT JOIN known k ON k.run_id = c.run_id AND k.ast_node_id = c.ast_node_id
  LEFT JOIN hits h ON h.run_id = c.run_id AND h.ast_node_id = c.ast_node_id`,
} as const satisfies View; // prettier-ignore

export const topology_edge_evidence = {
  doc: 'One row for each of `topology_edges` with a function at one end, in each run: what it saw of that.',
  columns: {
    run_id,
    src: topology_edges.columns.src,
    dst: topology_edges.columns.dst,
    kind: topology_edges.columns.kind,
    label: topology_edges.columns.label,
    count: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Of `handles` and `supervises`: calls of the function, whatever it was called for. Of `sends`: calls of the function that handles it (of several the most), made by the sender or by what it called. Of `requests`: requests that the function itself made (of those that have a row in `resources`).',
      none: 'nothing of it is recorded by itself',
    },
    evidence: { type: 'VARCHAR', doc: EVIDENCE },
  },
  sql: () => `
  WITH ${HITS},
  one_way AS (SELECT run_id, src, dst, sum(count)::BIGINT AS count FROM edges_runtime GROUP BY ALL),
  senders AS (SELECT DISTINCT src, dst FROM topology_edges WHERE kind = 'sends'),
  takers AS (SELECT DISTINCT src, dst FROM topology_edges WHERE kind = 'handles'),
  from_senders AS (FROM one_way SEMI JOIN senders USING (src)),
  to_takers AS (FROM one_way SEMI JOIN takers USING (dst)),
  called AS (
    SELECT s.src, s.dst, o.run_id, max(o.count)::BIGINT AS count FROM senders s JOIN takers h ON h.src = s.dst
    JOIN (
      SELECT run_id, src, dst, count FROM from_senders
      UNION ALL SELECT a.run_id, a.src, b.dst, least(a.count, b.count) FROM from_senders a JOIN to_takers b ON b.run_id = a.run_id AND b.src = a.dst WHERE b.src <> a.src) o
    ON o.src = s.src AND o.dst = h.dst GROUP BY s.src, s.dst, o.run_id),
  meant AS (
    SELECT r.method, r.route, n.id, n.matches FROM (SELECT DISTINCT method, route FROM resources) r
    JOIN topology_nodes n ON n.kind = 'client' AND regexp_matches(r.method || ' ' || r.route, n.matches)),
  made AS (
    SELECT r.run_id, f.ast_node_id AS src, n.id AS dst, count(*) AS count FROM resources r JOIN meant n ON n.method = r.method AND n.route = r.route AND ${isOf('r', 'n')}
    JOIN calls c ON c.run_id = r.run_id AND c.thread_id = r.thread_id AND c.call_id = r.call_id JOIN functions f ON f.run_id = c.run_id AND f.function_id = c.function_id GROUP BY ALL),
  pairs AS (
    SELECT r.id AS run_id, e.src, e.dst, e.kind, e.label, s.kind AS of_src, CASE WHEN s.kind = 'function' THEN e.src ELSE e.dst END AS fn,
      e.kind IN ('handles', 'supervises') AND coalesce(e.label, '') NOT IN ('listens here', 'made here') AND coalesce(e.label, '') NOT LIKE '%awaited' AS is_called
    FROM topology_edges e JOIN topology_nodes s ON s.id = e.src JOIN topology_nodes d ON d.id = e.dst CROSS JOIN runs r WHERE s.kind = 'function' OR d.kind = 'function'),
  counted AS (
    SELECT p.run_id, p.src, p.dst, p.kind, p.label, p.fn, h.hits, CASE WHEN p.is_called THEN coalesce(h.hits, 0) WHEN c.count > 0 THEN c.count WHEN m.count > 0 THEN m.count END AS count
    FROM pairs p LEFT JOIN hits h ON h.run_id = p.run_id AND h.ast_node_id = p.fn
    LEFT JOIN called c ON p.kind = 'sends' AND c.run_id = p.run_id AND c.src = p.src AND c.dst = p.dst
    LEFT JOIN made m ON p.kind = 'requests' AND m.run_id = p.run_id AND m.src = p.src AND m.dst = p.dst)
  SELECT c.run_id, c.src, c.dst, c.kind, c.label, c.count,
    CASE WHEN c.count > 0 THEN 'seen' WHEN k.ast_node_id IS NULL THEN 'not recorded' WHEN c.count IS NULL AND c.hits > 0 THEN 'function ran' ELSE 'never' END AS evidence
  FROM counted c LEFT JOIN known k ON k.run_id = c.run_id AND k.ast_node_id = c.fn`,
} as const satisfies View; // prettier-ignore

export const topology_blind_spots = {
  doc: 'One row for each thing that a run saw and `topology_nodes` does not foretell, and why.',
  columns: {
    run_id,
    kind: { type: 'VARCHAR', doc: '`route`: requests that no known route answers · `client`: requests that no known place makes · `timer`, `channel`, `signal`: functions that these called · `program`: files that were run as threads or processes.' },
    name: { type: 'VARCHAR', doc: 'Method and path (`*` for numbers, ids and long texts that no route is called by); the function’s name; the file.' },
    ast_node_id: { type: 'VARCHAR', doc: 'The function that was called.', none: 'it is no function' },
    count: { type: 'BIGINT', doc: 'How often.' },
    reason: {
      type: 'VARCHAR',
      doc:
        '`no such route in the text`: it is made while the program runs, or there is none · `answered by code outside`: no function of the workspace ran for it · `URL only known when it runs`: a place that makes requests of computed URLs ran · `made by code outside`: a package, or the browser · `code not surveyed`: the ' +
        'function is in a package, was made while the program ran, or has changed · `handed to code outside`: a package sets the timer or listens · `started from outside`: from no place of the text, or one whose file is computed.',
    },
  },
  sql: () => `
  WITH ${HITS},
  ${ASKED},
  ${MEANT},
  requests AS (SELECT run_id, shape, count(*) AS count, count(ast_node_id) AS inside FROM named GROUP BY ALL),
  handlers AS (SELECT DISTINCT dst AS id FROM topology_edges WHERE kind IN ('handles', 'supervises')),
  later AS (
    SELECT l.run_id, CASE WHEN l.kind IN ('timeout', 'interval') THEN 'timer' WHEN l.kind = 'message' THEN 'channel' ELSE 'signal' END AS kind, f.name, f.ast_node_id, count(*) AS count
    FROM links l JOIN calls c ON c.run_id = l.run_id AND c.thread_id = l.thread_id AND c.call_id = l.to_call_id JOIN functions f ON f.run_id = c.run_id AND f.function_id = c.function_id
    WHERE l.kind IN ('timeout', 'interval', 'message', 'signal') AND f.kind <> 'module' GROUP BY ALL),
  begun AS (
    SELECT t.run_id, replace(replace(t.facts::JSON->'argv'->>1, '\\', '/'), replace(r.root, '\\', '/') || '/', '') AS path, count(*) AS count
    FROM threads t JOIN runs r ON r.id = t.run_id WHERE t.kind IN ('main', 'worker') GROUP BY ALL)
  SELECT q.run_id, 'route' AS kind, q.shape AS name, NULL AS ast_node_id, sum(q.count)::BIGINT AS count,
    CASE WHEN sum(q.inside) > 0 THEN 'no such route in the text' ELSE 'answered by code outside' END AS reason
  FROM requests q WHERE NOT EXISTS (FROM fitting f WHERE f.run_id = q.run_id AND f.shape = q.shape) GROUP BY q.run_id, q.shape
  UNION ALL
  SELECT r.run_id, 'client', r.method || ' ' || r.route, NULL, sum(r.count)::BIGINT,
    CASE WHEN EXISTS (FROM topology_nodes n JOIN hits h ON h.ast_node_id = n.ast_node_id WHERE n.kind = 'client' AND n.matches IS NULL AND h.run_id = r.run_id AND h.hits > 0) THEN 'URL only known when it runs' ELSE 'made by code outside' END
  FROM resource_routes r ANTI JOIN meant m USING (run_id, method, route) GROUP BY r.run_id, r.method, r.route
  UNION ALL
  SELECT l.run_id, l.kind, l.name, l.ast_node_id, l.count,
    CASE WHEN EXISTS (FROM source_functions s WHERE s.ast_node_id = l.ast_node_id) THEN 'handed to code outside' ELSE 'code not surveyed' END
  FROM later l WHERE NOT EXISTS (FROM handlers h WHERE h.id = l.ast_node_id)
  UNION ALL
  SELECT b.run_id, 'program', b.path, NULL, b.count, 'started from outside' FROM begun b
  -- Folders that look like a secret are not told.
  WHERE b.path IS NOT NULL AND NOT contains(b.path, '‹') AND NOT EXISTS (FROM topology_nodes n WHERE n.kind = 'program' AND n.path = b.path)`,
} as const satisfies View; // prettier-ignore
