/** Questions that slices ask: which calls lead where, and what runs saw of the functions on the way. */
import type { Session } from './session.ts';

/** A call of the text that leads to a function of the workspace; those that only may be left out. Columns count from 0. */
interface LeadingCall {
  path: string;
  line: number;
  column: number;
  dst: string;
  dstPath: string;
  /** What stands there as an argument is its parameter; otherwise somebody between calls it. */
  isDirect: boolean;
}

const CALLS = `
  SELECT e.path, e.line, e."column", e.dst, f.path AS "dstPath",
    NOT (e.later OR starts_with(e.kind, 'callback of') OR e.kind IN ('event name', 'accessor', 'call/apply/bind', 'jsx', 'require')) AS "isDirect"
  FROM call_edges e JOIN source_functions f ON f.ast_node_id = e.dst WHERE e.confidence <> 'maybe'`;

/** Calls that a file makes. */
const callsInFile = async ({ db }: Session, path: string): Promise<LeadingCall[]> =>
  await db.all<LeadingCall>(`${CALLS} AND e.path = $path ORDER BY e.line, e."column", e.dst`, { path });

/** Calls of functions, from anywhere. */
const callsOfFunctions = async ({ db }: Session, ids: readonly string[]): Promise<LeadingCall[]> =>
  await db.all<LeadingCall>(
    `${CALLS} AND e.dst IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]'))) ORDER BY e.path, e.line, e."column", e.dst`,
    { ids: JSON.stringify(ids) },
  );

/** A function as the run knows it. */
interface RanFunction {
  id: string;
  name: string;
  line: number;
  /** Calls in the run. */
  calls: number;
  /** The run would have told of a call. */
  isSeen: boolean;
}

const ranFunctions = async ({ db }: Session, ids: readonly string[]): Promise<RanFunction[]> =>
  await db.all<RanFunction>(
    `SELECT ast_node_id AS id, name, line, hits AS calls, is_seen AS "isSeen" FROM function_facts
     WHERE ast_node_id IN (SELECT unnest(from_json($ids::JSON, '["VARCHAR"]'))) ORDER BY id`,
    { ids: JSON.stringify(ids) },
  );

/** The file that a path, or the end of one, means: its path, and others that end so, too. */
export const filesNamed = async ({ db }: Session, wanted: string): Promise<string[]> => {
  const rows = await db.all<{ path: string }>(
    `SELECT path FROM source_files WHERE path = $wanted OR ends_with(path, '/' || $wanted) ORDER BY path <> $wanted, path`,
    { wanted },
  );
  const all = rows.map(({ path }) => path);
  return all[0] === wanted ? [wanted] : all;
};

/** All of it, as who slices asks. */
export interface SliceQuestions {
  filesNamed: (wanted: string) => Promise<string[]>;
  callsIn: (path: string) => Promise<LeadingCall[]>;
  callsOf: (ids: readonly string[]) => Promise<LeadingCall[]>;
  functions: (ids: readonly string[]) => Promise<RanFunction[]>;
}

export const sliceFacts = (session: Session): SliceQuestions => ({
  filesNamed: async (wanted) => await filesNamed(session, wanted),
  callsIn: async (path) => await callsInFile(session, path),
  callsOf: async (ids) => await callsOfFunctions(session, ids),
  functions: async (ids) => await ranFunctions(session, ids),
});
