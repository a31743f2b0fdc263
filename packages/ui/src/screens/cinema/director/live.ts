/** Which call, of which task, panels tell about: the one that is selected, else what runs at the playhead. Pure. */
import type { ExecutionFrame } from '../../../../../intellimap/src/serve/contract.ts';
import type { CallName } from './call.ts';

type ThreadMoment = ExecutionFrame['threads'][number];

export interface Looked {
  thread: ThreadMoment;
  /** Outermost first. */
  stack: ThreadMoment['stack'];
  /** null: the stack is empty */
  call: ThreadMoment['stack'][number] | ThreadMoment['suspended'][number] | null;
}

/** null: nothing is known of any thread. */
export function lookedAt(frame: ExecutionFrame | null, selected: CallName | null): Looked | null {
  const thread =
    frame?.threads.find((each) => each.thread === selected?.thread) ??
    frame?.threads.find(({ stack }) => stack.length > 0) ??
    frame?.threads[0];
  if (thread === undefined) return null;
  const { stack, suspended } = thread;
  const own =
    thread.thread === selected?.thread
      ? [...stack, ...suspended].find(({ call }) => call === selected.call)
      : undefined;
  return { thread, stack, call: own ?? stack.at(-1) ?? null };
}
