/** The next, or previous, event of a thread that somebody looks for: frame by frame, past those that cannot have it. */
import { setImmediate as turn } from 'node:timers/promises';
import type { FunctionNo } from '../replay/program.ts';
import { Event } from './events.ts';
import type { MomentStack } from './stack.ts';
import { SLICE_MS, type ThreadMoments, wordsUpTo } from './thread-moments.ts';

export interface FoundEvent {
  event: Event;
  /** NaN: the stack is empty. */
  call: number;
  fn: FunctionNo;
  /** µs since the run began. */
  t: number;
}

export interface Wanted {
  /** Whether it is one of those that are looked for; also told of `GONE`, which has no event of its own. */
  event(event: Event, call: number, fn: FunctionNo, parent: number): boolean;
  /** Whether a frame may have one. */
  frame?(frame: number): boolean;
  /** What holds where a frame begins that is played. */
  opened?(stack: MomentStack): void;
  /** Nothing that is looked for comes any more. */
  isOver?(): boolean;
}

/** Where it is begun to look. */
export type From =
  /** Behind a moment (µs since the run began), or before it. */
  | { t: number }
  /** With all of this frame, and no further than with another one. */
  | { frame: number; until?: number };

export async function seek(
  thread: ThreadMoments,
  from: From,
  direction: 1 | -1,
  wanted: Wanted,
): Promise<FoundEvent | undefined> {
  let since = performance.now();
  const step = direction === 1 ? after : before;
  const [first, last] = framesOf(thread, from, direction);
  const isBeyond = (frame: number): boolean => (direction === 1 ? frame > last : frame < last);
  for (let frame = first; !isBeyond(frame); frame += direction) {
    if (wanted.frame?.(frame) === false) continue;
    const found = step(thread, frame, from, wanted);
    if (found !== undefined) return found;
    if (wanted.isOver?.() === true) return undefined;
    if (performance.now() - since < SLICE_MS) continue;
    await turn();
    since = performance.now();
  }
  return undefined;
}

function framesOf(thread: ThreadMoments, from: From, direction: 1 | -1): [number, number] {
  const end = direction === 1 ? thread.count - 1 : 0;
  if ('frame' in from) return [from.frame, from.until ?? end];
  return [direction === 1 ? Math.max(0, thread.frameAt(from.t)) : thread.frameBefore(from.t), end];
}

function after(thread: ThreadMoments, frame: number, from: From, wanted: Wanted): FoundEvent | undefined {
  const played = thread.open(frame);
  const { stack, words, times } = played;
  let found: FoundEvent | undefined;
  const at = stack.feed(words, 0, 't' in from ? wordsUpTo(played, from.t) : 0, times);
  wanted.opened?.(stack);
  stack.listener = (event, call, fn, word, parent) => {
    if (wanted.event(event, call, fn, parent)) found = { event, call, fn, t: times.sinceStart(word) };
    return found !== undefined || wanted.isOver?.() === true;
  };
  stack.feed(words, at, words.length, times);
  return found;
}

function before(thread: ThreadMoments, frame: number, from: From, wanted: Wanted): FoundEvent | undefined {
  const played = thread.open(frame);
  const { stack, words, times } = played;
  let found: { event: Event; call: number; fn: FunctionNo; word: number } | undefined;
  wanted.opened?.(stack);
  stack.listener = (event, call, fn, word, parent) => {
    if (wanted.event(event, call, fn, parent)) found = { event, call, fn, word };
    return false;
  };
  stack.feed(words, 0, 't' in from ? wordsUpTo(played, from.t, false) : words.length, times);
  return found && { event: found.event, call: found.call, fn: found.fn, t: times.sinceStart(found.word) };
}

/** Anything that a person would call one. */
export const isEvent = (event: Event): boolean => event !== Event.GONE;

/** The call is over, whether its end was recorded or not. */
export const isEnd = (event: Event): boolean =>
  event === Event.RETURN || event === Event.THROW || event === Event.GONE;
