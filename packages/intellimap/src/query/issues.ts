/** Question: which errors were there, when, and which are new? */
import { groupedBy } from '../base/groups.ts';
import { type Failure, failures } from './failures.ts';
import type { Session } from './session.ts';

/** A place in the recording that a person can go to. */
export interface Moment {
  /** µs since the run began; null: a place in the source only. */
  t: number | null;
  /** `threads.thread_id` */
  thread: number | null;
  /** `calls.call_id`; null: the call has no row. */
  call: string | null;
  /** `ast_node_id` */
  function: string | null;
  path: string | null;
  line: number | null;
}

export interface Issues {
  /** µs since the run began, of what is cut into `buckets`. */
  from: number;
  to: number;
  buckets: number;
  /** As `failures` has them: uncaught ones first, then by count. */
  signatures: Signature[];
}

export interface Signature extends Omit<Failure, 'signature' | 'template'> {
  /** `errors.signature` */
  id: string;
  /** What its messages have in common. */
  template: string;
  /** `ast_node_id` of the function around the place. */
  functionId: string | null;
  /** Errors by bucket, of those whose time is known: how many these are says `timed`. */
  counts: number[];
  timed: number;
  /** The first one; null: no time is known. */
  first: Moment | null;
  /** Innermost first, one `name (file:line)` each. */
  stack: StackLine[];
}

export interface StackLine {
  name: string;
  path: string | null;
  line: number | null;
}

/** A message at a place. */
interface Row {
  signature: string;
  count: number;
  firstUs: number | null;
  thread: number | null;
  stack: string;
  functionId: string | null;
  fn: number | null;
  path: string | null;
  line: number | null;
}

export async function issues(session: Session, buckets = 60, limit = 1000): Promise<Issues> {
  const { db } = session;
  const all = await failures(session, limit);
  const [{ to }] = await db.all<{ to: number }>(END);
  const rows = await db.all<Row>(ROWS);
  const thrown = await db.all<Thrown>(THROWN);
  const bySignature = groupedBy(rows, (row) => row.signature);
  const firsts = all.map(({ signature }) => bySignature.get(signature)![0]);
  const calls = await callsAround(session, firsts);
  const signatures = all.map(({ signature, ...failure }): Signature => {
    const mine = bySignature.get(signature)!;
    const [first] = mine;
    const times = timesOf(signature, mine, rows, thrown);
    return {
      id: signature,
      ...failure,
      functionId: first.functionId,
      counts: histogram(times, to, buckets),
      timed: times.length,
      first: momentOf(first, calls.get(signature) ?? null),
      stack: stackLines(first.stack),
    };
  });
  return { from: 0, to, buckets, signatures };
}

const END = `
  SELECT greatest(coalesce((SELECT max(duration_ms) * 1000 FROM runs), 0), coalesce((SELECT max(first_us) FROM errors), 0),
    coalesce((SELECT max(certain_until_us) FROM threads), 0), 1)::DOUBLE AS "to"`;

const ROWS = `
  SELECT e.signature, e.count, e.first_us AS firstUs, e.thread_id AS thread, e.stack, e."function" AS functionId, f.function_id AS fn, e.path, e.line
  FROM errors e LEFT JOIN functions f ON f.ast_node_id = e."function" ORDER BY e.first_us NULLS LAST, e.message`;

interface Thrown {
  fn: number;
  endUs: number;
}

/** Calls that an exception left which left no call below: where an exception began. Of functions that errors were seen in. */
const THROWN = `
  SELECT c.function_id AS fn, c.end_us AS endUs FROM calls c
  WHERE c.outcome = 'threw' AND c.end_us IS NOT NULL
    AND c.function_id IN (SELECT function_id FROM functions WHERE ast_node_id IN (SELECT "function" FROM errors WHERE kind <> 'caught'))
    AND NOT EXISTS (SELECT 1 FROM calls b WHERE b.thread_id = c.thread_id AND b.parent_call_id = c.call_id AND b.outcome = 'threw')
  ORDER BY c.end_us LIMIT 200000`;

/**
 * Of each message the time of its first error is recorded. Where a function has errors of one signature only, and as many of its calls threw as there were
 * errors, these are all of them.
 */
function timesOf(signature: string, mine: Row[], all: Row[], thrown: Thrown[]): number[] {
  const first = mine.flatMap(({ firstUs }) => firstUs ?? []);
  const [{ fn }] = mine;
  const count = mine.reduce((sum, row) => sum + row.count, 0);
  const isAlone = fn !== null && all.every((row) => (row.fn === fn) === (row.signature === signature));
  const ends = isAlone ? thrown.filter((each) => each.fn === fn).map(({ endUs }) => endUs) : [];
  return ends.length === count ? ends : first;
}

function histogram(times: readonly number[], to: number, buckets: number): number[] {
  const counts = Array.from({ length: buckets }, () => 0);
  for (const time of times) counts[Math.min(buckets - 1, Math.max(0, Math.floor((time / to) * buckets)))]++;
  return counts;
}

function momentOf({ firstUs: t, thread, functionId, path, line }: Row, call: string | null): Moment | null {
  return t === null ? null : { t, thread, call, function: functionId, path, line };
}

/** Calls that errors were seen in, by signature. */
async function callsAround({ db }: Session, errors: readonly Row[]): Promise<Map<string, string>> {
  const wanted = errors.map(({ signature, thread, fn, firstUs: t }) => ({ signature, thread, fn, t }));
  const found = await db.all<{ signature: string; call: string }>(CALLS, { wanted: JSON.stringify(wanted) });
  return new Map(found.map(({ signature, call }) => [signature, call]));
}

/** The call of the function that was on the stack then: the last to begin of those that went on. */
const CALLS = `
  WITH wanted AS (
    SELECT unnest(from_json($wanted::JSON, '[{"signature": "VARCHAR", "thread": "INTEGER", "fn": "INTEGER", "t": "DOUBLE"}]'), recursive := true))
  SELECT w.signature, arg_max(c.call_id, (c.start_us, c.call_id))::VARCHAR AS call
  FROM wanted w JOIN calls c ON c.thread_id = w.thread AND c.function_id = w.fn
  WHERE c.start_us <= w.t AND (c.end_us IS NULL OR c.end_us >= w.t) GROUP BY w.signature`;

/** Our own stacks have `name (file:line)`, V8's `at name (file:line:column)`. */
function stackLines(stack: string): StackLine[] {
  return stack.split('\n').flatMap((text): StackLine[] => {
    const line = text.trim();
    const found = /^(?:at )?(.*?) ?\(?([^()\s]+?):(\d+)(?::\d+)?\)?$/.exec(line);
    if (found === null) return line === '' ? [] : [{ name: line, path: null, line: null }];
    return [{ name: found[1], path: found[2], line: Number(found[3]) }];
  });
}
