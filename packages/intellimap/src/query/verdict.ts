/**
 * Question: what is to be said about a run in one sentence, what shows it, and what was it compared with? Each claim is made of rows; "nothing is wrong" is
 * one, too, and so is "it cannot be told".
 */
import { type Drift, drift } from './drift/index.ts';
import { silentFailures } from './failures.ts';
import { type Issues, issues, type Signature } from './issues.ts';
import type { Session } from './session.ts';
import { taskShape } from './task-shape.ts';
import {
  type Affected,
  byWeight,
  type Facts,
  isSerious,
  judge,
  type Judged,
  type Trouble,
} from './verdict/judge.ts';
import { promptOf } from './verdict/prompt.ts';
import { UNWATCHED_COUNT } from './unwatched.ts';

export interface VerdictAnswer extends Judged {
  /** The run that it was compared with, and why that one; null: none was fit. */
  against: { run: string; why: string } | null;
  /** For an assistant: what is wrong, with stack, values and causes, as text; null: nothing is. */
  prompt: string | null;
  drift: Drift | null;
  issues: Issues;
}

/** Kinds of errors that are looked at; those beyond come less often. */
const TROUBLES = 200;

/** @param against as `drift` takes it */
export async function verdict(session: Session, against?: string): Promise<VerdictAnswer> {
  const found = await issues(session, 60, TROUBLES);
  const compared = await drift(session, against);
  const troubles = [...found.signatures.map(troubleOf), ...(await unseen(session))].toSorted(byWeight);
  const [first] = troubles;
  if (first !== undefined) Object.assign(first, await placedInTime(session, first));
  const judged = judge(await factsOf(session, troubles, compared));
  const stack = found.signatures.find(({ id }) => id === first?.id)?.stack ?? [];
  return {
    ...judged,
    against: compared && {
      run: compared.other,
      why:
        against === undefined
          ? 'the complete run of the same command and tier before it'
          : 'it was asked for',
    },
    prompt: first !== undefined && isSerious(first) ? await promptOf(session, judged, first, stack) : null,
    drift: compared,
    issues: found,
  };
}

type Known = Trouble & { id: string };

const troubleOf = (signature: Signature): Known => ({
  id: signature.id,
  name: signature.name,
  message: signature.message,
  count: signature.count,
  uncaught: signature.uncaught,
  function: signature.function,
  path: signature.path,
  line: signature.line,
  moment: signature.first,
  newAfter: signature.newAfter,
  runs: signature.runs,
  before: signature.before,
  affected: null,
});

/** Where the calls that an exception left have no row, it cannot be told where it began. */
async function unseen(session: Session): Promise<Known[]> {
  const { tier, calls_rule: rows } = session.run;
  if (tier !== 'performance' || rows === 'long') return [];
  const found = await silentFailures(session, TROUBLES);
  return found.map((each) => ({
    id: each.id,
    name: 'error',
    message: null,
    count: each.count,
    uncaught: 0,
    function: each.name,
    path: each.path,
    line: each.line,
    moment: {
      t: null,
      thread: each.threadId,
      call: String(each.callId),
      function: each.id,
      path: each.path,
      line: each.line,
    },
    newAfter: 0,
    runs: 1,
    before: 0,
    affected: null,
  }));
}

/** The tasks it was met in; where only the call is known that it left first, also its time, and which earlier runs had it. */
async function placedInTime({ db }: Session, known: Known): Promise<Partial<Known>> {
  const { moment, message } = known;
  if (moment === null || moment.function === null) return {};
  const [affected = null] = await db.all<Affected>(AFFECTED, { id: moment.function });
  if (message !== null) return { affected };
  const [call] = await db.all<{ t: number }>(
    // Just before it was left: at its end, its caller runs already.
    'SELECT coalesce(end_us - least(1, (end_us - start_us) / 2), start_us) AS t FROM calls WHERE thread_id = $thread AND call_id = $call',
    { thread: moment.thread, call: Number(moment.call) },
  );
  const [past] = await db.all<{ runs: number; had: number }>(PAST, { id: moment.function });
  return {
    affected,
    moment: { ...moment, t: call?.t ?? null },
    newAfter: past.had === 0 ? past.runs : 0,
    runs: past.had + 1,
    before: past.had,
  };
}

/** Earlier runs of the command that called the function, and those of them in which an exception left it. */
const PAST = `
  SELECT count(*)::INTEGER AS runs, count(*) FILTER (n.threw > 0)::INTEGER AS had
  FROM all_runs.runs p JOIN runs r ON p.command = r.command AND p.ts < r.ts
    JOIN all_runs.nodes_runtime n ON n.run_id = p.id AND n.ast_node_id = $id AND n.hits > 0`;

/** Tasks that an exception left a call of the function in; else those in which its errors were first seen. By the shape that has most. */
const AFFECTED = `
  WITH left_by AS (
    SELECT DISTINCT c.thread_id, c.task_id FROM calls c JOIN functions f USING (function_id) WHERE f.ast_node_id = $id AND c.outcome = 'threw'),
  hit AS (
    FROM left_by
    UNION
    SELECT DISTINCT thread_id, task_id FROM errors WHERE "function" = $id AND kind <> 'caught' AND task_id IS NOT NULL),
  shaped AS (SELECT thread_id, task_id, kind, ${taskShape('name')} AS shape FROM tasks),
  hits AS (SELECT kind, shape, count(*)::INTEGER AS hit FROM shaped JOIN hit USING (thread_id, task_id) GROUP BY ALL)
  SELECT h.kind, h.shape, h.hit,
    (SELECT CASE WHEN r.tasks_kept = r.tasks_total THEN (SELECT count(*)::INTEGER FROM shaped s WHERE s.kind = h.kind AND s.shape = h.shape) END FROM runs r) AS "of"
  FROM hits h ORDER BY h.kind = 'request' DESC, h.hit DESC, h.shape LIMIT 1`;

async function factsOf({ db, run }: Session, troubles: Trouble[], compared: Drift | null): Promise<Facts> {
  const [known] = await db.all<{ calls: number; hit: number; all: number; errors: number }>(`
    SELECT (SELECT coalesce(sum(hits), 0) FROM nodes_runtime)::BIGINT AS calls, coalesce(sum(functions_hit), 0)::BIGINT AS hit, (coalesce(sum(functions), 0) - ${UNWATCHED_COUNT})::BIGINT AS "all",
      (SELECT coalesce(sum(count), 0) FROM errors)::BIGINT AS errors
    FROM modules`);
  return {
    troubles,
    errors: known.errors,
    exitCode: run.exit_code,
    signal: run.signal,
    ended: run.ended_at !== null || run.imported !== null,
    complete: run.complete,
    tier: run.tier,
    isImported: run.imported !== null,
    calls: run.tier === 'performance' ? run.calls_total : known.calls,
    functions: { hit: known.hit, all: known.all },
    drift: compared,
  };
}
