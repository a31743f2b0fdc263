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
import {
  type FrameId,
  Kind,
  KIND_BITS,
  OPERANDS,
  type SiteId,
  STALL,
  stallMicros,
  turnOf,
  type Values,
  wholeTurn,
} from '@intellimap/probe/wire';
import { AfterGap, EMPTY_STACK, type KnownFrame, type KnownStack } from './after-gap.ts';
import { AsyncCalls } from './async-calls.ts';
import { type CallKeeper, Outcome } from './calls.ts';
import { Causes, type LinkKeeper } from './causes.ts';
import { Clock, type Samples } from './clock.ts';
import { ErrorLog, type SeenError } from './errors.ts';
import { type Escape, Escapes } from './escapes.ts';
import { type Collection, Collections, type PauseKeeper } from './pauses.ts';
import type { Aggregates, ProcessSites } from './program.ts';
import {
  type Asker,
  type BegunResource,
  type EndedResource,
  type ResourceKeeper,
  ThreadResources,
} from './resources.ts';
import { CallStack, ENTRY, FLAG } from './stack.ts';
import { callAt, callerOnTop, stackLines } from './stack-lines.ts';
import { type TaskKeeper, type TaskNote, ThreadTasks } from './tasks.ts';
import { crossAll } from './time/leaf-start.ts';
import type { SpanSink } from './time/span-sink.ts';
import { SpanIndex } from './time/spans.ts';
import { ThreadTime } from './time/thread-time.ts';
import type { TimeIndex } from './time/time-index.ts';
import { ThreadPauses } from './thread-pauses.ts';
import { ThreadValues, type ValueKeeper } from './values.ts';

/** What all threads of a run add to. */
export interface RunSinks {
  aggregates: Aggregates;
  calls: CallKeeper;
  tasks: TaskKeeper;
  values: ValueKeeper;
  links: LinkKeeper;
  pauses: PauseKeeper;
  resources: ResourceKeeper;
  time: TimeIndex;
}

export class ThreadReplay {
  readonly clock = new Clock();
  events = 0;
  /** Events that carry a time of their own. */
  timedEvents = 0;
  lost = 0;
  gaps = 0;
  /** Up to here nothing is missing; NaN: from the beginning. Once a gap came, it stays. */
  certainUntil = NaN;
  /** site → how often its `require` or `import()` was reached */
  readonly reached = new Map<SiteId, number>();

  private readonly threadTasks: ThreadTasks;
  private readonly stack: CallStack;
  private readonly causes: Causes;
  private readonly asyncCalls: AsyncCalls;
  private readonly afterGap: AfterGap;
  private readonly errorLog = new ErrorLog();
  private readonly escapes = new Escapes();
  /** Words fed before the batch at hand: what counts as "right behind" may lie in two. */
  private fed = 0;
  /** The last SUSPEND, and where the next word is; of one that goes on with a generator's object the same. */
  private readonly suspended = { site: 0, frame: 0, end: NaN };
  private delegatesUntil = NaN;
  private readonly threadValues: ThreadValues;
  private readonly threadPauses: ThreadPauses;
  private readonly threadResources: ThreadResources;
  private due: Collections | undefined;
  private readonly threadTime: ThreadTime;

  constructor(
    thread: number,
    sites: ProcessSites,
    { aggregates, calls, tasks, values, links, pauses, resources, time }: RunSinks,
    spans: SpanSink = new SpanIndex(thread, time),
  ) {
    this.threadResources = new ThreadResources(thread, resources);
    this.threadTasks = new ThreadTasks(thread, tasks);
    this.causes = new Causes(thread, links, (loose, task) => this.threadTasks.join(loose, task));
    this.causes.answer = (id, task) => this.threadResources.asked(id, { call: NaN, fn: 0, task });
    this.stack = new CallStack(thread, sites, aggregates, calls, this.threadTasks, this.causes, spans);
    this.threadTime = new ThreadTime(thread, time, this.stack);
    this.threadPauses = new ThreadPauses(thread, pauses, this.stack);
    this.stack.held = (...pause) => this.threadPauses.held(...pause);
    this.threadValues = new ThreadValues(thread, values, this.stack);
    this.asyncCalls = new AsyncCalls(this.stack);
    this.afterGap = new AfterGap(this.stack, this.asyncCalls);
  }

  get orphans(): number {
    return this.stack.orphans;
  }

  /** VALUE words that nothing is known of. */
  get valuesMissing(): number {
    return this.threadValues.missing;
  }

  get callsBegun(): number {
    return this.stack.callsBegun;
  }

  /** µs that the thread waited for the recorder, as its words say. */
  get stalled(): number {
    return this.stack.stalled;
  }

  get callsOpen(): number {
    return this.stack.callsOpen;
  }

  /** Garbage collections of the thread, to be told before its words. */
  collections(all: Collection[]): void {
    if (all.length > 0)
      this.due = new Collections(all, (each, unsure) => this.threadPauses.collected(each, unsure));
  }

  /** Follows whole events. Positions of samples count from the first word of the batch. */
  feed(words: Int32Array, samples: Samples): void {
    // Word 0 and the end are anchors: each word lies in a window.
    const { at, time, exact, unsure: widths, count } = this.clock.windows(words, samples);
    this.threadTime.seen(samples.time[0]);
    const stack = this.stack;
    const last = count - 1;
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
        from = at[window];
        base = time[window];
        windowEnd = at[window + 1];
        width = widths[window];
        slope = (time[window + 1] - base) / (windowEnd - from);
        isExact = exact[window] === 1 && from === i;
        if (this.due !== undefined) windowEnd = this.due.upTo(i, from, windowEnd, base, slope, width);
      }
      const word = words[i];
      const now = base + (i - from) * slope;
      const unsure = isExact ? 0 : width;
      isExact = false;
      events++;
      const kind = word & 15;
      if (kind === Kind.ENTER) {
        stack.enter(word >>> 4, now, unsure);
        i++;
      } else if (kind === Kind.LEAVE) {
        stack.leave(word >>> 4, now, unsure, Outcome.RETURNED);
        i++;
      } else {
        this.#rare(kind, word >>> 4, words, i, now, unsure);
        i += 1 + OPERANDS[kind];
      }
    }
    this.events += events;
    this.fed += length;
    if (this.gaps === 0) this.certainUntil = this.clock.certain;
  }

  /**
   * Part of the recording is missing before what comes next; the segment may know where the stack stands.
   * @param letGo on purpose: no gap
   */
  gap(stack: KnownStack = EMPTY_STACK, nextCall = 0, letGo = false): void {
    if (!letGo) this.gaps++;
    this.threadTime.missing(this.clock.last, letGo);
    this.delegatesUntil = this.suspended.end = NaN;
    this.escapes.missing();
    // Calls that began in the gap are known by number only.
    this.stack.nextCall = Math.max(this.stack.nextCall, nextCall);
    this.afterGap.stack(stack, this.#now());
    crossAll(this.stack);
  }

  /** After a gap: async calls that are open, those that ended in the gap. */
  knownFrames(open: ReadonlyMap<FrameId, KnownFrame>): void {
    this.afterGap.frames(open, this.#now());
  }

  /** A frame of words is about to be fed. @param known the stack before it, as it says itself */
  frame(firstWord: number, words: number, known: KnownStack): void {
    // What was suspended last, and goes on, is not told of where a leaf begins.
    const isWhole = this.suspended.end !== this.fed && this.delegatesUntil !== this.fed;
    this.threadTime.frame(firstWord, words, this.clock.last, known, isWhole);
  }

  /** Texts that VALUE words of later batches refer to. */
  texts(values: Values): void {
    this.threadValues.texts(values);
  }

  /** Task id of a declared task; 0: not known. */
  declaredTask(id: number): number {
    return this.threadTasks.idOfDeclared(id);
  }

  /** What a declared task is. */
  describeTask(id: number, note: TaskNote): void {
    this.threadTasks.describe(id, note);
  }

  /** A declared task was given up: nobody tells its end. */
  abandonTask(id: number): void {
    this.threadTasks.abandoned(id);
  }

  /** A request that the program made. */
  resource(begun: BegunResource): void {
    this.threadResources.begun(begun);
  }

  /** Who asked for what is no request: a message has such a number, too. */
  askerOf(id: number): Asker | undefined {
    return this.threadResources.askerOf(id);
  }

  /** The same, where the word may come after the note: filled in then. */
  asks(id: number, asker: Asker): void {
    this.threadResources.asks(id, asker);
  }

  /** What came of it. */
  resourceEnded(id: number, end: EndedResource): void {
    this.threadResources.ended(id, end);
  }

  /** One half of that: see `ThreadResources`. */
  resourceHalf(id: number, end: EndedResource, since?: number): void {
    this.threadResources.half(id, end, since);
  }

  /** What the browser measured may be of an EventSource; false: it is not. */
  stream(begun: BegunResource, end: EndedResource): boolean {
    return this.threadResources.stream(begun, end);
  }

  /** The recording is over: what is open stays open. */
  finish(time: number = this.#now()): void {
    const now = Number.isNaN(this.clock.last) ? time : Math.max(time, this.clock.last);
    this.due?.finish();
    this.threadTime.seen(now);
    this.threadTime.cut(now);
    this.stack.popAbove(-1, now, 0, Outcome.OPEN);
    this.asyncCalls.finish(now);
    this.threadPauses.finish();
    this.threadTasks.finish(now);
    this.threadResources.finish();
    this.threadValues.finish();
    this.causes.finish();
    this.threadTime.finish(now);
  }

  /** The text of an error is that of a primitive, of which later words say nothing else. */
  addPrimitive(text: number): void {
    this.errorLog.addPrimitive(text);
  }

  /** The text of an error is that of a full stack, which keeps calls from telling their ends. */
  addFullStack(text: number): void {
    this.errorLog.fullStacks.add(text);
  }

  /** Of each primitive, how many were thrown and not caught: a copy. */
  flyingPrimitives(): Map<number, number> {
    return new Map(this.errorLog.primitives);
  }

  errors(): SeenError[] {
    return this.errorLog.all();
  }

  /** Where an error came from that nobody caught, as was told at this time; undefined: not known. */
  escapeUntil(micros: number): Escape | undefined {
    return this.escapes.until(micros);
  }

  #now(): number {
    return Number.isNaN(this.clock.last) ? 0 : this.clock.last;
  }

  #rare(kind: number, payload: number, words: Int32Array, i: number, now: number, unsure: number): void {
    if (OPERANDS[kind] === 2 && kind !== Kind.VALUE) this.timedEvents++;
    switch (kind) {
      case Kind.THROW:
        return this.#threw(payload, this.fed + i, now, unsure);
      case Kind.FRAME_ENTER:
        return this.#begin(payload, words[i + 1], this.fed + i, now, unsure);
      case Kind.FRAME_LEAVE:
        return this.asyncCalls.end(words[i + 1], now, unsure, Outcome.RETURNED);
      case Kind.FRAME_THROW:
        return this.asyncCalls.end(words[i + 1], now, unsure, Outcome.THREW);
      case Kind.SUSPEND:
        this.suspended.site = payload;
        this.suspended.frame = words[i + 1];
        this.suspended.end = this.fed + i + 3;
        return this.asyncCalls.suspend(payload, words[i + 1], now);
      case Kind.RESUME:
        return this.asyncCalls.resume(payload, words[i + 1], now, unsure);
      case Kind.THROWN:
        return this.#error('thrown', payload, words[i + 1], now);
      case Kind.CAUGHT:
        return this.#caught(payload, words[i + 1], now, unsure);
      case Kind.REACHED:
        return this.#reach(payload, this.fed + i);
      case Kind.VALUE:
        return this.threadValues.value(payload, words[i + 1], words[i + 2], now);
      case Kind.TASK:
        // A task that begins is another's turn.
        if (payload !== 0) this.escapes.passed(this.fed + i, 3, true);
        return this.#task(payload, words[i + 1] >>> 0, now);
      case Kind.TIME:
        if (payload === 0) this.escapes.heard(this.fed + i, now);
        // Nobody caught an exception: it has left everything.
        if (payload === 1) {
          this.escapes.unseen(this.stack, this.fed + i, now);
          this.stack.popAbove(-1, now, unsure, Outcome.THREW);
          this.causes.forget();
        } else if (payload === STALL >>> KIND_BITS) this.#stall(stallMicros(words[i + 1]), this.fed + i);
        return;
      case Kind.LOST:
        return this.#lose(words[i + 1] >>> 0, words[i - 3] === STALL ? i - 3 : i, now);
    }
  }

  #threw(site: SiteId, at: number, now: number, unsure: number): void {
    const { orphans } = this.stack;
    this.stack.leave(site, now, unsure, Outcome.THREW);
    if (this.stack.orphans === orphans) this.escapes.left(this.stack, at, now);
  }

  #begin(site: SiteId, frame: FrameId, at: number, now: number, unsure: number): void {
    const delegating = at === this.delegatesUntil ? this.suspended.frame : 0;
    this.asyncCalls.enter(site, frame, now, unsure, delegating);
  }

  #reach(site: SiteId, at: number): void {
    const { site: last, end } = this.suspended;
    if (at === end && site === last) this.delegatesUntil = at + 1;
    else this.reached.set(site, (this.reached.get(site) ?? 0) + 1);
  }

  /** The thread waited for the recorder, which is no time and no event of the program. The word may stand between others that belong together. */
  #stall(micros: number, at: number): void {
    this.stack.stalled += micros;
    this.events--;
    this.timedEvents--;
    this.escapes.passed(at, 3, false);
    if (at === this.suspended.end) this.suspended.end += 3;
    if (at === this.delegatesUntil) this.delegatesUntil += 3;
  }

  #caught(site: SiteId, operand: number, now: number, unsure: number): void {
    const isFull = this.errorLog.fullStacks.has(operand >>> 1);
    if (isFull) this.stack.spans.fullStack(operand >>> 1);
    this.stack.unwind(this.stack.functionOf(site), now, unsure, isFull);
    this.#error('caught', site, operand, now);
  }

  #error(kind: SeenError['kind'], site: SiteId, operand: number, now: number): void {
    if ((operand & 1) === 0 || this.errorLog.matchPrimitive(kind, operand >>> 1)) return;
    const stack = this.stack;
    stack.spans.error(now);
    const task = stack.taskOnTop();
    if (task >= 0) this.threadTasks.error(task);
    const seen = { text: operand >>> 1, kind, site, caller: callerOnTop(stack) };
    this.errorLog.add(seen, now, this.threadTasks.idOf(task), () => stackLines(stack, site));
  }

  #task(what: number, id: number, now: number): void {
    const { turns, top } = this.stack;
    if (what === 0) this.causes.declared(this.threadTasks.idOf(turns.begin(id, top, now)));
    else if (what === 1) turns.end(id, now);
    else if (what === 2) this.threadTasks.done(id, now);
    else if (what === 3) this.#asks(id);
    else this.#turn(what, id);
  }

  /** A request is made. */
  #asks(id: number): void {
    const { top, ints } = this.stack;
    if (top < 0) return this.causes.asked(id);
    // It shall have a row.
    ints[top * ENTRY.STRIDE + ENTRY.FLAGS] |= FLAG.KEEP;
    return this.threadResources.asked(id, callAt(this.stack, top));
  }

  /** A turn of the event loop ended. What newer recorders say else is passed over. */
  #turn(payload: number, origin: number): void {
    const turn = turnOf(payload);
    if (turn === undefined) return;
    const { kind, byFrame, nested } = turn;
    if (!nested) this.threadPauses.turn(kind);
    const number = kind === 'microtask' ? 0 : wholeTurn(turn.number, this.causes.last);
    this.causes.turn(
      { number, kind, origin: byFrame ? origin | 0 : origin, byFrame },
      nested,
      this.stack.top >= 0,
    );
  }

  /** Words were dropped before word `i` of the batch, some time between the last anchor before it and now. */
  #lose(words: number, i: number, now: number): void {
    this.lost += words;
    const since = this.clock.timeBefore(i);
    this.threadTime.lost(since, now);
    if (this.gaps === 0) this.certainUntil = since;
    this.gaps++;
    this.afterGap.stack(EMPTY_STACK, now);
  }
}
