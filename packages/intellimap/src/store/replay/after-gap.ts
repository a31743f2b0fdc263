/** After a gap: what segments and keyframes know of the stack and the open async calls is put back. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import type { AsyncCalls } from './async-calls.ts';
import { Outcome } from './calls.ts';
import { NODE } from './program.ts';
import { type CallStack, ENTRY } from './stack.ts';

/** The stack at one moment, outermost first, as segments carry it. Call -1: its beginning was lost; frame 0: not a frame. */
export interface KnownStack {
  sites: ArrayLike<number>;
  calls: ArrayLike<number>;
  frames: ArrayLike<number>;
}

/** Nothing is known to be on the stack. */
export const EMPTY_STACK: KnownStack = { sites: [], calls: [], frames: [] };

/** An async call known to be open, as keyframes carry it. */
export interface KnownFrame {
  site: SiteId;
  call: number;
  parent: number;
  suspended: boolean;
}

export class AfterGap {
  private readonly calls: CallStack;
  private readonly asyncCalls: AsyncCalls;
  private lostCalls = 0;

  constructor(stack: CallStack, asyncCalls: AsyncCalls) {
    this.calls = stack;
    this.asyncCalls = asyncCalls;
  }

  /** Calls that the known stack does not confirm have ended in the gap, those only it has began there. */
  stack(known: KnownStack, now: number): void {
    const common = this.#common(known);
    this.calls.popAbove(common - 1, now, 0);
    this.calls.turns.forget();
    this.calls.causes.forget();
    for (let k = common; k < known.sites.length; k++) this.#restore(known, k, now);
  }

  /** Suspended async calls that are not among the open ones have ended in the gap. */
  frames(open: ReadonlyMap<FrameId, KnownFrame>, now: number): void {
    const { slots, depth } = this.calls.frames;
    for (const [id, slot] of slots)
      if (!open.has(id) && depth[slot] < 0) this.asyncCalls.end(id, now, 0, Outcome.UNKNOWN);
    for (const [id, known] of open)
      if (known.suspended && !slots.has(id | 0)) this.#openFrame(id | 0, known, now);
  }

  /** Entries of the stack, from the outermost, that a known stack confirms. */
  #common(known: KnownStack): number {
    const { nums, top } = this.calls;
    let depth = 0;
    while (
      depth <= top &&
      depth < known.sites.length &&
      known.calls[depth] >= 0 &&
      nums[depth * ENTRY.STRIDE + ENTRY.CALL] === known.calls[depth]
    )
      depth++;
    return depth;
  }

  /** Puts an entry of a known stack back on: a frame that is known, or a call that began in the gap. */
  #restore(known: KnownStack, k: number, now: number): void {
    const { frames } = this.calls;
    const id = known.frames[k] | 0;
    const slot = id === 0 ? undefined : frames.slots.get(id);
    if (slot !== undefined && frames.depth[slot] < 0) return this.asyncCalls.resume(0, id, now, 0);
    const site = known.sites[k];
    this.calls.begin(site, this.calls.functionOf(site), this.#callOr(known.calls[k]), now, 0);
    if (id !== 0) this.asyncCalls.open(id);
  }

  /** A frame that began in the gap and is suspended. */
  #openFrame(id: FrameId, { site, call, parent }: KnownFrame, now: number): void {
    const { frames, tasks, aggregates } = this.calls;
    const fn = this.calls.functionOf(site);
    const task = tasks.root(fn, false, now);
    frames.open(id, site, fn, this.#callOr(call), parent >= 0 ? parent : NaN, task, now);
    aggregates.nodes[fn * NODE.STRIDE + NODE.HITS]++;
    this.calls.callsBegun++;
  }

  /** A call's number; calls whose number is lost get negative ones. */
  #callOr(number: number): number {
    return number >= 0 ? number : --this.lostCalls;
  }
}
