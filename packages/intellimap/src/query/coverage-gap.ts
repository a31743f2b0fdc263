/** Question: what runs in one kind of runs, and never in another? E.g. in production, and never in a test. */
import type { Session } from './session.ts';

export interface CoverageGap {
  id: string;
  name: string;
  path: string;
  line: number;
  /** Side that it runs on. */
  side: 'production' | 'test';
  /** Calls in all runs of that side, and the runs it ran in. */
  calls: number;
  runs: number;
  /** Of the calls of all functions of that side that the other one never runs. */
  share: number;
  /** Runs of the other side in which its file was loaded: nobody called it. */
  loadedIn: number;
  /** A run of that side which shows it. */
  example: string;
}

export interface CoverageSides {
  production: SideFacts;
  test: SideFacts;
  /** Functions that run on both sides. */
  both: number;
  gaps: CoverageGap[];
}

export interface SideFacts {
  runs: number;
  functions: number;
  /** Runs of which part is missing: sampled, let go, cut off. */
  partial: number;
}

/** Labels of each side. A run without any of them is a test if its command is a test runner; others are production only where no run is labelled so. */
export interface CoverageOptions {
  production: readonly string[];
  test: readonly string[];
}

/** Words of commands that run tests. */
const TEST_COMMAND = String.raw`(^|[^a-z])(test|tests|vitest|jest|mocha|ava|tap|playwright|cypress)([^a-z]|$)`;

/** Files of tests themselves: that they run in tests only is no finding. */
const TEST_FILE = String.raw`(^|/)(tests?|__tests__|__mocks__|spec|e2e)/|[._-](test|spec)\.[cm]?[jt]sx?$`;

/** Runs of either side (`$production`, `$test`: labels, as JSON); those that somebody labelled are where the label says. Imports that know no calls are on none. */
export const SIDES = `SELECT id, complete, CASE
    WHEN list_has_any(CAST(labels AS JSON)::VARCHAR[], CAST($production AS JSON)::VARCHAR[]) THEN 'production'
    WHEN list_has_any(CAST(labels AS JSON)::VARCHAR[], CAST($test AS JSON)::VARCHAR[]) THEN 'test'
    WHEN regexp_matches(lower(command), '${TEST_COMMAND}') THEN 'test'
    WHEN NOT EXISTS (SELECT 1 FROM all_runs.runs WHERE list_has_any(CAST(labels AS JSON)::VARCHAR[], CAST($production AS JSON)::VARCHAR[])) THEN 'production'
  END AS side FROM all_runs.runs WHERE imported IS NULL OR json_extract_string(imported, '$.format') = 'parquet'`;

export async function coverageGap(
  { db }: Session,
  options: CoverageOptions,
  limit = 1000,
): Promise<CoverageSides> {
  const values = { production: JSON.stringify(options.production), test: JSON.stringify(options.test) };
  const facts = await db.all<{ side: string; runs: number; functions: number; partial: number }>(
    `WITH sides AS (${SIDES})
     SELECT side, count(DISTINCT s.id)::INTEGER AS runs, count(DISTINCT n.ast_node_id)::INTEGER AS functions,
       count(DISTINCT s.id) FILTER (NOT s.complete OR EXISTS (SELECT 1 FROM all_runs.threads t WHERE t.run_id = s.id AND t.words_let_go + t.tasks_left_out > 0))::INTEGER AS partial
     FROM sides s LEFT JOIN all_runs.nodes_runtime n ON n.run_id = s.id WHERE side IS NOT NULL GROUP BY side`,
    values,
  );
  const gaps = await db.all<CoverageGap & { both: number }>(
    `WITH sides AS (${SIDES}),
     ran AS (SELECT n.ast_node_id AS id, s.side, sum(n.hits)::BIGINT AS calls, count(*)::INTEGER AS runs, max(n.run_id) AS example
       FROM all_runs.nodes_runtime n JOIN sides s ON s.id = n.run_id WHERE s.side IS NOT NULL GROUP BY ALL),
     alone AS (SELECT * FROM ran WHERE id IN (SELECT id FROM ran GROUP BY id HAVING count(*) = 1))
     SELECT a.id, f.name, f.path, f.line, a.side, a.calls, a.runs, a.calls / sum(a.calls) OVER (PARTITION BY a.side) AS share, a.example,
       (SELECT count(*) FROM all_runs.functions o JOIN sides s ON s.id = o.run_id WHERE o.ast_node_id = a.id AND s.side IS NOT NULL AND s.side <> a.side)::INTEGER AS loadedIn
     FROM alone a JOIN all_runs.functions f ON f.run_id = a.example AND f.ast_node_id = a.id
     WHERE a.side = 'production' OR NOT regexp_matches(f.path, '${TEST_FILE}')
     ORDER BY a.side, a.calls DESC, a.id LIMIT $limit`,
    { ...values, limit },
  );
  const [both] = await db.all<{ n: number }>(
    `WITH sides AS (${SIDES}) SELECT count(*)::INTEGER AS n FROM (SELECT n.ast_node_id FROM all_runs.nodes_runtime n JOIN sides s ON s.id = n.run_id
     WHERE s.side IS NOT NULL GROUP BY 1 HAVING count(DISTINCT s.side) = 2)`,
    values,
  );
  const factsOf = (side: string): SideFacts => {
    const { runs = 0, functions = 0, partial = 0 } = facts.find((each) => each.side === side) ?? {};
    return { runs, functions, partial };
  };
  return { production: factsOf('production'), test: factsOf('test'), both: both.n, gaps };
}
