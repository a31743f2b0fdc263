/**
 * Words of one thread → calls, tasks, errors and aggregates.
 *
 * The stack follows from the order of words. A sync call is an entry that comes and goes; an async call (a "frame")
 * leaves the stack at SUSPEND and comes back at RESUME, wherever the stack is by then:
 *
 *   words   a{  b~{   b~|  }a    b~>  c{ }c  }b~          { enter   } leave   ~| suspend   ~> resume
 *   stack   a   a b   a          b    b c  b
 *   tree    a ─ b ─ c            b's parent is a, although a is long gone when c runs
 *
 * Words that do not fit are never guessed at: an end without a beginning is counted as orphan, calls that are gone when
 * an outer one ends have the outcome `unknown`.
 */
import { Kind, OPERANDS, type FrameId, type SiteId } from '@intellimap/probe/wire';
import { type CallKeeper, Outcome } from './calls.ts';
import { Clock, type Samples } from './clock.ts';
import { ErrorLog, type SeenError, type StackLine } from './errors.ts';
import { EDGE as EDGES } from './edges.ts';
import { Frames, type FrameSlot } from './frames.ts';
import { doubled } from './latency.ts';
import { type Aggregates, type FunctionNo, NODE, type ProcessSites } from './program.ts';
import { type TaskKeeper, type TaskSlot, ThreadTasks } from './tasks.ts';

/** What all threads of a run add to. */
export interface RunSinks {
  aggregates: Aggregates;
  calls: CallKeeper;
  tasks: TaskKeeper;
}

/** The stack at one moment, outermost first, as segments carry it. Call -1: its beginning was lost; frame 0: not a frame. */
export interface KnownStack {
  sites: ArrayLike<number>;
  calls: ArrayLike<number>;
  frames: ArrayLike<number>;
}

/** An async call known to be open, as keyframes carry it. */
export interface KnownFrame {
  site: SiteId;
  call: number;
  parent: number;
  suspended: boolean;
}

// A stack entry is STRIDE integers in #ints and as many doubles in #nums.
const STRIDE = 8;
const SITE = 0;
const FN = 1;
const EDGE = 2;
const TASK = 3;
const FRAME = 4;
const FLAGS = 5;
/** Time when it came onto the stack, time of recorded calls made since, call number, uncertainty of its start. */
const ON = 0;
const CHILD = 1;
const CALL = 2;
const UNSURE = 3;

/** Flag: keep the row of this call (it or a call from it is special). */
const KEEP = 1;
/** Flag: another call of the same function was on the stack when it began. */
const NESTED = 2;
/** Flag: the entry holds its task, and lets it go when the call ends. */
const HOLDS = 4;

const NO_TURN = -2;
/** Lines of a reconstructed stack. */
const STACK_LINES = 50;

export class ThreadReplay {
  readonly clock = new Clock();
  events = 0;
  /** Events that carry a time of their own. */
  timedEvents = 0;
  lost = 0;
  orphans = 0;
  gaps = 0;
  /** Number the next call gets. */
  nextCall = 0;
  callsBegun = 0;
  callsOpen = 0;
  /** Up to here nothing is missing; NaN: from the beginning. Once a gap came, it stays. */
  certainUntil = NaN;
  /** site → how often its `require` or `import()` was reached */
  readonly reached = new Map<SiteId, number>();

  readonly #thread: number;
  readonly #sites: ProcessSites;
  readonly #sinks: RunSinks;
  readonly #tasks: ThreadTasks;
  readonly #frames = new Frames();
  readonly #errors = new ErrorLog();

  /** Index of the top entry; -1: the stack is empty. */
  #top = -1;
  #ints = new Int32Array(STRIDE << 8);
  #nums = new Float64Array(STRIDE << 8);
  readonly #nodes: Float64Array;

  /** Depth (top entry) at which new calls belong to the turn's task. */
  #turnAt = NO_TURN;
  #turnTask: TaskSlot = 0;
  readonly #outerTurns: [number, TaskSlot][] = [];
  #lostCalls = 0;

  constructor(thread: number, sites: ProcessSites, sinks: RunSinks) {
    this.#thread = thread;
    this.#sites = sites;
    this.#sinks = sinks;
    this.#tasks = new ThreadTasks(thread, sinks.tasks);
    this.#nodes = sinks.aggregates.nodes;
  }

  /** Follows whole events. Positions of samples count from the first word of the batch. */
  feed(words: Int32Array, samples: Samples): void {
    const windows = this.clock.windows(words, samples);
    const { at, time, exact } = windows;
    const last = windows.count - 1;
    const length = words.length;
    let events = 0;
    let window = -1;
    let windowEnd = 0;
    let from = 0;
    let base = 0;
    let slope = 0;
    let width = 0;
    let isExact = false;
    for (let i = 0; i < length;) {
      if (i >= windowEnd) {
        while (window + 1 < last && at[window + 1] <= i) window++;
        if (window < 0) window = 0;
        from = at[window]!;
        base = time[window]!;
        windowEnd = window < last ? at[window + 1] : length;
        width = window < last ? time[window + 1] - base : 0;
        slope = windowEnd > from ? width / (windowEnd - from) : 0;
        if (windowEnd <= i) windowEnd = length;
        isExact = exact[window] === 1 && from === i;
      }
      const word = words[i];
      const now = base + (i - from) * slope;
      const unsure = isExact ? 0 : width;
      isExact = false;
      events++;
      const kind = word & 15;
      if (kind === Kind.ENTER) {
        this.#enter(word >>> 4, now, unsure);
        i++;
      } else if (kind === Kind.LEAVE) {
        this.#leave(word >>> 4, now, unsure, Outcome.RETURNED);
        i++;
      } else {
        this.#rare(kind, word >>> 4, words, i, now, unsure);
        i += 1 + OPERANDS[kind];
      }
    }
    this.events += events;
    if (this.gaps === 0) this.certainUntil = this.clock.certain;
  }

  /** Part of the recording is missing before what comes next; the segment may know where the stack stands. */
  gap(stack?: KnownStack, nextCall?: number): void {
    this.gaps++;
    const now = this.#now();
    if (nextCall !== undefined) {
      // Calls that began in the gap are known by number only.
      this.nextCall = Math.max(this.nextCall, nextCall);
    }
    const common = stack === undefined ? 0 : this.#common(stack);
    this.#popAbove(common - 1, now, 0);
    this.#turnAt = NO_TURN;
    if (stack !== undefined) for (let k = common; k < stack.sites.length; k++) this.#restore(stack, k, now);
  }

  /** After a gap: async calls that are open, those that ended in the gap. */
  knownFrames(open: ReadonlyMap<FrameId, KnownFrame>): void {
    const now = this.#now();
    for (const [id, slot] of this.#frames.slots)
      if (!open.has(id | 0) && this.#frames.depth[slot] < 0) this.#endFrame(id, now, 0, Outcome.UNKNOWN);
    for (const [id, known] of open)
      if (known.suspended && !this.#frames.slots.has(id | 0)) this.#knownFrame(id | 0, known, now);
  }

  /** What a declared task is. */
  describeTask(id: number, kind: string, name: string | null): void {
    this.#tasks.describe(id, kind, name);
  }

  /** The recording is over: what is open stays open. */
  finish(time: number = this.#now()): void {
    const now = Number.isNaN(this.clock.last) ? time : Math.max(time, this.clock.last);
    while (this.#top >= 0) {
      const frame = this.#ints[this.#top * STRIDE + FRAME];
      if (frame >= 0) this.#offStack(frame, now);
      else this.#endSync(now, 0, Outcome.OPEN);
    }
    for (const [id] of this.#frames.slots) this.#endFrame(id, now, 0, Outcome.OPEN);
    this.#tasks.finish(now);
  }

  errors(): SeenError[] {
    return this.#errors.all();
  }

  #now(): number {
    return Number.isNaN(this.clock.last) ? 0 : this.clock.last;
  }

  #functionOf(site: SiteId): FunctionNo {
    const { functionOf } = this.#sites;
    return site < functionOf.length ? functionOf[site] : 0;
  }

  #rare(kind: number, payload: number, words: Int32Array, i: number, now: number, unsure: number): void {
    if (OPERANDS[kind] === 2) this.timedEvents++;
    switch (kind) {
      case Kind.THROW:
        return this.#leave(payload, now, unsure, Outcome.THREW);
      case Kind.FRAME_ENTER:
        return this.#enterFrame(payload, words[i + 1], now, unsure);
      case Kind.FRAME_LEAVE:
        return this.#endFrame(words[i + 1], now, unsure, Outcome.RETURNED);
      case Kind.FRAME_THROW:
        return this.#endFrame(words[i + 1], now, unsure, Outcome.THREW);
      case Kind.SUSPEND:
        return this.#suspend(payload, words[i + 1], now);
      case Kind.RESUME:
        return this.#resume(payload, words[i + 1], now, unsure);
      case Kind.THROWN:
        return this.#error('thrown', payload, words[i + 1], now);
      case Kind.CAUGHT:
        return this.#error('caught', payload, words[i + 1], now);
      case Kind.REACHED:
        this.reached.set(payload, (this.reached.get(payload) ?? 0) + 1);
        return;
      case Kind.TASK:
        return this.#task(payload, words[i + 1] >>> 0, now);
      case Kind.LOST:
        return this.#lose(words[i + 1] >>> 0, now, unsure);
    }
  }

  // ── the stack ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #enter(site: SiteId, now: number, unsure: number): void {
    const fn = this.#functionOf(site);
    this.#push(site, fn, now, unsure);
    const top = this.#top * STRIDE;
    this.#nums[top + CALL] = this.nextCall++;
    this.#called(fn, top);
  }

  /** A new top entry; edge, call number and flags are the caller's to set. */
  #push(site: SiteId, fn: FunctionNo, now: number, unsure: number): void {
    const at = ++this.#top * STRIDE;
    if (at === this.#ints.length) {
      this.#ints = doubled(this.#ints);
      this.#nums = doubled(this.#nums);
    }
    const ints = this.#ints;
    const nums = this.#nums;
    ints[at + SITE] = site;
    ints[at + FN] = fn;
    ints[at + EDGE] = -1;
    ints[at + FRAME] = -1;
    ints[at + FLAGS] = this.#nodes[fn * NODE.STRIDE + NODE.ACTIVE]++ > 0 ? NESTED : 0;
    nums[at + ON] = now;
    nums[at + CHILD] = 0;
    nums[at + UNSURE] = unsure;
  }

  /** Counts the call that the new top entry begins, and finds its edge and task. */
  #called(fn: FunctionNo, top: number): void {
    const ints = this.#ints;
    const nodes = this.#nodes;
    const node = fn * NODE.STRIDE;
    nodes[node + NODE.HITS]++;
    this.callsBegun++;
    let task: TaskSlot;
    if (top > 0) {
      const { edges } = this.#sinks.aggregates;
      const caller = ints[top - STRIDE + FN];
      let edge = nodes[node + NODE.EDGE];
      const { SRC, DST } = EDGES;
      const { records } = edges;
      if (
        records[edge * EDGES.STRIDE + SRC] !== caller ||
        records[edge * EDGES.STRIDE + DST] !== fn ||
        edges.size === 0
      )
        nodes[node + NODE.EDGE] = edge = edges.find(caller, fn);
      edges.records[edge * EDGES.STRIDE + EDGES.COUNT]++;
      ints[top + EDGE] = edge;
      if (this.#turnAt === this.#top - 1) task = this.#turn(fn, top);
      else task = ints[top - STRIDE + TASK]!;
    } else {
      nodes[node + NODE.ROOTS]++;
      if (this.#turnAt === -1) task = this.#turn(fn, top);
      else {
        task = this.#tasks.root(fn, this.#sites.isModule[fn] === 1, this.#nums[ON]);
        ints[top + FLAGS] |= HOLDS;
      }
    }
    ints[top + TASK] = task;
    this.#tasks.calls[task]++;
  }

  /** The entry at `top` begins in the task whose turn it is. */
  #turn(fn: FunctionNo, top: number): TaskSlot {
    this.#tasks.firstCall(this.#turnTask, fn);
    this.#ints[top + FLAGS] |= HOLDS;
    return this.#tasks.hold(this.#turnTask);
  }

  #leave(site: SiteId, now: number, unsure: number, outcome: Outcome): void {
    const at = this.#top * STRIDE;
    if (at >= 0 && this.#ints[at + SITE] === site && this.#ints[at + FRAME] < 0) {
      this.#endSync(now, unsure, outcome);
      return;
    }
    for (let depth = this.#top - 1; depth >= 0; depth--) {
      if (this.#ints[depth * STRIDE + SITE] !== site || this.#ints[depth * STRIDE + FRAME] >= 0) continue;
      this.#popAbove(depth, now, unsure);
      this.#endSync(now, unsure, outcome);
      return;
    }
    this.orphans++;
  }

  /** Ends the sync call on top. */
  #endSync(now: number, unsure: number, outcome: Outcome): void {
    const top = this.#top--;
    const at = top * STRIDE;
    const ints = this.#ints;
    const nums = this.#nums;
    const fn = ints[at + FN];
    const start = nums[at + ON];
    const duration = now - start;
    const self = duration - nums[at + CHILD];
    const { aggregates, calls } = this.#sinks;
    const nodes = this.#nodes;
    const node = fn * NODE.STRIDE;
    nodes[node + NODE.ACTIVE]--;
    nodes[node + NODE.SELF] += self;
    let flags = ints[at + FLAGS];
    if ((flags & NESTED) === 0) nodes[node + NODE.TOTAL] += duration;
    const edge = ints[at + EDGE];
    if (outcome !== Outcome.RETURNED) {
      if (outcome === Outcome.THREW) nodes[node + NODE.THREW]++;
      else if (outcome === Outcome.OPEN) this.callsOpen++;
      if (outcome !== Outcome.UNKNOWN) flags |= KEEP;
    }
    if (edge >= 0 && outcome !== Outcome.OPEN) aggregates.edges.ended(edge, duration);
    const task = ints[at + TASK];
    let parent = NaN;
    if (top > 0) {
      nums[at - STRIDE + CHILD] += duration;
      parent = nums[at - STRIDE + CALL]!;
      if ((flags & KEEP) !== 0) ints[at - STRIDE + FLAGS] |= KEEP;
    } else flags |= KEEP;
    if ((flags & KEEP) !== 0 || duration > calls.min) {
      const end = outcome === Outcome.OPEN ? NaN : now;
      const startUnsure = nums[at + UNSURE];
      calls.add(
        (flags & KEEP) !== 0,
        outcome,
        this.#thread,
        nums[at + CALL],
        parent,
        this.#tasks.idOf(task),
        fn,
        start,
        end,
        self,
        0,
        startUnsure > unsure ? startUnsure : unsure,
      );
    }
    // An open call goes on holding its task.
    if ((flags & HOLDS) !== 0 && outcome !== Outcome.OPEN) this.#tasks.release(task, now);
  }

  /** Takes off all entries above `depth`: nobody saw them end. */
  #popAbove(depth: number, now: number, unsure: number): void {
    while (this.#top > depth) {
      const frame = this.#ints[this.#top * STRIDE + FRAME];
      if (frame >= 0) this.#offStack(frame, now);
      else this.#endSync(now, unsure, Outcome.UNKNOWN);
    }
  }

  // ── frames ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #enterFrame(site: SiteId, id: FrameId, now: number, unsure: number): void {
    if (this.#frames.slots.has(id)) this.#endFrame(id, now, unsure, Outcome.UNKNOWN);
    const frames = this.#frames;
    const fn = this.#functionOf(site);
    const slot = frames.open(id, site, fn);
    this.#push(site, fn, now, unsure);
    const top = this.#top * STRIDE;
    this.#nums[top + CALL] = this.nextCall++;
    this.#called(fn, top);
    const ints = this.#ints;
    ints[top + FRAME] = slot;
    frames.call[slot] = this.#nums[top + CALL]!;
    frames.parent[slot] = top > 0 ? this.#nums[top - STRIDE + CALL] : NaN;
    frames.start[slot] = now;
    frames.uncertainty[slot] = unsure;
    frames.depth[slot] = this.#top;
    frames.edge[slot] = ints[top + EDGE]!;
    frames.task[slot] = ints[top + TASK]!;
    frames.nested[slot] = ints[top + FLAGS] & NESTED ? 1 : 0;
    // The frame, not the entry, holds the task.
    if ((ints[top + FLAGS] & HOLDS) === 0) this.#tasks.hold(frames.task[slot]);
    if (top > 0) ints[top - STRIDE + FLAGS] |= KEEP;
    this.#linkOuter(slot);
  }

  /** Remembers the frame below: it most likely awaits this one. */
  #linkOuter(slot: FrameSlot): void {
    const frames = this.#frames;
    for (let depth = this.#top - 1; depth >= 0; depth--) {
      const outer = this.#ints[depth * STRIDE + FRAME];
      if (outer < 0) continue;
      frames.outer[slot] = outer;
      frames.outerCall[slot] = frames.call[outer]!;
      return;
    }
  }

  #suspend(site: SiteId, id: FrameId, now: number): void {
    const slot = this.#frames.slots.get(id);
    if (slot === undefined || this.#frames.depth[slot] < 0) {
      this.orphans++;
      return;
    }
    this.#popAbove(this.#frames.depth[slot], now, 0);
    this.#offStack(slot, now);
    this.#frames.waitsAt[slot] = site;
  }

  /** The frame on top gives up the stack. */
  #offStack(slot: FrameSlot, now: number): void {
    const frames = this.#frames;
    const at = this.#top-- * STRIDE;
    const turn = now - this.#nums[at + ON];
    const self = turn - this.#nums[at + CHILD];
    const node = frames.fn[slot] * NODE.STRIDE;
    this.#nodes[node + NODE.ACTIVE]--;
    this.#nodes[node + NODE.SELF] += self;
    frames.self[slot] += self;
    frames.depth[slot] = -1;
    frames.suspendedAt[slot] = now;
    if (at > 0) this.#nums[at - STRIDE + CHILD] += turn;
    this.#tasks.touch(frames.task[slot], now);
  }

  #resume(site: SiteId, id: FrameId, now: number, unsure: number): void {
    const frames = this.#frames;
    const slot = frames.slots.get(id);
    if (slot === undefined) {
      this.orphans++;
      return;
    }
    if (frames.depth[slot] >= 0) {
      // From a catch or finally clause it says "on the stack", which is known; else a SUSPEND is missing.
      if (site !== 0) this.orphans++;
      return;
    }
    frames.wait[slot] += now - frames.suspendedAt[slot];
    this.#push(frames.site[slot], frames.fn[slot], now, unsure);
    this.#onStack(slot);
  }

  /** The new top entry is this frame. */
  #onStack(slot: FrameSlot): void {
    const frames = this.#frames;
    const at = this.#top * STRIDE;
    frames.depth[slot] = this.#top;
    this.#ints[at + TASK] = frames.task[slot]!;
    this.#ints[at + FRAME] = slot;
    this.#nums[at + CALL] = frames.call[slot]!;
  }

  #endFrame(id: FrameId, now: number, unsure: number, outcome: Outcome): void {
    const frames = this.#frames;
    const slot = frames.slots.get(id);
    if (slot === undefined) {
      this.orphans++;
      return;
    }
    if (frames.depth[slot] >= 0) {
      this.#popAbove(frames.depth[slot], now, unsure);
      this.#offStack(slot, now);
    } else frames.wait[slot] += now - frames.suspendedAt[slot];
    const fn = frames.fn[slot];
    const start = frames.start[slot];
    const { aggregates, calls } = this.#sinks;
    const nodes = this.#nodes;
    const node = fn * NODE.STRIDE;
    if (frames.nested[slot] === 0) nodes[node + NODE.TOTAL] += now - start;
    nodes[node + NODE.WAIT] += frames.wait[slot];
    if (outcome === Outcome.THREW) nodes[node + NODE.THREW]++;
    if (outcome === Outcome.OPEN) this.callsOpen++;
    else if (frames.edge[slot] >= 0) aggregates.edges.ended(frames.edge[slot], now - start);
    const end = outcome === Outcome.OPEN ? NaN : now;
    const task = frames.task[slot];
    calls.add(
      true,
      outcome,
      this.#thread,
      frames.call[slot],
      frames.parent[slot],
      this.#tasks.idOf(task),
      fn,
      start,
      end,
      frames.self[slot],
      frames.wait[slot],
      Math.max(frames.uncertainty[slot], unsure),
    );
    frames.close(id, slot);
    if (outcome !== Outcome.OPEN) this.#tasks.release(task, now);
  }

  // ── losses ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #lose(words: number, now: number, unsure: number): void {
    this.lost += words;
    if (this.gaps === 0) this.certainUntil = now - unsure;
    this.gaps++;
    this.#popAbove(-1, now, 0);
    this.#turnAt = NO_TURN;
  }

  /** Entries of the stack, from the outermost, that a known stack confirms. */
  #common(stack: KnownStack): number {
    let depth = 0;
    while (
      depth <= this.#top &&
      depth < stack.sites.length &&
      stack.calls[depth] >= 0 &&
      this.#nums[depth * STRIDE + CALL] === stack.calls[depth]
    )
      depth++;
    return depth;
  }

  /** Puts an entry of a known stack back on: a frame that is known, or a call that began in the gap. */
  #restore(stack: KnownStack, k: number, now: number): void {
    const id = stack.frames[k] | 0;
    const known = id === 0 ? undefined : this.#frames.slots.get(id);
    if (known !== undefined && this.#frames.depth[known] < 0) return this.#resume(0, id, now, 0);
    const site = stack.sites[k];
    const fn = this.#functionOf(site);
    const call = stack.calls[k] >= 0 ? stack.calls[k] : this.#lostCall();
    this.#push(site, fn, now, 0);
    const top = this.#top * STRIDE;
    this.#nums[top + CALL] = call;
    this.#called(fn, top);
    if (id === 0) return;
    const parent = k > 0 ? this.#nums[top - STRIDE + CALL] : NaN;
    const slot = this.#openKnown(id, site, call, parent, now, this.#ints[top + TASK]);
    if ((this.#ints[top + FLAGS] & HOLDS) === 0) this.#tasks.hold(this.#ints[top + TASK]);
    this.#onStack(slot);
  }

  #knownFrame(id: FrameId, known: KnownFrame, now: number): void {
    const fn = this.#functionOf(known.site);
    const call = known.call >= 0 ? known.call : this.#lostCall();
    const task = this.#tasks.root(fn, false, now);
    this.#openKnown(id, known.site, call, known.parent >= 0 ? known.parent : NaN, now, task);
    this.#nodes[fn * NODE.STRIDE + NODE.HITS]++;
    this.callsBegun++;
  }

  #openKnown(
    id: FrameId,
    site: SiteId,
    call: number,
    parent: number,
    now: number,
    task: TaskSlot,
  ): FrameSlot {
    const frames = this.#frames;
    const slot = frames.open(id, site, this.#functionOf(site));
    frames.call[slot] = call;
    frames.parent[slot] = parent;
    frames.start[slot] = now;
    frames.suspendedAt[slot] = now;
    frames.task[slot] = task;
    return slot;
  }

  /** Calls whose number is lost get negative ones. */
  #lostCall(): number {
    return --this.#lostCalls;
  }

  // ── tasks and errors ───────────────────────────────────────────────────────────────────────────────────────────────

  #task(what: number, id: number, now: number): void {
    if (what === 2) return this.#tasks.done(id, now);
    const slot = this.#tasks.declared(id, now);
    if (what === 0) {
      if (this.#turnAt !== NO_TURN) this.#outerTurns.push([this.#turnAt, this.#turnTask]);
      this.#turnAt = this.#top;
      this.#turnTask = slot;
      return;
    }
    this.#tasks.touch(slot, now);
    [this.#turnAt, this.#turnTask] = this.#outerTurns.pop() ?? [NO_TURN, 0];
  }

  #error(kind: SeenError['kind'], site: SiteId, operand: number, now: number): void {
    if ((operand & 1) === 0) return;
    const task = this.#top >= 0 ? this.#ints[this.#top * STRIDE + TASK] : -1;
    if (task >= 0) this.#tasks.error(task);
    this.#errors.add(operand >>> 1, kind, site, now, this.#tasks.idOf(task), () => this.#stackLines(site));
  }

  /** The recorded calls on the stack, innermost first, then the frames that await the outermost one. */
  #stackLines(site: SiteId): StackLine[] {
    const lines: StackLine[] = [];
    for (let depth = this.#top; depth >= 0 && lines.length < STACK_LINES; depth--) {
      const at = depth * STRIDE;
      lines.push({
        fn: this.#ints[at + FN],
        site: depth === this.#top ? site : this.#ints[at + SITE],
        awaiting: false,
      });
    }
    let slot = this.#top >= 0 ? this.#ints[FRAME] : -1;
    while (slot >= 0 && lines.length < STACK_LINES) {
      const { outer, outerCall, call, fn, waitsAt, depth } = this.#frames;
      const next: FrameSlot = outer[slot];
      if (next < 0 || call[next] !== outerCall[slot] || depth[next] >= 0) break;
      lines.push({ fn: fn[next], site: waitsAt[next], awaiting: true });
      slot = next;
    }
    return lines;
  }
}
