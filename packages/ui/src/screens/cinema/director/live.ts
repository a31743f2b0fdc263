/** Which call, of which task, panels tell about: the one that is selected, else what runs at the playhead. Pure. */
import type { ExecutionFrame } from '../../../../../intellimap/src/serve/contract.ts';
import type { Selection } from '../../../state/url.ts';
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

/** Whether a file or function was chosen without a call (on the map, in a report), and not what runs: a person wants to read it, whatever runs at the playhead. */
export function isPlaceOnly(
  { call, function: id, module }: Pick<Selection, 'call' | 'function' | 'module'>,
  live: Looked['call'],
): boolean {
  if (call !== null || module === null) return false;
  return id === null ? live?.path !== module : live?.id !== id;
}
