/**
 * What runs on a thread's stack. Sync calls come and go here; async calls lie among them while they run, and are
 * otherwise in `frames`, where `async-calls.ts` looks after them.
 *
 * Nearly every word of a recording ends up in `enter` or `leave`: fields are public so that others read without a call.
 */
import type { SiteId } from '@intellimap/probe/wire';
import { type CallKeeper, Outcome } from './calls.ts';
import type { Causes } from './causes.ts';
import { EDGE as EDGES, type EdgeNo } from './edges.ts';
import { Frames, type FrameSlot } from './frames.ts';
import { doubled } from './doubled.ts';
import { LOOP_MICROS } from './pauses.ts';
import { type Aggregates, type FunctionNo, NODE, type ProcessSites } from './program.ts';
import { DUE, INDEXED, SPAN } from './time/span-flag.ts';
import type { SpanSink } from './time/span-sink.ts';
import type { TaskSlot, ThreadTasks } from './tasks.ts';
import { Turns } from './turns.ts';

/** Fields of an entry: STRIDE integers in `ints` and as many doubles in `nums`. */
export const ENTRY = {
  STRIDE: 8,
  SITE: 0,
  FN: 1,
  /** Edge over which it was called; -1: a root, or a frame that came back. */
  EDGE: 2,
  TASK: 3,
  /** Slot of the frame that the entry is; -1: a sync call. */
  FRAME: 4,
  FLAGS: 5,
  /** In `nums`: time when it came onto the stack. */
  ON: 0,
  /** In `nums`: time of recorded calls made since, without stalls. */
  CHILD: 1,
  /** In `nums`: call number. */
  CALL: 2,
  /** In `nums`: uncertainty of its start. */
  UNSURE: 3,
  /** In `nums`: stalls of the thread before it came onto the stack. */
  STALLED: 4,
} as const;

export const FLAG = {
  /** Keep the row of this call (it or a call from it is special). */
  KEEP: 1,
  /** Another call of the same function was on the stack when it began. */
  NESTED: 2,
  /** The entry holds its task, and lets it go when the call ends. */
  HOLDS: 4,
  /** The frame that it is came back. */
  RESUMED: SPAN.RESUMED,
  /** It lay on the stack when the leaf of the time index began. */
  CROSSES: SPAN.CROSSES,
} as const;

// Constants of the file, which V8 folds: with `ENTRY.SITE` and so on the replay of sync calls was 8 % slower (Node 20.20).
const { STRIDE, SITE, FN, EDGE, TASK, FRAME, FLAGS, ON, CHILD, CALL, UNSURE, STALLED } = ENTRY;
const { KEEP, NESTED, HOLDS, RESUMED, CROSSES } = FLAG;
const { FAILED, ASYNC, OPEN } = SPAN;

export class CallStack {
  /** Words without a beginning, or that do not fit otherwise. */
  orphans = 0;
  /** Number the next call gets. */
  nextCall = 0;
  callsBegun = 0;
  callsOpen = 0;
  /** µs that the thread has waited for the recorder so far: in times of the machine, in no duration. */
  stalled = 0;
  /** Index of the top entry; -1: the stack is empty. */
  top = -1;
  ints = new Int32Array(STRIDE << 8);
  nums = new Float64Array(STRIDE << 8);
  /** Async calls that have not ended, on the stack or not. */
  readonly frames = new Frames();
  readonly turns: Turns;
  readonly causes: Causes;
  /** The stack was not empty for LOOP_MICROS or more, stalls left out: since when, how long, what is left out of that, and how far the times may be off. */
  held: (start: number, duration: number, stalled: number, unsure: number) => void = () => {};
  readonly tasks: ThreadTasks;
  readonly aggregates: Aggregates;
  readonly calls: CallKeeper;
  readonly spans: SpanSink;
  readonly thread: number;
  private readonly nodes: Float64Array;
  private readonly sites: ProcessSites;

  constructor(
    thread: number,
    sites: ProcessSites,
    aggregates: Aggregates,
    calls: CallKeeper,
    tasks: ThreadTasks,
    causes: Causes,
    spans: SpanSink,
  ) {
    this.spans = spans;
    this.causes = causes;
    this.thread = thread;
    this.aggregates = aggregates;
    this.calls = calls;
    this.tasks = tasks;
    this.turns = new Turns(tasks);
    this.nodes = aggregates.nodes;
    this.sites = sites;
  }

  functionOf(site: SiteId): FunctionNo {
    const { functionOf } = this.sites;
    return site < functionOf.length ? functionOf[site] : 0;
  }

  isGenerator(site: SiteId): boolean {
    return this.sites.isGenerator[this.functionOf(site)] === 1;
  }

  /** Task of the call on top; -1: the stack is empty. */
  taskOnTop(): TaskSlot {
    return this.top >= 0 ? this.ints[this.top * STRIDE + TASK] : -1;
  }

  enter(site: SiteId, now: number, unsure: number): void {
    this.begin(site, this.functionOf(site), this.nextCall++, now, unsure);
  }

  /** A call begins on top of the stack. */
  begin(site: SiteId, fn: FunctionNo, call: number, now: number, unsure: number): void {
    const at = this.push(site, fn, now, unsure);
    this.nums[at + CALL] = call;
    if (now >= this.spans.quick[DUE]) this.spans.tick(now, this.callsBegun);
    this.callsBegun++;
    const node = fn * NODE.STRIDE;
    this.nodes[node + NODE.HITS]++;
    let task: TaskSlot;
    if (at > 0) {
      this.ints[at + EDGE] = this.#edgeTo(fn, node, this.ints[at - STRIDE + FN]);
      task = this.turns.depth === this.top - 1 ? this.#inTurn(fn, at) : this.ints[at - STRIDE + TASK];
    } else {
      this.nodes[node + NODE.ROOTS]++;
      const isInTurn = this.turns.depth === -1;
      task = isInTurn ? this.#inTurn(fn, at) : this.#ofRoot(fn, now);
      this.causes.root(call, this.tasks.idOf(task), !isInTurn && this.sites.isModule[fn] === 0);
    }
    this.ints[at + TASK] = task;
    this.tasks.calls[task]++;
  }

  /** A new top entry; edge, task, frame and call number are the caller's to set. Returns where it is. */
  push(site: SiteId, fn: FunctionNo, now: number, unsure: number): number {
    const at = ++this.top * STRIDE;
    if (at === this.ints.length) {
      this.ints = doubled(this.ints);
      this.nums = doubled(this.nums);
    }
    const { ints, nums } = this;
    ints[at + SITE] = site;
    ints[at + FN] = fn;
    ints[at + EDGE] = -1;
    ints[at + FRAME] = -1;
    ints[at + FLAGS] = this.nodes[fn * NODE.STRIDE + NODE.ACTIVE]++ > 0 ? NESTED : 0;
    nums[at + ON] = now;
    nums[at + CHILD] = 0;
    nums[at + UNSURE] = unsure;
    nums[at + STALLED] = this.stalled;
    return at;
  }

  /** Counts a call of a function, whose record is at `node`, by another one. */
  #edgeTo(fn: FunctionNo, node: number, caller: FunctionNo): EdgeNo {
    const { edges } = this.aggregates;
    const { records } = edges;
    const { SRC, DST } = EDGES;
    let edge = this.nodes[node + NODE.EDGE];
    if (
      records[edge * EDGES.STRIDE + SRC] !== caller ||
      records[edge * EDGES.STRIDE + DST] !== fn ||
      edges.size === 0
    )
      this.nodes[node + NODE.EDGE] = edge = edges.find(caller, fn);
    edges.records[edge * EDGES.STRIDE + EDGES.COUNT]++;
    return edge;
  }

  /** The task whose turn it is, held by the entry. */
  #inTurn(fn: FunctionNo, at: number): TaskSlot {
    this.ints[at + FLAGS] |= HOLDS;
    return this.turns.hold(fn);
  }

  /** The task that a root call begins, held by its entry. */
  #ofRoot(fn: FunctionNo, now: number): TaskSlot {
    this.ints[FLAGS] |= HOLDS;
    return this.tasks.root(fn, this.sites.isModule[fn] === 1, now);
  }

  leave(site: SiteId, now: number, unsure: number, outcome: Outcome): void {
    const at = this.top * STRIDE;
    if (at >= 0 && this.ints[at + SITE] === site && this.ints[at + FRAME] < 0) {
      this.#end(now, unsure, outcome);
      return;
    }
    for (let depth = this.top - 1; depth >= 0; depth--) {
      if (this.ints[depth * STRIDE + SITE] !== site || this.ints[depth * STRIDE + FRAME] >= 0) continue;
      this.popAbove(depth, now, unsure);
      this.#end(now, unsure, outcome);
      return;
    }
    this.orphans++;
  }

  /** Ends the sync call on top. */
  #end(now: number, unsure: number, outcome: Outcome): void {
    const at = this.top-- * STRIDE;
    const { ints, nums } = this;
    const nodes = this.nodes;
    const lasted = now - nums[at + ON];
    const stalled = this.stalled - nums[at + STALLED];
    const duration = lasted - stalled;
    const self = duration - nums[at + CHILD];
    const node = ints[at + FN] * NODE.STRIDE;
    nodes[node + NODE.ACTIVE]--;
    nodes[node + NODE.SELF] += self;
    let flags = ints[at + FLAGS];
    if ((flags & NESTED) === 0) nodes[node + NODE.TOTAL] += duration;
    let bits = flags & CROSSES;
    if (outcome !== Outcome.RETURNED) {
      if (outcome === Outcome.THREW) {
        nodes[node + NODE.THREW]++;
        this.spans.fail(now);
        bits |= FAILED;
      } else if (outcome === Outcome.OPEN) {
        this.callsOpen++;
        bits |= OPEN;
      }
      if (outcome !== Outcome.UNKNOWN) flags |= KEEP;
    }
    const depth = this.top + 1;
    const { spans } = this;
    const { quick } = spans;
    if (bits === 0 && depth < INDEXED && nums[at + ON] < quick[2 * depth] && lasted <= quick[2 * depth + 1])
      spans.counts[depth]++;
    else if (depth < spans.depths || bits !== 0) spans.ended(this, at, depth, now, bits);
    else spans.isDeep = true;
    const edge = ints[at + EDGE];
    if (edge >= 0 && outcome !== Outcome.OPEN) this.aggregates.edges.ended(edge, duration);
    if (at > 0) {
      nums[at - STRIDE + CHILD] += duration;
      if ((flags & KEEP) !== 0) ints[at - STRIDE + FLAGS] |= KEEP;
    } else {
      flags |= KEEP;
      this.spans.busy(nums[ON], now);
      this.tasks.busy[ints[at + TASK]] += duration;
      this.tasks.stalled[ints[at + TASK]] += stalled;
      if (duration >= LOOP_MICROS)
        this.held(nums[ON], duration, stalled, nums[UNSURE] > unsure ? nums[UNSURE] : unsure);
    }
    if ((flags & KEEP) !== 0 || lasted > this.calls.min)
      this.#row(at, (flags & KEEP) !== 0, outcome, now, self, stalled, unsure);
    // An open call goes on holding its task.
    if ((flags & HOLDS) !== 0 && outcome !== Outcome.OPEN) this.tasks.release(ints[at + TASK], now);
  }

  /** The row of the sync call whose entry, no longer on the stack, is at `at`. */
  #row(
    at: number,
    special: boolean,
    outcome: Outcome,
    now: number,
    self: number,
    stalled: number,
    unsure: number,
  ): void {
    const { ints, nums } = this;
    const startUnsure = nums[at + UNSURE];
    this.calls.add(
      special,
      outcome,
      this.thread,
      nums[at + CALL],
      at > 0 ? nums[at - STRIDE + CALL] : NaN,
      this.tasks.idOf(ints[at + TASK]),
      ints[at + FN],
      nums[at + ON],
      outcome === Outcome.OPEN ? NaN : now,
      self,
      0,
      startUnsure > unsure ? startUnsure : unsure,
      stalled,
    );
  }

  /** Takes off all entries above `depth`: nobody saw them end, or (`OPEN`) they have not ended. */
  popAbove(depth: number, now: number, unsure: number, outcome: Outcome = Outcome.UNKNOWN): void {
    while (this.top > depth) {
      const frame = this.ints[this.top * STRIDE + FRAME];
      if (frame >= 0) this.takeOff(frame, now, outcome === Outcome.OPEN ? outcome : Outcome.RETURNED);
      else this.#end(now, unsure, outcome);
    }
  }

  /**
   * An exception left the calls on top which do not tell of that. @param caughtBy the function it was caught in: where that is not right below
   * them, nothing is known; 0: nobody below caught it. @param isFull the stack was full: there was no room for any of them to tell
   */
  unwind(caughtBy: FunctionNo, now: number, unsure: number, isFull = false): void {
    const { ints } = this;
    const { endsUnseen } = this.sites;
    let depth = this.top;
    for (; depth >= 0; depth--) {
      const at = depth * STRIDE;
      const fn = ints[at + FN];
      if (fn === caughtBy || ints[at + FRAME] >= 0 || !(isFull || endsUnseen[fn] === 1)) break;
    }
    if (caughtBy !== 0 && (depth < 0 || ints[depth * STRIDE + FN] !== caughtBy)) return;
    this.popAbove(depth, now, unsure, Outcome.THREW);
  }

  /** Async functions go on when the stack is empty: what seems to be on it failed. */
  beforeResume(fn: FunctionNo, now: number, unsure: number): void {
    if (this.sites.resumesAlone[fn] === 1) this.unwind(0, now, unsure);
  }

  /** The frame on top gives up the stack. @param outcome of the call, where that ends */
  takeOff(slot: FrameSlot, now: number, outcome: Outcome = Outcome.RETURNED): void {
    const { frames, nums } = this;
    const at = this.top-- * STRIDE;
    const bits = ASYNC | (this.ints[at + FLAGS] & (RESUMED | CROSSES)) | outcomeBit(outcome);
    if (this.top + 1 < this.spans.depths || (bits & (FAILED | CROSSES)) !== 0)
      this.spans.add(this.top + 1, nums[at + ON], now, frames.fn[slot], frames.call[slot], bits);
    else this.spans.isDeep = true;
    const stalled = this.stalled - nums[at + STALLED];
    const turn = now - nums[at + ON] - stalled;
    const self = turn - nums[at + CHILD];
    const node = frames.fn[slot] * NODE.STRIDE;
    this.nodes[node + NODE.ACTIVE]--;
    this.nodes[node + NODE.SELF] += self;
    frames.self[slot] += self;
    frames.stalled[slot] += stalled;
    frames.depth[slot] = -1;
    frames.suspendedAt[slot] = now;
    if (at > 0) nums[at - STRIDE + CHILD] += turn;
    else {
      this.spans.busy(nums[ON], now);
      this.tasks.busy[frames.task[slot]] += turn;
      this.tasks.stalled[frames.task[slot]] += stalled;
      if (turn >= LOOP_MICROS) this.held(nums[ON], turn, stalled, nums[UNSURE]);
    }
    this.tasks.touch(frames.task[slot], now);
    const host = frames.host[slot];
    if (host < 0) return;
    // Who delegates waits for as long as the one that it goes on with.
    frames.host[slot] = -1;
    if (this.top >= 0 && this.ints[this.top * STRIDE + FRAME] === host) this.takeOff(host, now);
  }

  /** The new top entry is this frame. */
  putOn(slot: FrameSlot): void {
    const { frames, ints, top } = this;
    const at = top * STRIDE;
    frames.depth[slot] = top;
    ints[at + TASK] = frames.task[slot];
    ints[at + FRAME] = slot;
    this.nums[at + CALL] = frames.call[slot];
  }
}

const outcomeBit = (outcome: Outcome): number =>
  outcome === Outcome.THREW ? FAILED : outcome === Outcome.OPEN ? OPEN : 0;
