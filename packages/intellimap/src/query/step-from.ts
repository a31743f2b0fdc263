/** Question: what happens next, or happened before, of what somebody follows: a thread, a task, a function, a call? Exactly, however far it is. */
import {
  type FoundEvent,
  isEvent,
  MomentEvent,
  type MomentStack,
  seek,
  type ThreadMoments,
  type Wanted,
} from '../store/index.ts';
import { followTask } from './follow-task.ts';
import type { Step, StepKind, StepScope, StepWhat } from './moment-answers.ts';
import { momentsOf, type RunMoments } from './moments.ts';
import { relative } from './step-relative.ts';
import type { Session } from './session.ts';

export interface StepQuestion extends StepScope {
  /** µs since the run began. */
  t: number;
  direction: 1 | -1;
  what: StepWhat;
}

const KINDS: Record<MomentEvent, StepKind> = {
  [MomentEvent.BEGIN]: 'begin',
  [MomentEvent.RETURN]: 'return',
  [MomentEvent.THROW]: 'throw',
  [MomentEvent.SUSPEND]: 'suspend',
  [MomentEvent.RESUME]: 'resume',
  [MomentEvent.ERROR]: 'error',
  [MomentEvent.STATE]: 'state',
  [MomentEvent.SEEN_AGAIN]: 'other',
  [MomentEvent.GONE]: 'other',
};

/** Undefined: there is none, or the run has no recording of single calls. Of what happens at the same time in several threads, the one with the lowest number. */
export async function stepFrom(session: Session, question: StepQuestion): Promise<Step | undefined> {
  const run = await momentsOf(session);
  const { moments } = run;
  if (moments === undefined) return undefined;
  const { t, what } = question;
  const steps: Step[] = [];
  for (const { thread } of run.threads) {
    if (question.thread !== undefined && question.thread !== thread) continue;
    const recorded = await moments.thread(thread);
    if (recorded === undefined) continue;
    const found =
      what === 'sibling' || what === 'parent' || what === 'child'
        ? await relative(session, recorded, thread, question)
        : await search(session, run, recorded, thread, question);
    if (found !== undefined) steps.push(stepOf(run, thread, found));
  }
  const isNearer = (a: Step, b: Step): boolean => Math.abs(a.t - t) < Math.abs(b.t - t);
  return steps.reduce<Step | undefined>(
    (best, step) => (best === undefined || isNearer(step, best) ? step : best),
    undefined,
  );
}

function stepOf(run: RunMoments, thread: number, { event, call, fn, t }: FoundEvent): Step {
  const isEmpty = Number.isNaN(call);
  return {
    t,
    thread,
    call: isEmpty ? null : call,
    fn: isEmpty ? null : run.functionOf(fn),
    kind: KINDS[event],
  };
}

async function search(
  session: Session,
  run: RunMoments,
  recorded: ThreadMoments,
  thread: number,
  question: StepQuestion,
): Promise<FoundEvent | undefined> {
  const { t, direction, what } = question;
  const fn = functionMeant(run, recorded, question);
  if (fn === 0) return undefined;
  const { task } = question;
  const inTask = task === undefined ? undefined : await followTask(session, run, recorded, thread, task);
  const { keyframes } = recorded;
  const isWanted = eventsOf(what);
  const wanted: Wanted = {
    event(event, call, of, parent) {
      // Asked of each event: it follows them.
      const isOfTask = inTask?.event(event, call, parent) ?? true;
      return isOfTask && isWanted(event) && (fn === undefined || of === fn);
    },
    frame(frame) {
      if (what === 'error' && keyframes.errorsIn(frame, recorded.errors) === 0) return false;
      // A call of it begins in the frame, or is there when it begins.
      if (fn !== undefined && !keyframes.calls(frame, fn)) {
        if (what === 'call' || what === 'same-function') return false;
        if (!keyframes.hasSite(frame, (site) => recorded.functionOf(site) === fn)) return false;
      }
      return inTask?.frame(frame) ?? true;
    },
    ...(inTask && { opened: (stack: MomentStack) => inTask.opened(stack) }),
  };
  return await seek(recorded, { t }, direction, wanted);
}

function eventsOf(what: StepWhat): (event: MomentEvent) => boolean {
  if (what === 'call' || what === 'same-function') return (event) => event === MomentEvent.BEGIN;
  if (what === 'error') return (event) => event === MomentEvent.ERROR;
  if (what === 'state') return (event) => event === MomentEvent.STATE;
  return isEvent;
}

/** Number of the function that is followed; undefined: any, 0: there is none. */
function functionMeant(
  run: RunMoments,
  recorded: ThreadMoments,
  { function: id, call, what, t }: StepQuestion,
): number | undefined {
  if (id !== undefined) return run.functions.find((each) => each?.id === id)?.fn ?? 0;
  if (what !== 'same-function') return undefined;
  if (call === undefined) return recorded.topAt(t)?.fn ?? 0;
  return recorded.beginOf(call)?.fn ?? 0;
}
