/** Question: what was true at one moment? Who ran, who waited, what had been written, what was under way. */
import {
  isEvent,
  type Moments,
  type PlayedFrame,
  seek,
  type ThreadMoments,
  wordsUpTo,
} from '../store/index.ts';
import { sum } from '../base/numbers.ts';
import { holdings } from './holdings.ts';
import type {
  ActiveTask,
  ExecutionFrame,
  LiveCall,
  MessageInFlight,
  MomentCounters,
  SuspendedCall,
  ThreadMoment,
} from './moment-answers.ts';
import { type CostRow, momentsOf, type RunMoments, type TasksOfCalls, type ThreadRow } from './moments.ts';
import { momentFromRows } from './moment-rows.ts';
import type { Session } from './session.ts';
import { stateAt } from './state-at.ts';
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

async function momentOf(
  run: RunMoments,
  moments: Moments,
  row: ThreadRow,
  thread: ThreadMoments,
  tasksOf: TasksOfCalls,
  t: number,
  limit: number,
): Promise<ThreadMoment> {
  const { startedMicros } = moments;
  const facts = { thread: row.thread, name: row.name, process: row.process, tid: row.tid };
  const frame = thread.frameAt(t);
  if (frame < 0) {
    const next = (await seek(thread, { t }, 1, { event: isEvent }))?.t ?? null;
    const none = { stack: [], suspended: [], suspendedMore: 0, calls: 0, errors: 0 };
    return { ...facts, ...none, phase: 'before', last: null, next, uncertainty: 0 };
  }
  const played = thread.open(frame, true);
  const { stack, times, words } = played;
  const upTo = wordsUpTo(played, t);
  let [last, next] = [-1, -1];
  stack.listener = (event, _call, _fn, word) => {
    if (isEvent(event)) last = word;
    return false;
  };
  const at = stack.feed(words, 0, upTo, times);
  stack.settle();
  const live = { run, moments, thread: row.thread, tasks: tasksOf.get(row.thread), startedMicros };
  const found = {
    stack: stackOf(played, live),
    ...waitingOf(played, live, limit),
    calls: stack.nextCall,
    errors: stack.errors,
    uncertainty: upTo === 0 ? 0 : times.unsureAt(upTo - 1),
  };
  stack.listener = (event, _call, _fn, word) => {
    if (isEvent(event)) next = word;
    return next >= 0;
  };
  stack.feed(words, at, words.length, times);
  const lastAt = last >= 0 ? times.sinceStart(last) : await neighbour(thread, t, -1);
  const nextAt = next >= 0 ? times.sinceStart(next) : await neighbour(thread, t, 1);
  const isUnknown =
    (thread.keyframes.afterGap.data[frame] === 1 && upTo === 0) ||
    (thread.endsInGap && frame + 1 === thread.count && upTo === words.length);
  const idle = lastAt === null ? 'before' : nextAt === null ? 'after' : 'idle';
  const phase = isUnknown ? 'unknown' : found.stack.length > 0 ? 'running' : idle;
  return { ...facts, ...found, phase, last: lastAt, next: nextAt };
}

const neighbour = async (thread: ThreadMoments, t: number, direction: 1 | -1): Promise<number | null> =>
  (await seek(thread, { t }, direction, { event: isEvent }))?.t ?? null;

interface Live {
  run: RunMoments;
  moments: Moments;
  thread: number;
  tasks: Map<number, number> | undefined;
  startedMicros: number;
}

function stackOf({ stack }: PlayedFrame, live: Live): LiveCall[] {
  let task: number | null = null;
  return Array.from({ length: stack.top + 1 }, (_, at) => {
    task = live.tasks?.get(stack.call[at]) ?? task;
    return {
      ...callOf(live, stack.fn[at], stack.call[at], stack.parent[at], stack.began[at], stack.passed[at]),
      task,
      values: [],
    };
  });
}

function callOf(
  { run, moments, thread, startedMicros }: Live,
  fn: number,
  call: number,
  parent: number,
  began: number,
  passed: number,
): Omit<LiveCall, 'task' | 'values'> {
  const named = run.functionOf(fn);
  const place = passed > 0 ? moments.place(thread, passed) : null;
  return {
    ...named,
    call,
    parent: Number.isNaN(parent) ? null : parent,
    since: call < 0 ? null : began - startedMicros,
    isAsync: run.isAsync.has(fn),
    at: place !== null && place.table.path === named.path ? place.site.line : named.line,
  };
}

function waitingOf(
  { stack }: PlayedFrame,
  live: Live,
  limit: number,
): Pick<ThreadMoment, 'suspended' | 'suspendedMore'> {
  const waiting = [...stack.open.values()].filter(({ depth }) => depth < 0);
  const shown = waiting
    .toSorted((a, b) => b.suspendedAt - a.suspendedAt || b.call - a.call)
    .slice(0, limit)
    .map(({ fn, call, parent, began, passed, suspendedAt }): SuspendedCall => ({
      ...callOf(live, fn, call, parent, began, passed),
      task: live.tasks?.get(call) ?? null,
      suspendedSince: suspendedAt - live.startedMicros,
    }));
  return { suspended: shown, suspendedMore: waiting.length - shown.length };
}

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
