/**
 * Async functions and generators ("frames"): they begin on the stack, leave it at SUSPEND, come back at RESUME
 * wherever the stack is by then, and end on it or off it.
 */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import { Outcome } from './calls.ts';
import type { Frames, FrameSlot } from './frames.ts';
import { NODE } from './program.ts';
import { type CallStack, ENTRY, FLAG } from './stack.ts';
import { SPAN } from './time/span-flag.ts';

export class AsyncCalls {
  private readonly stack: CallStack;
  private readonly frames: Frames;

  constructor(stack: CallStack) {
    this.stack = stack;
    this.frames = stack.frames;
  }

  /** @param delegating frame that has just gone on with a generator's object; 0: none */
  enter(site: SiteId, id: FrameId, now: number, unsure: number, delegating: FrameId = 0): void {
    if (this.frames.slots.has(id)) this.end(id, now, unsure, Outcome.UNKNOWN);
    const stack = this.stack;
    const frames = this.frames;
    const host = stack.isGenerator(site) ? this.#putBack(delegating, now, unsure) : -1;
    stack.enter(site, now, unsure);
    const slot = this.open(id);
    frames.host[slot] = host;
    frames.leaf[slot] = stack.spans.leaf;
    const at = stack.top * ENTRY.STRIDE;
    const { ints } = stack;
    frames.uncertainty[slot] = unsure;
    frames.edge[slot] = ints[at + ENTRY.EDGE];
    frames.nested[slot] = ints[at + ENTRY.FLAGS] & FLAG.NESTED ? 1 : 0;
    if (at > 0) ints[at - ENTRY.STRIDE + ENTRY.FLAGS] |= FLAG.KEEP;
    this.#linkOuter(slot);
  }

  /** A frame that counts as suspended, and calls. */
  #putBack(id: FrameId, now: number, unsure: number): FrameSlot {
    const slot = this.frames.slots.get(id);
    if (slot === undefined || this.frames.depth[slot] >= 0) return -1;
    this.#comesBack(id, slot, now, unsure);
    return slot;
  }

  /** It did something: a leaf of the time index that is read by itself must know it. */
  #goesOn(id: FrameId, slot: FrameSlot): void {
    const { frames, stack } = this;
    if (frames.leaf[slot] === stack.spans.leaf) return;
    frames.leaf[slot] = stack.spans.leaf;
    stack.spans.goesOn(id, frames.site[slot], frames.call[slot]);
  }

  #comesBack(id: FrameId, slot: FrameSlot, now: number, unsure: number): void {
    const frames = this.frames;
    this.#goesOn(id, slot);
    frames.wait[slot] += now - frames.suspendedAt[slot];
    const at = this.stack.push(frames.site[slot], frames.fn[slot], now, unsure);
    this.stack.ints[at + ENTRY.FLAGS] |= FLAG.RESUMED;
    this.stack.putOn(slot);
  }

  /** The call that just began on top is this frame. */
  open(id: FrameId): FrameSlot {
    const stack = this.stack;
    const { ints, nums, top } = stack;
    const at = top * ENTRY.STRIDE;
    const slot = this.frames.open(
      id,
      ints[at + ENTRY.SITE],
      ints[at + ENTRY.FN],
      nums[at + ENTRY.CALL],
      at > 0 ? nums[at - ENTRY.STRIDE + ENTRY.CALL] : NaN,
      ints[at + ENTRY.TASK],
      nums[at + ENTRY.ON],
    );
    // The frame, not the entry, holds the task.
    if ((ints[at + ENTRY.FLAGS] & FLAG.HOLDS) === 0) stack.tasks.hold(ints[at + ENTRY.TASK]);
    stack.putOn(slot);
    stack.causes.frame(id, nums[at + ENTRY.CALL], stack.tasks.idOf(ints[at + ENTRY.TASK]));
    return slot;
  }

  /** Remembers the frame below: it most likely awaits this one. */
  #linkOuter(slot: FrameSlot): void {
    const { ints, top } = this.stack;
    const frames = this.frames;
    for (let depth = top - 1; depth >= 0; depth--) {
      const outer = ints[depth * ENTRY.STRIDE + ENTRY.FRAME];
      if (outer < 0) continue;
      frames.outer[slot] = outer;
      frames.outerCall[slot] = frames.call[outer];
      return;
    }
  }

  /** A word about a frame whose beginning nobody saw is an orphan. */
  #known(id: FrameId): FrameSlot | undefined {
    const slot = this.frames.slots.get(id);
    if (slot === undefined) this.stack.orphans++;
    return slot;
  }

  suspend(site: SiteId, id: FrameId, now: number): void {
    const stack = this.stack;
    const frames = this.frames;
    const slot = this.#known(id);
    if (slot === undefined) return;
    if (frames.depth[slot] < 0) {
      stack.orphans++;
      return;
    }
    stack.popAbove(frames.depth[slot], now, 0);
    // A generator above that it delegates to has taken it along: words that no program writes, but damage may.
    if (frames.depth[slot] >= 0) stack.takeOff(slot, now);
    frames.waitsAt[slot] = site;
    if (!stack.isGenerator(site)) stack.tasks.awaits[frames.task[slot]]++;
  }

  resume(site: SiteId, id: FrameId, now: number, unsure: number): void {
    const stack = this.stack;
    const frames = this.frames;
    const slot = this.#known(id);
    if (slot === undefined) return;
    if (frames.depth[slot] >= 0) {
      // From a catch or finally clause it says "on the stack", which is known; else a SUSPEND is missing.
      if (site !== 0) stack.orphans++;
      return;
    }
    stack.beforeResume(frames.fn[slot], now, unsure);
    this.#comesBack(id, slot, now, unsure);
  }

  end(id: FrameId, now: number, unsure: number, outcome: Outcome): void {
    const stack = this.stack;
    const frames = this.frames;
    const slot = this.#known(id);
    if (slot === undefined) return;
    if (frames.depth[slot] >= 0) {
      stack.popAbove(frames.depth[slot], now, unsure);
      if (frames.depth[slot] >= 0) stack.takeOff(slot, now, outcome);
    } else {
      frames.wait[slot] += now - frames.suspendedAt[slot];
      if (outcome === Outcome.THREW) this.#failsAsleep(id, slot, now);
    }
    if (outcome === Outcome.THREW) stack.spans.fail(now);
    this.#count(slot, now, outcome);
    const task = frames.task[slot];
    stack.calls.add(
      true,
      outcome,
      stack.thread,
      frames.call[slot],
      frames.parent[slot],
      stack.tasks.idOf(task),
      frames.fn[slot],
      frames.start[slot],
      outcome === Outcome.OPEN ? NaN : now,
      frames.self[slot],
      frames.wait[slot],
      Math.max(frames.uncertainty[slot], unsure),
      frames.stalled[slot],
    );
    frames.close(id, slot);
    if (outcome !== Outcome.OPEN) stack.tasks.release(task, now);
  }

  /** It failed without coming back first: a moment on top of what is on the stack. */
  #failsAsleep(id: FrameId, slot: FrameSlot, now: number): void {
    const { frames, stack } = this;
    this.#goesOn(id, slot);
    stack.spans.add(
      stack.top + 1,
      now,
      now,
      frames.fn[slot],
      frames.call[slot],
      SPAN.ASYNC | SPAN.RESUMED | SPAN.FAILED,
    );
  }

  /** Adds a call that ends to the aggregates. */
  #count(slot: FrameSlot, now: number, outcome: Outcome): void {
    const stack = this.stack;
    const frames = this.frames;
    const { nodes, edges } = stack.aggregates;
    const node = frames.fn[slot] * NODE.STRIDE;
    const duration = now - frames.start[slot] - frames.stalled[slot];
    if (frames.nested[slot] === 0) nodes[node + NODE.TOTAL] += duration;
    nodes[node + NODE.WAIT] += frames.wait[slot];
    if (outcome === Outcome.THREW) nodes[node + NODE.THREW]++;
    if (outcome === Outcome.OPEN) stack.callsOpen++;
    else if (frames.edge[slot] >= 0) edges.ended(frames.edge[slot], duration);
  }

  /** The recording is over. */
  finish(now: number): void {
    for (const id of this.frames.slots.keys()) this.end(id, now, 0, Outcome.OPEN);
  }
}
