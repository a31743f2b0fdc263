/** One moment of a thread, played from its recording. */
import {
  isEvent,
  type Moments,
  type PlayedFrame,
  seek,
  type ThreadMoments,
  wordsUpTo,
} from '../store/index.ts';
import type { LiveCall, SuspendedCall, ThreadMoment } from './moment-answers.ts';
import type { TasksOfCalls } from './moment-columns.ts';
import type { RunMoments, ThreadRow } from './moments.ts';

/** @param limit of calls that wait */
export async function momentOf(
  run: RunMoments,
  moments: Moments,
  row: ThreadRow,
  thread: ThreadMoments,
  tasksOf: TasksOfCalls,
  t: number,
  limit: number,
): Promise<ThreadMoment> {
  const facts = { thread: row.thread, name: row.name, process: row.process, tid: row.tid };
  const frame = thread.frameAt(t);
  if (frame < 0) {
    const next = await neighbour(thread, t, 1);
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
  const live = { run, moments, thread: row.thread, tasks: tasksOf.get(row.thread) };
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
  { run, moments, thread }: Live,
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
    since: call < 0 ? null : began - moments.startedMicros,
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
      suspendedSince: suspendedAt - live.moments.startedMicros,
    }));
  return { suspended: shown, suspendedMore: waiting.length - shown.length };
}
