/** Question: what was true at one moment? Who ran, who waited, what had been written, what was under way. */
import { sum } from '../base/numbers.ts';
import { holdings } from './holdings.ts';
import type {
  ActiveTask,
  ExecutionFrame,
  MessageInFlight,
  MomentCounters,
  ThreadMoment,
} from './moment-answers.ts';
import type { CostRow } from './moment-columns.ts';
import { momentsOf, type RunMoments } from './moments.ts';
import { momentFromRows } from './moment-rows.ts';
import type { Session } from './session.ts';
import { stateAt } from './state-at.ts';
import { momentOf } from './thread-moment.ts';
import { valuesOf } from './values-of.ts';

export interface FrameQuestion {
  /** µs since the run began. */
  t: number;
  /** Of this one only; by default all. */
  thread?: number | undefined;
  /** Of each list, at most so many (default 100); what there is beyond is counted. */
  limit?: number;
}

const LIMIT = 100;

/** Of the session's run. The first question about a run goes through its recording, some 100 M words a second; later ones read a frame of each thread. */
export async function frameAt(
  session: Session,
  { t, thread: wanted, limit = LIMIT }: FrameQuestion,
): Promise<ExecutionFrame> {
  const run = await momentsOf(session);
  const { moments } = run;
  const only = wanted === undefined ? undefined : new Set([wanted]);
  const rows = run.threads.filter(({ thread }) => only?.has(thread) ?? true);
  const unknown: string[] = [];
  const tasksOf = await run.tasksOfCalls(session);
  const threads: ThreadMoment[] = [];
  for (const row of rows) {
    const recorded = await moments?.thread(row.thread);
    threads.push(
      moments !== undefined && recorded !== undefined
        ? await momentOf(run, moments, row, recorded, tasksOf, t, limit)
        : await momentFromRows(session, run, row, t, limit),
    );
  }
  if (moments === undefined) unknown.push(FROM_ROWS);
  if (session.run.calls_rule === 'long') unknown.push(NO_TASKS);
  const { values } = await holdings(session);
  if (values) await valuesOf(session, threads, run.valuesHeld);
  else unknown.push(NO_VALUES);
  const state = values ? await stateAt(session, run, t, threads, only, limit) : { state: [], stateMore: 0 };
  const tasks = await tasksAt(session, run, t, threads, only, limit);
  return {
    t,
    source: moments === undefined ? 'rows' : 'recording',
    threads,
    ...tasks,
    ...state,
    ...(await messagesAt(session, run, t, only, limit)),
    counters: await countersAt(session, run, t, threads),
    unknown,
  };
}

const FROM_ROWS =
  'There is no recording of single calls of this run: short calls may be missing, and whether an async call runs or waits is not known.';
const NO_TASKS =
  'This run has too many calls for rows of all that begin a task: tasks of calls, and messages, may be missing.';
const NO_VALUES = 'No values were recorded: run with --values for arguments, results and writes.';

async function tasksAt(
  session: Session,
  run: RunMoments,
  t: number,
  threads: readonly ThreadMoment[],
  only: ReadonlySet<number> | undefined,
  limit: number,
): Promise<Pick<ExecutionFrame, 'tasks' | 'tasksMore'>> {
  const spans = await run.tasks(session);
  const running = new Set(
    threads.flatMap((each) => each.stack.map(({ task }) => `${each.thread} ${task ?? ''}`)),
  );
  const all = of(spans.intervals.at(t, only === undefined ? limit : Infinity), spans.thread, only);
  const tasks = all.slice(0, limit).map((at): ActiveTask => ({
    thread: spans.thread[at],
    task: spans.task[at],
    kind: spans.kind[at] ?? '',
    name: spans.name[at] ?? '',
    since: spans.since[at],
    until: orNull(spans.until[at]),
    state: running.has(`${spans.thread[at]} ${spans.task[at]}`) ? 'running' : 'waiting',
    errors: spans.errors[at],
  }));
  const count = only === undefined ? spans.intervals.count(t) : all.length;
  return { tasks, tasksMore: count - tasks.length };
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
/** Places of spans of the threads asked for. */
const of = (
  places: readonly number[],
  threads: Float64Array,
  only: ReadonlySet<number> | undefined,
): readonly number[] => (only === undefined ? places : places.filter((at) => only.has(threads[at])));

async function messagesAt(
  session: Session,
  run: RunMoments,
  t: number,
  only: ReadonlySet<number> | undefined,
  limit: number,
): Promise<Pick<ExecutionFrame, 'messages' | 'messagesMore'>> {
  const spans = await run.messages(session);
  const all = of(spans.intervals.at(t, only === undefined ? limit : Infinity), spans.thread, only);
  const end = (call: number, fn: number): MessageInFlight['from'] =>
    Number.isNaN(call) ? null : { ...run.functionOf(fn), call };
  const messages = all.slice(0, limit).map((at): MessageInFlight => ({
    thread: spans.thread[at],
    kind: spans.kind[at] ?? '',
    from: end(spans.from[at], spans.fromFn[at]),
    to: end(spans.to[at], spans.toFn[at]),
    request: spans.request[at],
    sent: spans.sent[at],
    arrives: orNull(spans.arrives[at]),
  }));
  const count = only === undefined ? spans.intervals.count(t) : all.length;
  return { messages, messagesMore: count - messages.length };
}

/** What each process said of itself last, added up. */
function costsAt(
  costs: readonly CostRow[],
  t: number,
): Pick<MomentCounters, 'rss' | 'recorderMemory' | 'cpuMs'> {
  const last = new Map<number, CostRow>();
  for (let at = 0; at < costs.length && costs[at].atUs <= t; at++) last.set(costs[at].thread, costs[at]);
  const sumOf = (of: (row: CostRow) => number | null): number | null => {
    const known = [...last.values()].map(of).filter((each) => each !== null);
    return known.length === 0 ? null : sum(known);
  };
  return {
    rss: sumOf(({ rss }) => rss),
    recorderMemory: sumOf(({ recorderMemory }) => recorderMemory),
    cpuMs: sumOf(({ cpuMs }) => cpuMs),
  };
}

async function countersAt(
  session: Session,
  run: RunMoments,
  t: number,
  threads: readonly ThreadMoment[],
): Promise<MomentCounters> {
  const outermost = threads.find(({ tid }) => tid === 0)?.stack[0];
  const since = outermost?.isAsync === true ? null : (outermost?.since ?? t);
  return {
    calls: threads.reduce((sum, { calls }) => sum + calls, 0),
    errors: threads.reduce((sum, { errors }) => sum + errors, 0),
    ...costsAt(await run.costs(session), t),
    heldMs: since === null ? null : (t - since) / 1000,
  };
}
