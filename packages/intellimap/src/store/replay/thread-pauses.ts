/** Pauses of one thread, with the calls that they met. */
import type { Collection, PauseKeeper } from './pauses.ts';
import { callAt } from './stack-lines.ts';
import { type CallStack, ENTRY, FLAG } from './stack.ts';

export class ThreadPauses {
  private readonly thread: number;
  private readonly keeper: PauseKeeper;
  private readonly stack: CallStack;

  constructor(thread: number, keeper: PauseKeeper, stack: CallStack) {
    this.thread = thread;
    this.keeper = keeper;
    this.stack = stack;
  }

  /** The outermost call held the event loop. */
  held(start: number, duration: number, stalled: number, uncertainty: number): void {
    const met = callAt(this.stack, 0);
    this.keeper.add({
      thread: this.thread,
      kind: 'loop',
      start,
      duration,
      detail: null,
      ...met,
      uncertainty,
      stalled,
    });
  }

  collected({ start, duration, detail }: Collection, uncertainty: number): void {
    const { top, ints } = this.stack;
    const met = top < 0 ? { call: NaN, fn: 0, task: 0 } : callAt(this.stack, top);
    // It shall have a row.
    if (top >= 0) ints[top * ENTRY.STRIDE + ENTRY.FLAGS] |= FLAG.KEEP;
    this.keeper.add({
      thread: this.thread,
      kind: 'gc',
      start,
      duration,
      detail,
      ...met,
      uncertainty,
      stalled: 0,
    });
  }
}
