/** Calls that begin, end, wait and come back: the rules of `replay/stack.ts` and `replay/async-calls.ts`. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import type { FunctionNo, ProcessSites } from '../replay/program.ts';
import { Entries } from './entries.ts';
import { Event, type Listener, type OpenCall } from './events.ts';
import type { FrameTimes } from './times.ts';

const NO_TIMES = { of: () => NaN };

export class CallEntries extends Entries {
  /** By frame: async calls that have not ended. */
  readonly open = new Map<FrameId, OpenCall>();
  /** Those of `open`, or just ended, of which something changed since it was emptied. */
  touched: OpenCall[] = [];
  /** Functions of which calls began since `seenAs` was set to another number than any before; and who was seen as what. */
  readonly saw: FunctionNo[] = [];
  seenAs = 0;
  listener: Listener | undefined;
  /** The listener has enough. */
  isDone = false;
  protected readonly seenIn: Int32Array;
  protected times: Pick<FrameTimes, 'of'> = NO_TIMES;
  protected readonly sites: ProcessSites;

  constructor(sites: ProcessSites) {
    super();
    this.sites = sites;
    this.seenIn = new Int32Array(sites.isModule.length).fill(-1);
  }

  functionOf(site: SiteId): FunctionNo {
    const { functionOf } = this.sites;
    return site < functionOf.length ? functionOf[site] : 0;
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

  protected begin(site: SiteId, call: number, word: number): void {
    const parent = this.top >= 0 ? this.call[this.top] : NaN;
    const at = this.push(site, this.functionOf(site), call, parent, 0);
    this.beganAt[at] = word;
    this.passed[at] = 0;
    if (this.seenIn[this.fn[at]] !== this.seenAs) this.sawCall(this.fn[at]);
    if (this.listener !== undefined) this.tell(Event.BEGIN, call, this.fn[at], word, parent);
  }

  protected leave(site: SiteId, word: number, event: Event): void {
    let depth = this.top;
    if (depth >= 0 && (this.site[depth] !== site || this.frame[depth] !== 0)) {
      while (depth >= 0 && (this.site[depth] !== site || this.frame[depth] !== 0)) depth--;
      if (depth >= 0) this.popAbove(depth, word, Event.GONE);
    }
    if (depth < 0) return;
    this.top = depth - 1;
    this.left(depth, event);
    if (this.listener !== undefined) this.tell(event, this.call[depth], this.fn[depth], word);
  }

  /** What lay at a depth has left the stack: for who tells of that. `GONE` of an async call: it has not failed. */
  protected left(_depth: number, _event: Event): void {}

  /** An async call failed that did not come back for it. */
  protected failedAsleep(_open: OpenCall): void {}

  protected popAbove(depth: number, word: number, event: Event): void {
    while (this.top > depth) {
      const { top } = this;
      const open = this.frame[top] === 0 ? undefined : this.open.get(this.frame[top]);
      if (open !== undefined) this.takeOff(open, word);
      else {
        this.top--;
        this.left(top, event);
        this.tell(event, this.call[top], this.fn[top], word);
      }
    }
  }

  /** See `CallStack.unwind`. */
  protected unwind(caughtBy: FunctionNo, word: number, isFull = false): void {
    const { endsUnseen } = this.sites;
    let depth = this.top;
    for (; depth >= 0; depth--) {
      const fn = this.fn[depth];
      if (fn === caughtBy || this.frame[depth] !== 0 || !(isFull || endsUnseen[fn] === 1)) break;
    }
    if (caughtBy !== 0 && (depth < 0 || this.fn[depth] !== caughtBy)) return;
    this.popAbove(depth, word, Event.THROW);
  }

  /** The async call on top gives up the stack. */
  protected takeOff(open: OpenCall, word: number, event: Event = Event.GONE): void {
    open.passed = this.passed[this.top--];
    this.left(this.top + 1, event);
    open.depth = -1;
    open.suspendedAt = this.times.of(word);
    this.touch(open);
    const { host } = open;
    open.host = undefined;
    if (host !== undefined && this.top >= 0 && this.frame[this.top] === host.id) this.takeOff(host, word);
  }

  protected comesBack(open: OpenCall): void {
    const at = this.push(open.site, open.fn, open.call, open.parent, open.id);
    this.began[at] = open.began;
    this.beganAt[at] = -1;
    this.passed[at] = open.passed;
    open.depth = at;
    this.touch(open);
  }

  protected add(
    id: FrameId,
    site: SiteId,
    fn: FunctionNo,
    call: number,
    parent: number,
    began: number,
  ): OpenCall {
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
    this.touch(open);
    return open;
  }

  protected openOnTop(id: FrameId, word: number): OpenCall {
    const { top } = this;
    const open = this.add(
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

  protected end(open: OpenCall, word: number, event: Event): void {
    if (open.depth >= 0) {
      this.popAbove(open.depth, word, Event.GONE);
      if (open.depth >= 0) this.takeOff(open, word, event);
    } else if (event === Event.THROW) this.failedAsleep(open);
    this.open.delete(open.id);
    this.touch(open);
    this.tell(event, open.call, open.fn, word);
  }

  protected touch(open: OpenCall): void {
    if (open.isTouched) return;
    open.isTouched = true;
    this.touched.push(open);
  }

  protected tell(event: Event, call: number, fn: FunctionNo, word: number, parent = NaN): void {
    if (this.listener?.(event, call, fn, word, parent) === true) this.isDone = true;
  }

  protected sawCall(fn: FunctionNo): void {
    this.seenIn[fn] = this.seenAs;
    this.saw.push(fn);
  }
}
