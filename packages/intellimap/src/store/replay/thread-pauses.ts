/** Pauses of one thread, with the calls that they met. */
import type { TurnKind } from '@intellimap/probe/wire';
import type { Collection, Pause, PauseKeeper } from './pauses.ts';
import { callAt } from './stack-lines.ts';
import { type CallStack, ENTRY, FLAG } from './stack.ts';

export class ThreadPauses {
  private readonly thread: number;
  private readonly keeper: PauseKeeper;
  private readonly stack: CallStack;
  /** As unsure as they are long, since a turn was told of: whether the loop was held is not known yet. */
  private unsure: Pause[] = [];

  constructor(thread: number, keeper: PauseKeeper, stack: CallStack) {
    this.thread = thread;
    this.keeper = keeper;
    this.stack = stack;
  }

  /** The outermost call held the event loop. */
  held(start: number, duration: number, stalled: number, uncertainty: number): void {
    const met = callAt(this.stack, 0);
    const { thread } = this;
    const pause: Pause = {
      thread,
      kind: 'loop',
      start,
      duration,
      detail: null,
      ...met,
      uncertainty,
      stalled,
    };
    if (uncertainty < duration) this.keeper.add(pause);
    else this.unsure.push(pause);
  }

  /** A turn has ended. Of one that nobody announced, a page knows some time before and some time after: it rested in between, more likely than not. */
  turn(kind: TurnKind): void {
    if (kind === 'other') this.unsure = [];
    else this.finish();
  }

  /** No more words come. */
  finish(): void {
    for (const pause of this.unsure.splice(0)) this.keeper.add(pause);
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
