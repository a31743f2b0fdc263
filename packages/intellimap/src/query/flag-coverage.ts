/** Question: which feature flags are there, what did they say, and what ran then? */
import { lasted } from '../schema/index.ts';
import type { Session } from './session.ts';

export interface FlagReader {
  id: string;
  name: string;
  path: string;
  line: number;
}

export interface FlagBranch {
  /** Function that asked; one that is asked itself, and asks on, is none. */
  asker: FlagReader;
  /** Its calls that were answered this, and half of them took at most this long. */
  calls: number;
  medianMs: number;
  /** What these calls called after they had asked, and calls answered otherwise did not. */
  only: string[];
}

export interface FlagValue {
  /** As JSON. */
  value: string;
  /** In this run. */
  reads: number;
  /** Runs that saw it, this one included. */
  runs: number;
  branches: FlagBranch[];
}

export interface Flag {
  name: string;
  source: 'call' | 'environment' | 'config';
  /** Who was asked. */
  readers: FlagReader[];
  /** Values of this run, and those that other runs saw (`reads` 0). */
  values: FlagValue[];
}

/**
 * Calls that asked for a flag: name and value are previews, the asker is the caller. Where the answer was a promise, the value is what a generator below gave,
 * which is what compilers make of an async function.
 */
const ASKED = `
  RECURSIVE later AS (
    SELECT v.thread_id, c.parent_call_id AS at, v.preview, 1 AS depth
    FROM call_values v JOIN calls c USING (thread_id, call_id) JOIN functions f USING (function_id) WHERE v.role = 'result' AND f.is_generator
    UNION ALL
    SELECT l.thread_id, c.parent_call_id, l.preview, l.depth + 1 FROM later l JOIN calls c ON c.thread_id = l.thread_id AND c.call_id = l.at WHERE l.depth < 6),
  asked AS (
    SELECT c.thread_id, c.call_id, c.parent_call_id, c.start_us, n.preview AS name,
      CASE WHEN r.type = 'promise' THEN coalesce((SELECT any_value(l.preview) FROM later l WHERE l.thread_id = c.thread_id AND l.at = c.call_id), r.preview) ELSE r.preview END AS value
    FROM calls c JOIN functions f USING (function_id)
    JOIN call_values n ON n.thread_id = c.thread_id AND n.call_id = c.call_id AND n.role = 'argument' AND n.position = 0 AND n.nth = 0 AND n.type = 'string'
    JOIN call_values r ON r.thread_id = c.thread_id AND r.call_id = c.call_id AND r.role = 'result'
    WHERE f.ast_node_id IN (SELECT reader FROM flags WHERE reader IS NOT NULL))`;

/** Flags of the run by name. */
export async function flagCoverage({ db }: Session): Promise<Flag[]> {
  const seen = await db.all<{
    name: string;
    source: Flag['source'];
    value: string;
    reads: number;
    runs: number;
  }>(
    `SELECT a.name, a.source, a.value, coalesce(sum(a.reads) FILTER (a.run_id = (SELECT id FROM runs)), 0)::BIGINT AS reads, count(DISTINCT a.run_id)::INTEGER AS runs
     FROM all_runs.flags a WHERE (a.name, a.source) IN (SELECT (name, source) FROM flags) GROUP BY ALL ORDER BY a.name, a.source, reads DESC, a.value`,
  );
  const readers = await db.all<FlagReader & { flag: string }>(
    `SELECT DISTINCT g.name AS flag, f.ast_node_id AS id, f.name, f.path, f.line FROM flags g JOIN functions f ON f.ast_node_id = g.reader ORDER BY ALL`,
  );
  const branches = await db.all<
    FlagReader & { flag: string; value: string; calls: number; medianMs: number; called: string }
  >(
    `WITH ${ASKED},
     called AS (
       SELECT a.name AS flag, a.value, p.function_id AS asker, f.name AS callee
       FROM asked a JOIN calls p ON p.thread_id = a.thread_id AND p.call_id = a.parent_call_id
       JOIN calls s ON s.thread_id = a.thread_id AND s.parent_call_id = a.parent_call_id AND s.start_us >= a.start_us AND s.call_id <> a.call_id
       JOIN functions f ON f.function_id = s.function_id GROUP BY ALL)
     SELECT a.name AS flag, a.value, f.ast_node_id AS id, f.name, f.path, f.line, count(*) AS calls, median(${lasted('p')}) / 1000 AS medianMs,
       coalesce((SELECT to_json(list(callee ORDER BY callee))::VARCHAR FROM called c WHERE c.flag = a.name AND c.value = a.value AND c.asker = p.function_id), '[]') AS called
     FROM (SELECT DISTINCT thread_id, parent_call_id, name, value FROM asked) a
     JOIN calls p ON p.thread_id = a.thread_id AND p.call_id = a.parent_call_id JOIN functions f ON f.function_id = p.function_id
     WHERE p.end_us IS NOT NULL AND f.ast_node_id NOT IN (SELECT reader FROM flags WHERE reader IS NOT NULL) GROUP BY a.name, a.value, p.function_id, f.ast_node_id, f.name, f.path, f.line ORDER BY calls DESC, id`,
  );
  const flags = new Map<string, Flag>();
  for (const { name, source, value, reads, runs } of seen) {
    const key = `${source} ${name}`;
    const own = readers.filter(({ flag }) => source === 'call' && flag === name);
    const flag = flags.get(key) ?? { name, source, readers: own.map(placeOf), values: [] };
    flags.set(key, flag);
    const here = branches.filter((each) => source === 'call' && nameIn(each.flag) === name);
    flag.values.push({ value, reads, runs, branches: here.filter((each) => each.value === value).map((each) => branchOf(each, here)) });
  } // prettier-ignore
  return [...flags.values()];
}

const placeOf = ({ id, name, path, line }: FlagReader): FlagReader => ({ id, name, path, line });

/** The preview of a string. */
const nameIn = (preview: string): string => String(JSON.parse(preview));

function branchOf(
  branch: FlagReader & { value: string; calls: number; medianMs: number; called: string },
  all: readonly (FlagReader & { value: string; called: string })[],
): FlagBranch {
  const others = all
    .filter(({ id, value }) => id === branch.id && value !== branch.value)
    .flatMap(({ called }) => JSON.parse(called) as string[]);
  return {
    asker: placeOf(branch),
    calls: branch.calls,
    medianMs: branch.medianMs,
    only: (JSON.parse(branch.called) as string[]).filter((name) => !others.includes(name)),
  };
}
