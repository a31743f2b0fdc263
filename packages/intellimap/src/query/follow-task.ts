/** Which calls are of one task, as a recording is played: those that begin it, async ones, and all that they call. */
import { isEnd, MomentEvent, type MomentStack, type ThreadMoments } from '../store/index.ts';
import type { RunMoments } from './moments.ts';
import type { Session } from './session.ts';

export interface TaskFollower {
  /** From when to when there may be calls of it: µs since the run began. */
  from: number;
  until: number;
  /** What is on the stack where a frame begins. */
  opened(stack: MomentStack): void;
  /** Told of each event. @returns whether it is one of the task */
  event(event: MomentEvent, call: number, parent: number): boolean;
  /** Whether a frame can have such. */
  frame(frame: number): boolean;
}

const SPAN = `
  SELECT min(start_us) AS "from", CASE WHEN bool_or(end_us IS NULL) THEN NULL ELSE max(end_us) END AS until
  FROM calls WHERE thread_id = $thread AND task_id = $task`;

export async function followTask(
  session: Session,
  run: RunMoments,
  { keyframes, startedMicros, count }: ThreadMoments,
  thread: number,
  task: number,
): Promise<TaskFollower> {
  const tasks = (await run.tasksOfCalls(session)).get(thread) ?? new Map<number, number>();
  const [span] = await session.db.all<{ from: number | null; until: number | null }>(SPAN, { thread, task });
  const from = span?.from ?? Infinity;
  const until = span?.until ?? Infinity;
  /** Calls that have not ended → their task. */
  const live = new Map<number, number | undefined>();
  const begun = (call: number, parent: number): void =>
    void live.set(call, tasks.get(call) ?? live.get(parent));
  return {
    from,
    until,
    opened(stack) {
      live.clear();
      for (let at = 0; at <= stack.top; at++) begun(stack.call[at], at > 0 ? stack.call[at - 1] : NaN);
    },
    event(event, call, parent) {
      if (event === MomentEvent.BEGIN) begun(call, parent);
      const of = live.get(call) ?? tasks.get(call);
      if (isEnd(event) || event === MomentEvent.SUSPEND) live.delete(call);
      else if (event === MomentEvent.RESUME) live.set(call, of);
      return of === task;
    },
    frame(frame) {
      const { data } = keyframes.from;
      if (from === Infinity) return false;
      const isBefore = frame + 1 < count && data[frame + 1] - startedMicros < from;
      return !isBefore && !(data[frame] - startedMicros > until);
    },
  };
}
