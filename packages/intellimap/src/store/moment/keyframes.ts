/**
 * What is known where each frame of a thread begins, so that any frame can be played by itself: who is on the stack, who waits, how many calls and errors there were.
 *
 * Stacks change little from frame to frame: of most only what lies above the common part is written down, of one in some all. Who waits is told as rows that are true from one
 * frame to another (`from` ≤ frame < `until`); a list of those that are true is kept again and again, as often as so many rows were added. So both grow with what
 * happens, not with how deep stacks are or how many wait.
 */
import { lowest } from '../../base/search.ts';
import type { FunctionNo } from '../replay/program.ts';
import { Doubles, Ints } from './growing.ts';
import type { OpenCall } from './events.ts';
import type { MomentStack } from './stack.ts';

/** How often all is written down: of stacks one in so many, of those that wait when so many rows were added, or as many as there were. */
const WHOLE = { stacks: 64, rows: 256 };
const NEVER = 0x7fffffff;

/** Entries of stacks, or calls that wait. */
class Calls {
  readonly site = new Ints();
  readonly call = new Doubles();
  readonly parent = new Doubles();
  readonly began = new Doubles();
  readonly passed = new Ints();
  /** 0: a plain call. */
  readonly frame = new Ints();
}

class Stacks extends Calls {
  readonly host = new Ints();
}

class Waiting extends Calls {
  readonly since = new Doubles();
  readonly from = new Ints();
  readonly until = new Ints();
}

/** Frames of one thread, in order. All times are µs of the machine's clock. */
export class Keyframes {
  /** Last known time before each frame, and at the end of the last one; NaN: none is known. */
  readonly from = new Doubles();
  /** Of `Clock`: what it was. */
  readonly nextCall = new Doubles();
  /** First sightings of errors before each frame. */
  readonly errors = new Doubles();
  /** 1: something is missing before it. */
  readonly afterGap = new Ints();
  /** Where the functions begin that are called in each frame: a list of them, or (negative) from there on a bit for each that there is. */
  private readonly functionsAt = new Ints();
  private readonly functions = new Ints();
  private readonly stacks = new Stacks();
  /** Of each frame: entries that are as in the one before; where the others begin; depth. */
  private readonly common = new Ints();
  private readonly stackAt = new Ints();
  private readonly depths = new Ints();
  private readonly waiting = new Waiting();
  /** Rows of `waiting` that are true: now, and lists of before. */
  private readonly alive = new Set<number>();
  private readonly lists: { frame: number; rows: Int32Array; next: number }[] = [];
  private readonly suspended = new Ints();
  private readonly functionCount: number;
  /** The stack of the frame before, as far as it is compared. */
  private last: { call: number; passed: number; frame: number; host: number }[] = [];

  private readonly whole: typeof WHOLE;

  /** @param functions how many there are */
  constructor(functions: number, whole: typeof WHOLE = WHOLE) {
    this.whole = whole;
    this.functionCount = functions;
  }

  get count(): number {
    return this.depths.size;
  }

  /** No more words of the frame come. @param called functions of which calls began in it, each once */
  end(called: readonly FunctionNo[]): void {
    const words = (this.functionCount + 32) >>> 5;
    const { functions } = this;
    if (called.length <= words) {
      this.functionsAt.push(functions.size);
      for (const fn of called) functions.push(fn);
      return;
    }
    this.functionsAt.push(~functions.size);
    const bits = new Int32Array(words);
    for (const fn of called) bits[fn >>> 5] |= 1 << (fn & 31);
    for (const each of bits) functions.push(each);
  }

  /** The next frame begins. @param from last known time */
  begin(stack: MomentStack, from: number, isAfterGap: boolean): void {
    stack.settle();
    const frame = this.count;
    this.from.push(from);
    this.nextCall.push(stack.nextCall);
    this.errors.push(stack.errors);
    this.afterGap.push(isAfterGap ? 1 : 0);
    const { suspended, delegatesUntil } = stack;
    for (const each of [suspended.site, suspended.frame, suspended.end, delegatesUntil])
      this.suspended.push(each);
    this.#stack(stack, frame);
    for (const open of stack.touched) this.#changed(stack, open, frame);
    stack.touched.length = 0;
    this.#list(frame);
  }

  /** No more frames come. */
  finish(): void {
    this.alive.clear();
    this.last.length = 0;
    for (const owner of [this, this.stacks, this.waiting])
      for (const each of Object.values(owner))
        if (each instanceof Ints || each instanceof Doubles) each.trim();
  }

  #stack(stack: MomentStack, frame: number): void {
    const { last, stacks } = this;
    const depth = stack.top + 1;
    const hostOf = (at: number): number =>
      stack.frame[at] === 0 ? 0 : (stack.open.get(stack.frame[at])?.host?.id ?? 0);
    let common = 0;
    if (frame % this.whole.stacks !== 0)
      while (common < depth && common < last.length) {
        const { call, passed, frame: id, host } = last[common];
        if (
          stack.call[common] !== call ||
          stack.passed[common] !== passed ||
          stack.frame[common] !== id ||
          hostOf(common) !== host
        )
          break;
        common++;
      }
    this.common.push(common);
    this.stackAt.push(stacks.site.size);
    this.depths.push(depth);
    last.length = common;
    for (let at = common; at < depth; at++) {
      const host = hostOf(at);
      stacks.site.push(stack.site[at]);
      stacks.call.push(stack.call[at]);
      stacks.parent.push(stack.parent[at]);
      stacks.began.push(stack.began[at]);
      stacks.passed.push(stack.passed[at]);
      stacks.frame.push(stack.frame[at]);
      stacks.host.push(host);
      last.push({ call: stack.call[at], passed: stack.passed[at], frame: stack.frame[at], host });
    }
  }

  #changed(stack: MomentStack, open: OpenCall, frame: number): void {
    open.isTouched = false;
    const { waiting } = this;
    if (open.row >= 0) {
      waiting.until.data[open.row] = frame;
      this.alive.delete(open.row);
      open.row = -1;
    }
    if (open.depth >= 0 || stack.open.get(open.id) !== open) return;
    open.row = waiting.site.size;
    this.alive.add(open.row);
    waiting.site.push(open.site);
    waiting.call.push(open.call);
    waiting.parent.push(open.parent);
    waiting.began.push(open.began);
    waiting.passed.push(open.passed);
    waiting.frame.push(open.id);
    waiting.since.push(open.suspendedAt);
    waiting.from.push(frame);
    waiting.until.push(NEVER);
  }

  #list(frame: number): void {
    const next = this.waiting.site.size;
    const before = this.lists.at(-1);
    if (before !== undefined && next - before.next <= Math.max(this.whole.rows, before.rows.length)) return;
    this.lists.push({ frame, rows: Int32Array.from(this.alive), next });
  }

  /** Makes a stack what it was when the frame began. @param wanted of those that wait, only these frames are put; undefined: all */
  restore(stack: MomentStack, frame: number, wanted?: ReadonlySet<number>): void {
    stack.nextCall = this.nextCall.data[frame];
    stack.errors = this.errors.data[frame];
    this.eachWaiting(frame, (row) => {
      const { site, call, parent, began, passed, frame: id, since } = this.waiting;
      if (wanted !== undefined && !wanted.has(id.data[row])) return;
      stack.putWaiting(
        id.data[row],
        site.data[row],
        call.data[row],
        parent.data[row],
        began.data[row],
        passed.data[row],
        since.data[row],
      );
    });
    const [site, id, end, delegatesUntil] = this.suspended.data.subarray(4 * frame, 4 * frame + 4);
    Object.assign(stack.suspended, { site, frame: id, end });
    stack.delegatesUntil = delegatesUntil;
    const { stacks } = this;
    for (const at of this.#entriesOf(frame))
      stack.put(
        stacks.site.data[at],
        stacks.call.data[at],
        stacks.parent.data[at],
        stacks.began.data[at],
        stacks.passed.data[at],
        stacks.frame.data[at],
        stacks.host.data[at],
      );
    stack.touched.length = 0;
  }

  /** Places of the entries of a frame's stack, outermost first. */
  #entriesOf(frame: number): Int32Array {
    const depth = this.depths.data[frame];
    const entries = new Int32Array(depth);
    for (let at = frame, left = depth; left > 0; at--) {
      const common = this.common.data[at];
      for (let entry = common; entry < left; entry++) entries[entry] = this.stackAt.data[at] + entry - common;
      left = Math.min(left, common);
    }
    return entries;
  }

  /** Rows of those that wait when a frame begins. */
  eachWaiting(frame: number, tell: (row: number) => void): void {
    const { from, until } = this.waiting;
    const list = this.lists[lowest(this.lists.length, (n) => this.lists[n].frame > frame) - 1];
    if (list === undefined) return;
    for (const row of list.rows) if (until.data[row] > frame) tell(row);
    for (let row = list.next; row < from.size && from.data[row] <= frame; row++)
      if (until.data[row] > frame) tell(row);
  }

  /** Whether a call of one of these sites is on the stack, or waits, when the frame begins. */
  hasSite(frame: number, isWanted: (site: number) => boolean): boolean {
    for (const at of this.#entriesOf(frame)) if (isWanted(this.stacks.site.data[at])) return true;
    let has = false;
    this.eachWaiting(frame, (row) => (has ||= isWanted(this.waiting.site.data[row])));
    return has;
  }

  /** Whether a function is called in a frame. */
  calls(frame: number, fn: FunctionNo): boolean {
    const { functions, functionsAt } = this;
    const from = functionsAt.data[frame];
    if (from < 0) return ((functions.data[~from + (fn >>> 5)] >>> (fn & 31)) & 1) === 1;
    const next = frame + 1 < functionsAt.size ? functionsAt.data[frame + 1] : functions.size;
    return functions.data.subarray(from, next < 0 ? ~next : next).includes(fn);
  }

  /** Errors first seen in a frame. */
  errorsIn(frame: number, all: number): number {
    return (frame + 1 < this.count ? this.errors.data[frame + 1] : all) - this.errors.data[frame];
  }
}
