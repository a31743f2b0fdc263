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
import type { ProcessSites } from '../replay/program.ts';
import { CallEntries } from './calls.ts';
import { Event, type OpenCall } from './events.ts';
import type { FrameTimes } from './times.ts';

export class MomentStack extends CallEntries {
  nextCall = 0;
  /** First sightings. */
  errors = 0;
  /** The last SUSPEND, and the word behind it; see `replay/thread.ts`. */
  readonly suspended = { site: 0, frame: 0, end: -1 };
  delegatesUntil = -1;
  lostCalls = 0;
  private readonly fullStacks: ReadonlySet<number>;

  /** @param fullStacks texts of errors that say that the stack is full: in whole they are known when all was read */
  constructor(sites: ProcessSites, fullStacks: ReadonlySet<number>) {
    super(sites);
    this.fullStacks = fullStacks;
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
      if (kind === Kind.ENTER) this.begin(word >>> 4, this.nextCall++, i++);
      else if (kind === Kind.LEAVE) this.leave(word >>> 4, i++, Event.RETURN);
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
        if (seenIn[number] !== this.seenAs) this.sawCall(number);
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
    this.popAbove(common - 1, 0, Event.GONE);
    for (let k = common; k < sites.length; k++) this.#restore(sites[k], calls[k], frames[k] | 0);
    this.settle();
  }

  #restore(site: SiteId, call: number, id: FrameId): void {
    const known = id === 0 ? undefined : this.open.get(id);
    if (known !== undefined && known.depth < 0) return this.#resume(known, 0);
    this.begin(site, call >= 0 ? call : --this.lostCalls, 0);
    if (id !== 0) this.openOnTop(id, 0);
  }

  /** As `ThreadReplay.knownFrames`. */
  knownFrames(known: ReadonlyMap<FrameId, KnownFrame>, now: number): void {
    this.times = { of: () => now };
    for (const [id, call] of this.open) if (!known.has(id) && call.depth < 0) this.end(call, 0, Event.GONE);
    for (const [id, each] of known) {
      if (!each.suspended || this.open.has(id | 0)) continue;
      const call = each.call >= 0 ? each.call : --this.lostCalls;
      const parent = each.parent >= 0 ? each.parent : NaN;
      this.add(id | 0, each.site, this.functionOf(each.site), call, parent, now);
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
    const at = this.push(site, this.functionOf(site), call, parent, id);
    this.began[at] = began;
    this.beganAt[at] = -1;
    this.passed[at] = passed;
    if (id === 0) return;
    const open = this.add(id, site, this.fn[at], call, parent, began);
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
    const open = this.add(id, site, this.functionOf(site), call, parent, began);
    open.passed = passed;
    open.suspendedAt = since;
  }

  #enterFrame(site: SiteId, id: FrameId, word: number): void {
    const before = this.open.get(id);
    if (before !== undefined) this.end(before, word, Event.GONE);
    const isGenerator = this.sites.isGenerator[this.functionOf(site)] === 1;
    const host =
      isGenerator && word === this.delegatesUntil ? this.open.get(this.suspended.frame) : undefined;
    const isBack = host !== undefined && host.depth < 0;
    if (isBack) this.comesBack(host);
    this.begin(site, this.nextCall++, word);
    const open = this.openOnTop(id, word);
    if (isBack) open.host = host;
  }

  #suspend(site: SiteId, id: FrameId, word: number): void {
    Object.assign(this.suspended, { site, frame: id, end: word + 3 });
    const open = this.open.get(id);
    if (open === undefined || open.depth < 0) return;
    this.popAbove(open.depth, word, Event.GONE);
    if (open.depth >= 0) this.takeOff(open, word);
    open.passed = site;
    this.tell(Event.SUSPEND, open.call, open.fn, word);
  }

  #resume(open: OpenCall, word: number): void {
    if (open.depth >= 0) return;
    if (this.sites.resumesAlone[open.fn] === 1) this.unwind(0, word);
    this.comesBack(open);
    this.tell(Event.RESUME, open.call, open.fn, word);
  }

  #rare(kind: number, payload: number, words: Int32Array, i: number): void {
    const operand = words[i + 1];
    switch (kind) {
      case Kind.THROW:
        return this.leave(payload, i, Event.THROW);
      case Kind.FRAME_ENTER:
        return this.#enterFrame(payload, operand, i);
      case Kind.FRAME_LEAVE:
      case Kind.FRAME_THROW: {
        const open = this.open.get(operand);
        return open && this.end(open, i, kind === Kind.FRAME_LEAVE ? Event.RETURN : Event.THROW);
      }
      case Kind.SUSPEND:
        return this.#suspend(payload, operand, i);
      case Kind.RESUME: {
        const open = this.open.get(operand);
        return open && this.#resume(open, i);
      }
      case Kind.CAUGHT:
        this.unwind(this.functionOf(payload), i, this.fullStacks.has(operand >>> 1));
        return this.#error(payload, operand, i);
      case Kind.THROWN:
        return this.#error(payload, operand, i);
      case Kind.REACHED:
        if (i === this.suspended.end && payload === this.suspended.site) this.delegatesUntil = i + 1;
        return;
      case Kind.VALUE:
        return this.#value(payload, operand & (2 ** ROLE_BITS - 1), i);
      case Kind.TIME:
        if (payload === 1) this.popAbove(-1, i, Event.THROW);
        else if (payload === STALL >>> KIND_BITS) this.#stall(i);
        return;
      case Kind.LOST:
        this.popAbove(-1, i, Event.GONE);
    }
  }

  #error(site: SiteId, operand: number, word: number): void {
    this.#pass(site);
    const isFirst = (operand & 1) === 1;
    if (isFirst) this.errors++;
    const { top } = this;
    this.tell(
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
    this.tell(Event.STATE, this.call[depth], fn, word);
  }

  /** What belongs together may have it in between. */
  #stall(word: number): void {
    if (word === this.suspended.end) this.suspended.end += 3;
    if (word === this.delegatesUntil) this.delegatesUntil += 3;
  }
}
