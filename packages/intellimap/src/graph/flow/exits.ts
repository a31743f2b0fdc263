/** Ways out of statements: whoever leaves a `try` passes its `finally`, whoever leaves a loop over an iterator closes that. */
import type { Draft } from './draft.ts';
import { EdgeKind, EXIT, FAILED, Op } from './flow.ts';

/** No way out of this kind. */
export const NOWHERE = -1;

/** What lies around the statement under way. */
export type Frame = Target | Catch | Finally | Closing;

/** `break` and `continue` lead somewhere. */
export interface Target {
  readonly type: 'target';
  readonly labels: readonly string[];
  /** Whether it is meant by those that name no label. */
  readonly isPlain: boolean;
  readonly breakTo: number;
  readonly continueTo: number;
}

interface Catch {
  readonly type: 'catch';
  readonly entry: number;
}

export interface Finally {
  readonly type: 'finally';
  readonly entry: number;
  /** What it was entered with, and what goes on when it has ended. */
  readonly pending: Goal[];
  isFailing: boolean;
}

/** A loop over an iterator: node of the loop. */
interface Closing {
  readonly type: 'closing';
  readonly node: number;
  readonly isAsync: boolean;
}

/** Where a jump leads: to a frame, or out of the body. */
interface Goal {
  /** Frames around the one that it leads to: those within are left. */
  readonly depth: number;
  readonly to: number;
}

export class Exits {
  readonly #draft: Draft;
  readonly #frames: Frame[] = [];

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  enter<F extends Frame>(frame: F): F {
    this.#frames.push(frame);
    return frame;
  }

  leave(): void {
    this.#frames.pop();
  }

  /** Whether somebody in this body hears of failures. */
  isGuarded(): boolean {
    return this.#frames.some(({ type }) => type === 'catch' || type === 'finally');
  }

  /** Something of the current block may fail. */
  fail(): void {
    if (!this.#draft.hasFailure()) this.#draft.failure(this.#handler(this.#frames.length));
  }

  /** The way of a failure that is certain. */
  throw(): void {
    this.fail();
    this.#draft.end();
  }

  return(): void {
    this.#jump({ depth: 0, to: EXIT }, EdgeKind.JUMP);
    this.#draft.end();
  }

  /** A generator is told to return; it may go on as well. */
  close(): void {
    this.#jump({ depth: 0, to: EXIT }, EdgeKind.CLOSE);
  }

  break(label: string): void {
    const depth = this.#frames.findLastIndex((frame) => meant(frame, label, frame.type === 'target' ? frame.breakTo : NOWHERE));
    this.#jump({ depth: depth + 1, to: (this.#frames[depth] as Target).breakTo }, EdgeKind.JUMP);
    this.#draft.end();
  } // prettier-ignore

  continue(label: string): void {
    const depth = this.#frames.findLastIndex((frame) => meant(frame, label, frame.type === 'target' ? frame.continueTo : NOWHERE));
    this.#jump({ depth: depth + 1, to: (this.#frames[depth] as Target).continueTo }, EdgeKind.JUMP);
    this.#draft.end();
  } // prettier-ignore

  /** From the end of a `finally`, whose frame is left already, on with what it was entered with. */
  resume({ entry, pending, isFailing }: Finally): void {
    const end = this.#draft.current;
    this.#draft.endFinally(entry);
    if (isFailing) this.#draft.edge(this.#handler(this.#frames.length), EdgeKind.THROW);
    for (const goal of pending) this.#jump(goal, EdgeKind.JUMP, end);
  }

  /** Who hears of what fails within so many frames. */
  #handler(depth: number): number {
    for (let at = depth - 1; at >= 0; at--) {
      const frame = this.#frames[at];
      if (frame.type === 'catch') return frame.entry;
      if (frame.type !== 'finally') continue;
      if (this.#draft.isLive()) frame.isFailing = true;
      return frame.entry;
    }
    return FAILED;
  }

  #jump(goal: Goal, first: number, from = this.#draft.current): void {
    let kind = first;
    let at = from;
    for (let depth = this.#frames.length; depth > goal.depth; depth--) {
      const frame = this.#frames[depth - 1];
      if (frame.type === 'finally') {
        this.#draft.edge(frame.entry, kind, at);
        if (this.#draft.isLive(at) && !frame.pending.some((known) => isSame(known, goal))) frame.pending.push(goal);
        return;
      }
      if (frame.type !== 'closing') continue;
      at = this.#closed(frame, depth - 1, kind, at);
      kind = EdgeKind.JUMP;
    }
    this.#draft.edge(goal.to, kind, at);
  } // prettier-ignore

  /** The iterator of a loop is closed, in a block of its own: nobody within the loop hears of it when that fails. */
  #closed({ node, isAsync }: Closing, depth: number, kind: number, from: number): number {
    const draft = this.#draft;
    const closing = draft.block();
    draft.edge(closing, kind, from);
    draft.begin(closing);
    draft.step(Op.ITERATE, node);
    draft.failure(this.#handler(depth));
    if (!isAsync) return closing;
    draft.step(Op.AWAIT, node);
    const closed = draft.block();
    draft.goTo(closed);
    return closed;
  }
}

function meant(frame: Frame, label: string, to: number): boolean {
  if (frame.type !== 'target' || to === NOWHERE) return false;
  return label === '' ? frame.isPlain : frame.labels.includes(label);
}

const isSame = (a: Goal, b: Goal): boolean => a.depth === b.depth && a.to === b.to;
