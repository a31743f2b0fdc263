/**
 * Causality in a browser: which turn of the event loop runs, and who scheduled it. Whoever schedules something takes `current` along; when that runs, `begin` says so, and
 * one TASK word at its end tells it, if anything was recorded. What the user does is a task of its own.
 */
import { TURN_KINDS, turnWord } from '../wire/turns.ts';
import { Kind, type FrameId, wordOf } from '../wire/words.ts';
import type { FrameListener } from '../core/index.ts';
import { laterInTurn, NativeMessageChannel } from './natives.ts';
import type { PageThread } from './page.ts';
import type { PageRing } from './ring.ts';

const BEGINS = wordOf(Kind.TASK, 0);
const TURN_ENDS = wordOf(Kind.TASK, 1);
const DONE = wordOf(Kind.TASK, 2);
/** Of such a one. */
const WORDS = 3;
const OTHER = TURN_KINDS.indexOf('other');
const MODULE = TURN_KINDS.indexOf('module');
const MICROTASK = TURN_KINDS.indexOf('microtask');
export const TIMEOUT: number = TURN_KINDS.indexOf('timeout');
export const INTERVAL: number = TURN_KINDS.indexOf('interval');
export const IMMEDIATE: number = TURN_KINDS.indexOf('immediate');
export const TICK: number = TURN_KINDS.indexOf('tick');
export const MESSAGE: number = TURN_KINDS.indexOf('message');
export const SOCKET: number = TURN_KINDS.indexOf('socket');
export const CLIENT: number = TURN_KINDS.indexOf('http client');

/** What all of a task have in common. */
export interface TraceOfTask {
  /** 32 hex digits, from the first request on. */
  id?: string;
}

/** A turn, or an async call, that may schedule something. */
export interface Owner {
  /** Number of the turn; negative: frame of the async call; 0: nothing was recorded in the turn, or not yet. */
  n: number;
  /** Whose it was to schedule the turn, in place of `n` while that is 0. */
  from: number;
  trace: TraceOfTask;
  /** Of an async call that goes on: who was `current` before. */
  outer?: Owner | undefined;
}

export interface Turns extends FrameListener {
  /** Who owns what is scheduled now. */
  current: () => Owner;
  /**
   * A turn begins that `owner` scheduled.
   * @param kind its place in `TURN_KINDS`
   * @param what undefined: it is a callback which begins right now; else a kind of turns whose end nobody tells: it is asked for, unless nothing was recorded in the last one of these
   */
  begin: (owner: Owner | undefined, kind: number, what?: string) => void;
  /** A task begins that somebody outside caused. @param what as above, '': always */
  event: (kind: string, name: () => string, what: string) => void;
  /** Something is certainly still in the turn that goes on. */
  isHeld: () => boolean;
  /** Something was recorded, perhaps in a turn that nobody told of: its end is asked for. */
  ask: () => void;
  module: () => void;
  /** What was recorded so far is told, since nobody caught an exception: what follows in the turn was set off by it. */
  split: () => void;
  /** The turn is over. */
  close: () => void;
}

/** Async calls that have not ended, at most: they are what a page waits for. */
const MAX_FRAMES = 1 << 14;

/** @param ring that `mark` writes to */
export function createTurns(
  thread: Pick<PageThread, 'look' | 'soon' | 'note'>,
  { position, undo }: Pick<PageRing, 'position' | 'undo'>,
  mark: (word: number, operand: number) => void,
): Turns {
  const fresh = (owner?: Owner): Owner => ({
    n: 0,
    from: owner ? owner.n || owner.from : 0,
    trace: owner?.trace ?? {},
  });
  const frames = new Map<FrameId, Owner>();
  const { port1, port2 } = new NativeMessageChannel();
  /** Kinds of turns without words, the last time. */
  const quiet = new Set<string>();
  let turn = fresh();
  let current = turn;
  let kind = OTHER;
  let turns = 0;
  let tasks = 0;
  /** Where the words were when something was last told. */
  let start = position();
  /** The callback itself runs. */
  let isSync = false;
  /** The end was asked for. */
  let isAsked = false;
  let what = '';
  /** Words of the event that goes on end here, if nothing else is recorded. */
  let declared = 0;
  let naming = ['', () => ''] as readonly [string, () => string];

  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    port2.postMessage(0);
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- opens the port, too
  port1.onmessage = () => {
    isAsked = false;
    close();
  };

  const tell = (): void => {
    const isLate = kind === MICROTASK;
    const { n, from } = turn;
    const by = isLate ? n || from : from;
    if (!isLate) turn.n = ++turns;
    mark(turnWord(isLate ? 0 : turns, kind, false, by < 0), by < 0 ? -by : by);
    start = position();
  };
  const close = (): void => {
    const end = position();
    // The word that began the task may have been sent already: then that stays.
    const isEmpty = declared ? end === declared && undo(WORDS) : end === start;
    if (!isEmpty) {
      if (declared) mark(TURN_ENDS, tasks);
      tell();
      if (declared) {
        mark(DONE, tasks);
        thread.note({ t: 'task', id: tasks, kind: naming[0], name: naming[1]() });
      }
      thread.soon();
      quiet.delete(what);
    } else if (what) quiet.add(what);
    declared = 0;
    isSync = false;
    what = '';
    kind = OTHER;
    start = position();
    turn = current = fresh();
  };
  const ended = (): void => {
    if (!isSync) return;
    isSync = false;
    if (position() !== start) {
      tell();
      ask();
    }
    // What the callback itself set off runs now: a promise that it resolved.
    else void laterInTurn(() => position() !== start && ask());
    kind = MICROTASK;
  };
  /** The async call that is `current` gives up the stack. Frame 0 is none, and turns without words are no frames. */
  const leave = (): void => {
    const { outer } = current;
    if (outer === undefined) return;
    current.outer = undefined;
    current = outer;
  };
  const expect = (of: string): void => {
    what = of;
    if (!quiet.has(of)) ask();
  };

  return {
    current: () => current,
    begin(owner, as, of) {
      close();
      thread.look();
      turn = current = fresh(owner);
      kind = as;
      isSync = of === undefined;
      if (isSync) void laterInTurn(ended);
      else expect(of!);
    },
    event(as, name, of) {
      close();
      tasks++;
      mark(BEGINS, tasks);
      // Nothing is written any more.
      if (position() === start) return;
      declared = position();
      kind = MESSAGE;
      naming = [as, name];
      expect(of);
    },
    isHeld: () => isSync || (isAsked && position() !== (declared || start)),
    ask,
    module() {
      if (kind === OTHER) kind = MODULE;
      ask();
    },
    split() {
      if (position() === start) return;
      tell();
      kind = MICROTASK;
    },
    close,
    resumed(frame) {
      if (frame === 0) return;
      const owner = frames.get(frame) ?? { n: -frame, from: 0, trace: turn.trace };
      if (owner === current) return;
      owner.outer = current;
      current = owner;
    },
    left(frame) {
      if (current.n === -frame) leave();
      // It gives up the stack for the first time, in the task that it began in.
      else if (frame !== 0 && frames.size < MAX_FRAMES)
        frames.set(frame, { n: -frame, from: 0, trace: current.trace });
    },
    ended(frame) {
      if (current.n === -frame) leave();
      frames.delete(frame);
    },
  };
}
