/** Question: what did all runs of the workspace, or those since some day, execute, and what could they have seen? */
import type { Session } from './session.ts';

/** The runs that a claim of "never" rests on: it says no more than they do. */
export interface Window {
  runs: WindowRun[];
  /** ms since the epoch; null: there is no run. */
  from: number | null;
  to: number | null;
}

export interface WindowRun {
  id: string;
  /** ms since the epoch */
  ts: number;
  tier: string;
  command: string[];
  branch: string | null;
  node: string;
  platform: string;
  /** Nothing that ran in it can have been missed. */
  isWhole: boolean;
}

/** What runs know of a function as it is written now. */
export interface Seen {
  id: string;
  /** Calls in all of them, whatever its body was. */
  hits: number;
  /** Runs that would have told of it, and of these the whole ones. */
  witnesses: number;
  whole: number;
  /** The newest of them, and when it was, in ms since the epoch. */
  last: string | null;
  lastAt: number | null;
  /** Runs that knew it with another body. */
  changed: number;
}

export interface Executed {
  window: Window;
  /** By `ast_node_id`; functions that no run knows are absent. */
  functions: Map<string, Seen>;
  /** Files that were loaded: path → the newest run that did. */
  loaded: Map<string, string>;
}

/** A run is whole when all that happened was told: nothing lost, let go, left out or switched off. */
const WHOLE = `
  r.complete AND r.processes_unrecorded = 0 AND json_extract(r.flags, '$.sample') IS NULL
  AND NOT EXISTS (FROM all_runs.threads t WHERE t.run_id = r.id AND t.words_let_go + t.words_left_out + t.tasks_left_out > 0)
  AND NOT EXISTS (FROM all_runs.gate_changes g WHERE g.run_id = r.id AND g.gate = 'off')`;

const RUNS = `
  SELECT id, ts, tier, command, branch, json_extract_string(env, '$.node') AS node, json_extract_string(env, '$.platform') AS platform,
    (${WHOLE}) AS "isWhole"
  FROM all_runs.runs r WHERE epoch_ms(r.ts) >= $since ORDER BY ts, id`;

/** What V8 counted in recorded runs: where no probe tells of a function, as in a page that is not instrumented, it shows that it ran, and never that it did not. */
const COVERED = `
  SELECT c.run_id, c.ast_node_id AS id, any_value(c.path) AS path, any_value(c.line) AS line, any_value(c.end_line) AS end_line, sum(c.count) AS hits
  FROM all_runs.coverage c JOIN all_runs.runs r ON r.id = c.run_id
  WHERE c.source = 'v8' AND c.kind = 'function' AND c.count > 0 AND c.ast_node_id IS NOT NULL AND r.imported IS NULL AND epoch_ms(r.ts) >= $since
  GROUP BY c.run_id, c.ast_node_id`;

const SEEN = `
  WITH w AS (SELECT id, ts, (${WHOLE}) AS whole FROM all_runs.runs r WHERE epoch_ms(r.ts) >= $since),
  covered AS (${COVERED}),
  known AS (
    SELECT f.ast_node_id AS id, w.id AS run, w.ts, w.whole, greatest(coalesce(n.hits, 0), coalesce(v.hits, 0)) AS hits, f.hash = s.hash AS same,
      f.off IS NULL AND (f.kept <> 'nothing' OR n.hits > 0) OR v.hits > 0 AS told
    FROM all_runs.functions f JOIN w ON w.id = f.run_id JOIN source_functions s ON s.ast_node_id = f.ast_node_id
    LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.ast_node_id = f.ast_node_id
    LEFT JOIN covered v ON v.run_id = f.run_id AND v.id = f.ast_node_id
    UNION ALL
    -- Nobody knows the body that it had there: where it stood has to do.
    SELECT v.id, w.id, w.ts, w.whole, v.hits, v.line = s.line AND v.end_line = s.end_line, true
    FROM covered v JOIN w ON w.id = v.run_id JOIN source_functions s ON s.ast_node_id = v.id
    WHERE NOT EXISTS (FROM all_runs.functions f WHERE f.run_id = v.run_id AND f.ast_node_id = v.id))
  SELECT id, sum(hits)::BIGINT AS hits, count(*) FILTER (same AND told) AS witnesses,
    count(*) FILTER (same AND told AND whole) AS whole, count(*) FILTER (NOT same) AS changed,
    arg_max(run, ts) FILTER (same AND told) AS last, epoch_ms(max(ts) FILTER (same AND told)) AS "lastAt"
  FROM known GROUP BY id`;

const LOADED = `
  SELECT m.path, arg_max(m.run_id, r.ts) AS run
  FROM (SELECT run_id, path FROM all_runs.modules WHERE loaded UNION SELECT run_id, path FROM (${COVERED})
    UNION SELECT id, json_extract_string(flags, '$.scenario.file') FROM all_runs.runs WHERE json_extract_string(flags, '$.scenario.file') IS NOT NULL) m JOIN all_runs.runs r ON r.id = m.run_id
  WHERE epoch_ms(r.ts) >= $since GROUP BY m.path`;

/** @param since ms since the epoch; 0: all runs there are */
export async function executed({ db }: Session, since = 0): Promise<Executed> {
  const rows = await db.all<Omit<WindowRun, 'command'> & { command: string }>(RUNS, { since });
  const runs = rows.map((row) => ({ ...row, command: JSON.parse(row.command) as string[] }));
  const seen = await db.all<Seen>(SEEN, { since });
  const loaded = await db.all<{ path: string; run: string }>(LOADED, { since });
  return {
    window: { runs, from: runs[0]?.ts ?? null, to: runs.at(-1)?.ts ?? null },
    functions: new Map(seen.map((row) => [row.id, row])),
    loaded: new Map(loaded.map(({ path, run }) => [path, run])),
  };
}
