/**
 * Which call an error came from that nobody caught, where no `throw` of recorded code told of it: the language threw it, or code that is not recorded. The thread tells the
 * time when it hears of such an error; if the words right before it are of calls that an exception left, that exception is this error.
 *
 *     a{ b{ !b !a (time)         it came from b
 *     a{ b{ !b }a (time)         somebody has caught it: another error, from nowhere that is known
 */
import type { FunctionNo } from './program.ts';
import { type CallStack, ENTRY, FLAG } from './stack.ts';
import { callAt } from './stack-lines.ts';

export interface Escape {
  /** µs of the machine's clock: when the thread heard of the error. */
  heard: number;
  /** The innermost call that it left; fn 0: none is known. */
  fn: FunctionNo;
  task: number;
  /** µs of the machine's clock: a moment within that call, just before it was left. */
  at: number;
  /** Nothing came in between. Else a turn may have ended, whose end was told behind it: then it is known only where V8's trace names the function, too. */
  isSure: boolean;
}

const NONE = { fn: 0, task: 0, at: NaN, isSure: false };
/** µs */
const JUST_BEFORE = 1;

export class Escapes {
  /** Each error that the thread heard of, in order. */
  readonly all: Escape[] = [];
  /** The latest exception; who called the last call that it left so far, NaN: nobody; where the next word stands. */
  private readonly latest = { ...NONE, caller: NaN, end: NaN };
  /** Where the word behind the last time is. */
  private heardAt = NaN;

  /** An exception left the call that was on top of the stack until now. */
  left({ ints, nums, tasks, top }: CallStack, position: number, now: number): void {
    const { latest } = this;
    const at = (top + 1) * ENTRY.STRIDE;
    const isSame = latest.end === position && nums[at + ENTRY.CALL] === latest.caller;
    latest.caller = top >= 0 ? nums[top * ENTRY.STRIDE + ENTRY.CALL] : NaN;
    latest.end = position + 1;
    if (isSame) return;
    latest.fn = ints[at + ENTRY.FN];
    latest.task = tasks.idOf(ints[at + ENTRY.TASK]);
    latest.at = justBefore(nums[at + ENTRY.ON], now);
    latest.isSure = true;
  }

  /** Words that say nothing of calls. @param isTurn a turn may end there */
  passed(position: number, words: number, isTurn: boolean): void {
    const { latest } = this;
    if (this.heardAt === position) this.heardAt += words;
    if (latest.end !== position) return;
    latest.end += words;
    if (isTurn) latest.isSure = false;
  }

  /** What comes next is not what came behind. */
  missing(): void {
    this.latest.end = this.heardAt = NaN;
  }

  /** The thread tells the time. */
  heard(position: number, now: number): void {
    const { fn, task, at, isSure } = this.latest.end === position ? this.latest : NONE;
    this.all.push({ heard: now, fn, task, at, isSure });
    this.latest.end = NaN;
    this.heardAt = position + 3;
  }

  /** What is on the stack was left by the error that the thread has just heard of: some functions do not tell how they end. */
  unseen(stack: CallStack, position: number, now: number): void {
    const { top, ints, nums } = stack;
    const last = this.all.at(-1);
    if (this.heardAt !== position || last === undefined || last.fn !== 0 || top < 0) return;
    const at = top * ENTRY.STRIDE;
    // Frames end by a word of their own.
    if (ints[at + ENTRY.FRAME] >= 0) return;
    // It shall have a row.
    ints[at + ENTRY.FLAGS] |= FLAG.KEEP;
    const { fn, task } = callAt(stack, top);
    Object.assign(last, { fn, task, at: justBefore(nums[at + ENTRY.ON], now), isSure: true });
  }

  /** Of an error that was told at this time: the last one that the thread heard of until then. */
  until(micros: number): Escape | undefined {
    const last = this.all.findLast(({ heard }) => heard <= micros + 1);
    return last === undefined || last.fn === 0 ? undefined : last;
  }
}

/** At its end, its caller runs already. */
const justBefore = (start: number, end: number): number => end - Math.min(JUST_BEFORE, (end - start) / 2);
