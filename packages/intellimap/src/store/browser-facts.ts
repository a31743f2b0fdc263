/** What is known of a thread of a browser → columns of `threads`. Recordings are not to be trusted: a field may hold anything. Pure. */
import { type RowOf, THREAD_KINDS, type ThreadKind } from '../schema/index.ts';
import { orNull } from './or-null.ts';
import type { ThreadResult } from './replay-thread.ts';
import { numberOf, textOf } from './thread-notes.ts';

type Facts = Pick<
  RowOf<'threads'>,
  'kind' | 'url' | 'agent' | 'clock_shift_us' | 'clock_unsure_us' | 'parent_thread'
>;

const isKind = (kind: string): kind is ThreadKind => (THREAD_KINDS as readonly string[]).includes(kind);

/** @param numbers `pid-tid` → thread */
export function browserFacts(
  { header, pid, tid }: Pick<ThreadResult, 'header' | 'pid' | 'tid'>,
  numbers: ReadonlyMap<string, number>,
): Facts {
  const told = header?.browser;
  const kind = textOf(told?.kind);
  const clock = header?.clock;
  const parent = told?.parent ?? (told !== undefined && tid > 0 ? { pid, tid: 0 } : undefined);
  return {
    kind: told !== undefined && isKind(kind) ? kind : tid === 0 ? 'main' : 'worker',
    url: textOf(told?.url) || null,
    agent: textOf(told?.agent) || null,
    clock_shift_us: orNull(numberOf(clock?.shift)),
    clock_unsure_us: orNull(numberOf(clock?.unsure)),
    parent_thread: (parent && numbers.get(`${parent.pid}-${parent.tid}`)) ?? null,
  };
}
