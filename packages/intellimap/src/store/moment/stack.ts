/**
 * Who is on a thread's stack, and who waits, as its words go by: what `replay/` knows of calls without sums, tasks and rows, so that all of a recording is gone through in
 * a fraction of the time, and what is known at one place can be written down in little room.
 *
 * It takes words as `replay/thread.ts`, `stack.ts`, `async-calls.ts` and `after-gap.ts` do; a test plays random programs with both.
 */
import {
  type FrameId,
  Kind,
  KIND_BITS,
  operandsOf,
  Role,
  ROLE_BITS,
  type SiteId,
  STALL,
} from '@intellimap/probe/wire';
import type { KnownFrame, KnownStack } from '../replay/after-gap.ts';
import type { FunctionNo, ProcessSites } from '../replay/program.ts';
import type { FrameTimes } from './times.ts';

/** What an event is. `GONE`: a call is no longer on the stack, and did not tell when it ended. */
export const Event = {
  BEGIN: 0,
  RETURN: 1,
  THROW: 2,
  SUSPEND: 3,
  RESUME: 4,
  /** An error is seen for the first time. */
  ERROR: 5,
  STATE: 6,
  /** An error that was seen before is thrown on, or caught. */
  SEEN_AGAIN: 7,
  GONE: 8,
} as const;
export type Event = (typeof Event)[keyof typeof Event];

/** Told of each event after it was taken; `parent` (NaN: none) is told of those that begin. True: that is enough. */
export type Listener = (event: Event, call: number, fn: FunctionNo, word: number, parent: number) => boolean;

/** An async call or generator that has not ended. */
export interface OpenCall {
  id: FrameId;
  site: SiteId;
  fn: FunctionNo;
  call: number;
  /** NaN: none */
  parent: number;
  /** µs of the machine's clock. */
  began: number;
  /** Depth on the stack; -1 while it waits. */
  depth: number;
  /** Site that it last passed; 0: none. */
  passed: SiteId;
  suspendedAt: number;
  /** See `Frames.host`. */
  host: OpenCall | undefined;
  /** For who writes down what is known: its row there, -1: none; whether it is in `touched`. */
  row: number;
  isTouched: boolean;
}

const NO_TIMES = { of: () => NaN };

export class MomentStack {
  /** Depth of the call on top; -1: none. Columns by depth. */
  top = -1;
  site = new Int32Array(256);
  fn = new Int32Array(256);
  call = new Float64Array(256);
  parent = new Float64Array(256);
  /** Of an async call, its frame; 0: a plain one. */
  frame = new Int32Array(256);
  passed = new Int32Array(256);
  /** When it began: at this word of the frame that is played, or (-1) at that time. */
  beganAt = new Int32Array(256);
  began = new Float64Array(256);

  nextCall = 0;
  /** First sightings. */
  errors = 0;
  /** By frame: async calls that have not ended. */
  readonly open = new Map<FrameId, OpenCall>();
  /** Those of `open`, or just ended, of which something changed since it was emptied. */
  touched: OpenCall[] = [];
  /** The last SUSPEND, and the word behind it; see `replay/thread.ts`. */
  readonly suspended = { site: 0, frame: 0, end: -1 };
  delegatesUntil = -1;
  lostCalls = 0;
  /** Functions of which calls began since `seenAs` was set to another number than any before; and who was seen as what. */
  readonly saw: FunctionNo[] = [];
  seenAs = 0;
  private readonly seenIn: Int32Array;
  listener: Listener | undefined;
  /** The listener has enough. */
  isDone = false;

  private times: Pick<FrameTimes, 'of'> = NO_TIMES;
  private readonly sites: ProcessSites;

  constructor(sites: ProcessSites) {
    this.sites = sites;
    this.seenIn = new Int32Array(sites.isModule.length).fill(-1);
  }

  functionOf(site: SiteId): FunctionNo {
    const { functionOf } = this.sites;
    return site < functionOf.length ? functionOf[site] : 0;
  }

  /** Takes the events that begin in `words[from … to)`, of one frame. @returns the word to go on with: less than `to` where the listener had enough */
  feed(words: Int32Array, from: number, to: number, times: Pick<FrameTimes, 'of'>): number {
    this.times = times;
    this.isDone = false;
    let i = from;
    while (i < to && !this.isDone) {
      if (this.listener === undefined) i = this.#plain(words, i, to);
      if (i === to) break;
      const word = words[i];
      const kind = word & 15;
      if (kind === Kind.ENTER) this.#begin(word >>> 4, this.nextCall++, i++);
      else if (kind === Kind.LEAVE) this.#leave(word >>> 4, i++, Event.RETURN);
      else {
        this.#rare(kind, word >>> 4, words, i);
        i += 1 + operandsOf[kind];
      }
    }
    return i;
  }

  /** Plain calls that come and go, nearly all there is: arrays that stay the same keep V8's loop short. @returns the first word that is something else */
  #plain(words: Int32Array, from: number, to: number): number {
    const { site, fn, call, parent, frame, passed, beganAt, seenIn } = this;
    const { functionOf } = this.sites;
    const room = site.length - 1;
    let { top, nextCall } = this;
    let i = from;
    for (; i < to; i++) {
      const word = words[i];
      const kind = word & 15;
      const of = word >>> 4;
      if (kind === Kind.ENTER && top < room) {
        const number = of < functionOf.length ? functionOf[of] : 0;
        if (seenIn[number] !== this.seenAs) this.#saw(number);
        top++;
        site[top] = of;
        fn[top] = number;
        call[top] = nextCall++;
        parent[top] = top > 0 ? call[top - 1] : NaN;
        frame[top] = 0;
        passed[top] = 0;
        beganAt[top] = i;
      } else if (kind === Kind.LEAVE && top >= 0 && site[top] === of && frame[top] === 0) top--;
      else break;
    }
    this.top = top;
    this.nextCall = nextCall;
    return i;
  }

  #saw(fn: FunctionNo): void {
    this.seenIn[fn] = this.seenAs;
    this.saw.push(fn);
  }

  /** Times instead of words: before anything else is read. */
  settle(): void {
    for (let depth = this.top; depth >= 0; depth--) {
      const at = this.beganAt[depth];
      if (at < 0) continue;
      this.began[depth] = this.times.of(at);
      this.beganAt[depth] = -1;
    }
  }

  /** A frame of so many words is over, and another begins with word 0. */
  nextFrame(words: number): void {
    this.suspended.end = Math.max(-1, this.suspended.end - words);
    this.delegatesUntil = Math.max(-1, this.delegatesUntil - words);
  }

  /** As `ThreadReplay.gap`. @param now µs of the machine's clock */
  gap({ sites, calls, frames }: KnownStack, nextCall: number, now: number): void {
    this.delegatesUntil = this.suspended.end = -1;
    this.nextCall = Math.max(this.nextCall, nextCall);
    this.times = { of: () => now };
    let common = 0;
    while (
      common <= this.top &&
      common < sites.length &&
      calls[common] >= 0 &&
      this.call[common] === calls[common]
    )
      common++;
    this.#popAbove(common - 1, 0, Event.GONE);
    for (let k = common; k < sites.length; k++) this.#restore(sites[k], calls[k], frames[k] | 0);
    this.settle();
  }

  #restore(site: SiteId, call: number, id: FrameId): void {
    const known = id === 0 ? undefined : this.open.get(id);
    if (known !== undefined && known.depth < 0) return this.#resume(known, 0);
    this.#begin(site, call >= 0 ? call : --this.lostCalls, 0);
    if (id !== 0) this.#openOnTop(id, 0);
  }

  /** As `ThreadReplay.knownFrames`. */
  knownFrames(known: ReadonlyMap<FrameId, KnownFrame>, now: number): void {
    this.times = { of: () => now };
    for (const [id, call] of this.open) if (!known.has(id) && call.depth < 0) this.#end(call, 0, Event.GONE);
    for (const [id, each] of known) {
      if (!each.suspended || this.open.has(id | 0)) continue;
      const call = each.call >= 0 ? each.call : --this.lostCalls;
      const parent = each.parent >= 0 ? each.parent : NaN;
      this.#add(id | 0, each.site, this.functionOf(each.site), call, parent, now);
    }
  }

  /** Puts a call on top that was there when something was written down. */
  put(
    site: SiteId,
    call: number,
    parent: number,
    began: number,
    passed: SiteId,
    id: FrameId,
    host: FrameId,
  ): void {
    const at = this.#push(site, this.functionOf(site), call, parent, id);
    this.began[at] = began;
    this.beganAt[at] = -1;
    this.passed[at] = passed;
    if (id === 0) return;
    const open = this.#add(id, site, this.fn[at], call, parent, began);
    open.depth = at;
    open.passed = passed;
    open.host = this.open.get(host);
  }

  /** The same of one that waits. */
  putWaiting(
    id: FrameId,
    site: SiteId,
    call: number,
    parent: number,
    began: number,
    passed: SiteId,
    since: number,
  ): void {
    const open = this.#add(id, site, this.functionOf(site), call, parent, began);
    open.passed = passed;
    open.suspendedAt = since;
  }

  #add(id: FrameId, site: SiteId, fn: FunctionNo, call: number, parent: number, began: number): OpenCall {
    const open: OpenCall = {
      id,
      site,
      fn,
      call,
      parent,
      began,
      depth: -1,
      passed: 0,
      suspendedAt: began,
      host: undefined,
      row: -1,
      isTouched: false,
    };
    this.open.set(id, open);
    this.#touch(open);
    return open;
  }

  #touch(open: OpenCall): void {
    if (open.isTouched) return;
    open.isTouched = true;
    this.touched.push(open);
  }

  #tell(event: Event, call: number, fn: FunctionNo, word: number, parent = NaN): void {
    if (this.listener?.(event, call, fn, word, parent) === true) this.isDone = true;
  }

  #begin(site: SiteId, call: number, word: number): void {
    const parent = this.top >= 0 ? this.call[this.top] : NaN;
    const at = this.#push(site, this.functionOf(site), call, parent, 0);
    this.beganAt[at] = word;
    this.passed[at] = 0;
    if (this.seenIn[this.fn[at]] !== this.seenAs) this.#saw(this.fn[at]);
    if (this.listener !== undefined) this.#tell(Event.BEGIN, call, this.fn[at], word, parent);
  }

  #push(site: SiteId, fn: FunctionNo, call: number, parent: number, frame: FrameId): number {
    const at = ++this.top;
    if (at === this.site.length) this.#grow();
    this.site[at] = site;
    this.fn[at] = fn;
    this.call[at] = call;
    this.parent[at] = parent;
    this.frame[at] = frame;
    return at;
  }

  #grow(): void {
    const ints = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(from.length * 2);
      larger.set(from);
      return larger;
    };
    const doubles = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(from.length * 2);
      larger.set(from);
      return larger;
    };
    this.site = ints(this.site);
    this.fn = ints(this.fn);
    this.frame = ints(this.frame);
    this.passed = ints(this.passed);
    this.beganAt = ints(this.beganAt);
    this.call = doubles(this.call);
    this.parent = doubles(this.parent);
    this.began = doubles(this.began);
  }

  #leave(site: SiteId, word: number, event: Event): void {
    let depth = this.top;
    if (depth >= 0 && (this.site[depth] !== site || this.frame[depth] !== 0)) {
      while (depth >= 0 && (this.site[depth] !== site || this.frame[depth] !== 0)) depth--;
      if (depth >= 0) this.#popAbove(depth, word, Event.GONE);
    }
    if (depth < 0) return;
    this.top = depth - 1;
    if (this.listener !== undefined) this.#tell(event, this.call[depth], this.fn[depth], word);
  }

  #popAbove(depth: number, word: number, event: Event): void {
    while (this.top > depth) {
      const { top } = this;
      const open = this.frame[top] === 0 ? undefined : this.open.get(this.frame[top]);
      if (open !== undefined) this.#takeOff(open, word);
      else {
        this.top--;
        this.#tell(event, this.call[top], this.fn[top], word);
      }
    }
  }

  /** See `CallStack.unwind`. */
  #unwind(caughtBy: FunctionNo, word: number): void {
    const { endsUnseen } = this.sites;
    let depth = this.top;
    for (; depth >= 0; depth--) {
      const fn = this.fn[depth];
      if (fn === caughtBy || this.frame[depth] !== 0 || endsUnseen[fn] !== 1) break;
    }
    if (caughtBy !== 0 && (depth < 0 || this.fn[depth] !== caughtBy)) return;
    this.#popAbove(depth, word, Event.THROW);
  }

  /** The async call on top gives up the stack. */
  #takeOff(open: OpenCall, word: number): void {
    open.passed = this.passed[this.top--];
    open.depth = -1;
    open.suspendedAt = this.times.of(word);
    this.#touch(open);
    const { host } = open;
    open.host = undefined;
    if (host !== undefined && this.top >= 0 && this.frame[this.top] === host.id) this.#takeOff(host, word);
  }

  #comesBack(open: OpenCall): void {
    const at = this.#push(open.site, open.fn, open.call, open.parent, open.id);
    this.began[at] = open.began;
    this.beganAt[at] = -1;
    this.passed[at] = open.passed;
    open.depth = at;
    this.#touch(open);
  }

  #openOnTop(id: FrameId, word: number): OpenCall {
    const { top } = this;
    const open = this.#add(
      id,
      this.site[top],
      this.fn[top],
      this.call[top],
      this.parent[top],
      this.times.of(word),
    );
    open.depth = top;
    this.frame[top] = id;
    return open;
  }

  #enterFrame(site: SiteId, id: FrameId, word: number): void {
    const before = this.open.get(id);
    if (before !== undefined) this.#end(before, word, Event.GONE);
    const isGenerator = this.sites.isGenerator[this.functionOf(site)] === 1;
    const host =
      isGenerator && word === this.delegatesUntil ? this.open.get(this.suspended.frame) : undefined;
    const isBack = host !== undefined && host.depth < 0;
    if (isBack) this.#comesBack(host);
    this.#begin(site, this.nextCall++, word);
    const open = this.#openOnTop(id, word);
    if (isBack) open.host = host;
  }

  #suspend(site: SiteId, id: FrameId, word: number): void {
    Object.assign(this.suspended, { site, frame: id, end: word + 3 });
    const open = this.open.get(id);
    if (open === undefined || open.depth < 0) return;
    this.#popAbove(open.depth, word, Event.GONE);
    if (open.depth >= 0) this.#takeOff(open, word);
    open.passed = site;
    this.#tell(Event.SUSPEND, open.call, open.fn, word);
  }

  #resume(open: OpenCall, word: number): void {
    if (open.depth >= 0) return;
    if (this.sites.resumesAlone[open.fn] === 1) this.#unwind(0, word);
    this.#comesBack(open);
    this.#tell(Event.RESUME, open.call, open.fn, word);
  }

  #end(open: OpenCall, word: number, event: Event): void {
    if (open.depth >= 0) {
      this.#popAbove(open.depth, word, Event.GONE);
      if (open.depth >= 0) this.#takeOff(open, word);
    }
    this.open.delete(open.id);
    this.#touch(open);
    this.#tell(event, open.call, open.fn, word);
  }

  #rare(kind: number, payload: number, words: Int32Array, i: number): void {
    const operand = words[i + 1];
    switch (kind) {
      case Kind.THROW:
        return this.#leave(payload, i, Event.THROW);
      case Kind.FRAME_ENTER:
        return this.#enterFrame(payload, operand, i);
      case Kind.FRAME_LEAVE:
      case Kind.FRAME_THROW: {
        const open = this.open.get(operand);
        return open && this.#end(open, i, kind === Kind.FRAME_LEAVE ? Event.RETURN : Event.THROW);
      }
      case Kind.SUSPEND:
        return this.#suspend(payload, operand, i);
      case Kind.RESUME: {
        const open = this.open.get(operand);
        return open && this.#resume(open, i);
      }
      case Kind.CAUGHT:
        this.#unwind(this.functionOf(payload), i);
        return this.#error(payload, operand, i);
      case Kind.THROWN:
        return this.#error(payload, operand, i);
      case Kind.REACHED:
        if (i === this.suspended.end && payload === this.suspended.site) this.delegatesUntil = i + 1;
        return;
      case Kind.VALUE:
        return this.#value(payload, operand & (2 ** ROLE_BITS - 1), i);
      case Kind.TIME:
        if (payload === 1) this.#popAbove(-1, i, Event.THROW);
        else if (payload === STALL >>> KIND_BITS) this.#stall(i);
        return;
      case Kind.LOST:
        this.#popAbove(-1, i, Event.GONE);
    }
  }

  #error(site: SiteId, operand: number, word: number): void {
    this.#pass(site);
    const isFirst = (operand & 1) === 1;
    if (isFirst) this.errors++;
    const { top } = this;
    this.#tell(
      isFirst ? Event.ERROR : Event.SEEN_AGAIN,
      top < 0 ? NaN : this.call[top],
      top < 0 ? 0 : this.fn[top],
      word,
    );
  }

  /** The call on top has come to this site, if that is one of its function. */
  #pass(site: SiteId): void {
    if (this.top >= 0 && this.functionOf(site) === this.fn[this.top]) this.passed[this.top] = site;
  }

  #value(site: SiteId, role: number, word: number): void {
    if (role !== Role.PROPERTY && role !== Role.VARIABLE) return;
    const fn = this.functionOf(site);
    let depth = this.top;
    while (depth >= 0 && this.fn[depth] !== fn) depth--;
    if (fn === 0 || depth < 0) return;
    this.passed[depth] = site;
    this.#tell(Event.STATE, this.call[depth], fn, word);
  }

  /** What belongs together may have it in between. */
  #stall(word: number): void {
    if (word === this.suspended.end) this.suspended.end += 3;
    if (word === this.delegatesUntil) this.delegatesUntil += 3;
  }
}
