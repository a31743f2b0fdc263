/** Open async calls and generators of one thread, in slots of typed arrays; a freed slot is used again. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import { doubled } from './doubled.ts';
import type { FunctionNo } from './program.ts';
import type { TaskSlot } from './tasks.ts';

/** Index of a frame's slot; -1: none. */
export type FrameSlot = number;

export class Frames {
  readonly slots = new Map<FrameId, FrameSlot>();
  site: Int32Array = new Int32Array(64);
  fn: Int32Array = new Int32Array(64);
  edge: Int32Array = new Int32Array(64);
  task: Int32Array = new Int32Array(64);
  /** Depth on the stack; -1 while suspended. */
  depth: Int32Array = new Int32Array(64);
  /** Site of the await or yield it is suspended at. */
  waitsAt: Int32Array = new Int32Array(64);
  /** 1: began while another call of its function was on the stack. */
  nested: Uint8Array = new Uint8Array(64);
  call: Float64Array = new Float64Array(64);
  /** NaN: a root */
  parent: Float64Array = new Float64Array(64);
  start: Float64Array = new Float64Array(64);
  self: Float64Array = new Float64Array(64);
  wait: Float64Array = new Float64Array(64);
  suspendedAt: Float64Array = new Float64Array(64);
  /** µs of stalls while it was on the stack. */
  stalled: Float64Array = new Float64Array(64);
  uncertainty: Float64Array = new Float64Array(64);
  /** Nearest frame below on the stack when it began, and the call that frame was then. */
  outer: Int32Array = new Int32Array(64);
  outerCall: Float64Array = new Float64Array(64);
  /** Frame that delegates to it (`yield*`, `for await`) and lies below it until it first leaves the stack; -1: none. */
  host: Int32Array = new Int32Array(64).fill(-1);
  /** Leaf of the time index in which it began or last came back; -1: none is known. */
  leaf: Int32Array = new Int32Array(64).fill(-1);
  private readonly free: FrameSlot[] = [];
  private used = 0;

  /** A slot for a frame that is not on the stack, since `start`. */
  open(
    id: FrameId,
    site: SiteId,
    fn: FunctionNo,
    call: number,
    parent: number,
    task: TaskSlot,
    start: number,
  ): FrameSlot {
    const slot = this.free.pop() ?? this.used++;
    if (slot === this.site.length) this.#grow();
    this.slots.set(id, slot);
    this.site[slot] = site;
    this.fn[slot] = fn;
    this.edge[slot] = -1;
    this.task[slot] = task;
    this.depth[slot] = -1;
    this.waitsAt[slot] = 0;
    this.nested[slot] = 0;
    this.call[slot] = call;
    this.parent[slot] = parent;
    this.start[slot] = start;
    this.self[slot] = 0;
    this.wait[slot] = 0;
    this.suspendedAt[slot] = start;
    this.stalled[slot] = 0;
    this.uncertainty[slot] = 0;
    this.outer[slot] = -1;
    this.host[slot] = -1;
    this.leaf[slot] = -1;
    return slot;
  }

  close(id: FrameId, slot: FrameSlot): void {
    this.slots.delete(id);
    this.call[slot] = NaN;
    this.free.push(slot);
  }

  #grow(): void {
    this.site = doubled(this.site);
    this.fn = doubled(this.fn);
    this.edge = doubled(this.edge);
    this.task = doubled(this.task);
    this.depth = doubled(this.depth);
    this.waitsAt = doubled(this.waitsAt);
    this.nested = doubled(this.nested);
    this.call = doubled(this.call);
    this.parent = doubled(this.parent);
    this.start = doubled(this.start);
    this.self = doubled(this.self);
    this.wait = doubled(this.wait);
    this.suspendedAt = doubled(this.suspendedAt);
    this.stalled = doubled(this.stalled);
    this.uncertainty = doubled(this.uncertainty);
    this.outer = doubled(this.outer);
    this.outerCall = doubled(this.outerCall);
    this.host = doubled(this.host);
    this.leaf = doubled(this.leaf);
  }
}
