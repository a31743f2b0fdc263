/**
 * The call tree's present tense: follows a thread's words and knows what is on its stack, which frames (async
 * functions, generators) are open, and how many calls and events there were. Writers put it into keyframes; readers
 * may use it to start in the middle of a recording.
 *
 * A call's number is its place in the order of ENTER and FRAME_ENTER words of the thread, from 0.
 * A word that does not fit (after a loss, or when an exception passed code without probes) pops to the matching entry
 * when there is one and changes nothing otherwise.
 */
import type { ByteReader, ByteWriter } from './bytes.ts';
import { endsAlone } from './turns.ts';
import { Kind, operandsOf, type SiteId } from './words.ts';

/** Number of a call in its thread; -1 when its beginning was lost. */
export type CallNumber = number;

export interface OpenFrame {
  site: SiteId;
  call: CallNumber;
  /** The call that was on top of the stack when the frame began; -1: none. */
  parent: CallNumber;
  suspended: boolean;
}

/** Stack and frames at one moment. Arrays run from the outermost call to the innermost; frame 0 = not a frame. */
export interface StackPicture {
  sites: Int32Array;
  calls: Float64Array;
  frames: Int32Array;
}

/** Frames that never end (a promise that never settles, an abandoned generator) must not grow without end. */
export const MAX_OPEN_FRAMES = 1 << 18;

/** Beneath the outermost entry: equals no site. */
const FLOOR = 0x7fffffff;

/** Entry 1 is the outermost call, entry `depth` the innermost. */
export class CallStack {
  depth = 0;
  /** Sites of plain calls; `~site` of frames. */
  #entries = new Int32Array(256).fill(FLOOR, 0, 1);
  #calls = new Float64Array(256);
  /** Only to be trusted where the entry is that of a frame. */
  #frames = new Int32Array(256);
  readonly open = new Map<number, OpenFrame>();
  /** How often an async call came back to a stack without functions. While this and `outermost` stay as they are, it is never without. */
  returns = 0;
  /** Entries up to this one are of calls that left without a word. */
  #left = 0;
  /** Calls that are modules, of those on the stack: one that fails leaves without a word. */
  readonly #modules = new Set<CallNumber>();
  /** Calls and events (words with their operands) so far. */
  callCount = 0;
  eventCount = 0;
  wordCount = 0;

  /**
   * Follows the whole events in `words[from … to)`. Plain calls, nearly all there is, take 2 to 3 ns a word: arrays that stay the same, and small integers, keep V8's
   * loop short; its branches are easy to foresee, as programs repeat themselves (without branches it took twice as long). The loop is in no function
   * of its own: V8's middle compiler would copy that to here, where the last one gets at it late.
   */
  follow(words: Int32Array, from: number, to: number): void {
    let operands = 0;
    let at = from;
    while (at < to) {
      const before = this.callCount;
      const entries = this.#entries;
      const calls = this.#calls;
      const room = entries.length - 1;
      let begun = 0;
      let depth = this.depth | 0;
      for (; at < to; at++) {
        const word = words[at];
        const kind = word & 15;
        if (kind === Kind.ENTER && depth < room) {
          depth = (depth + 1) | 0;
          entries[depth] = word >>> 4;
          calls[depth] = before + begun;
          begun = (begun + 1) | 0;
        } else if (kind === Kind.LEAVE && entries[depth] === word >>> 4) depth = (depth - 1) | 0;
        else break;
      }
      this.depth = depth;
      this.callCount = before + begun;
      if (at === to) break;
      const kind = words[at] & 15;
      this.#seldom(kind, words[at] >>> 4, words[at + 1]);
      operands += operandsOf[kind];
      at += 1 + operandsOf[kind];
    }
    this.eventCount += to - from - operands;
    this.wordCount += to - from;
  }

  #seldom(kind: number, site: SiteId, operand: number): void {
    if (kind === Kind.ENTER) this.#push(site, this.callCount++, 0);
    else if (kind === Kind.LEAVE || kind === Kind.THROW) this.#leave(site);
    else if (kind >= Kind.FRAME_ENTER && kind <= Kind.RESUME) this.#frame(kind, site, operand);
    else if (kind === Kind.TIME && site === 0) this.#module();
    else if (kind === Kind.TASK ? endsAlone(site) : kind === Kind.TIME && site === 1) this.disown();
  }

  /** The next call is a module's. */
  #module(): void {
    if (this.depth === 0) this.#modules.clear();
    this.#modules.add(this.callCount);
  }

  /** Nobody knows of the calls on the stack whether they are still on it. */
  disown(): void {
    this.#left = this.depth;
  }

  /** The call of a function that has been on the stack for longest; -1: there is none. */
  get outermost(): CallNumber {
    const at = this.#outermostEntry;
    return at === 0 ? -1 : this.#calls[at];
  }

  /** Its function; 0: there is none. */
  get outermostSite(): SiteId {
    const at = this.#outermostEntry;
    const entry = at === 0 ? 0 : this.#entries[at];
    return entry < 0 ? ~entry : entry;
  }

  get #outermostEntry(): number {
    const { depth } = this;
    if (depth < this.#left) this.#left = depth;
    let at = this.#left + 1;
    while (at <= depth && this.#modules.has(this.#calls[at])) at++;
    return at <= depth ? at : 0;
  }

  #push(site: SiteId, call: CallNumber, frame: number): void {
    const at = ++this.depth;
    if (at === this.#entries.length) this.#grow();
    this.#entries[at] = frame === 0 ? site : ~site;
    this.#calls[at] = call;
    this.#frames[at] = frame;
  }

  #grow(): void {
    const size = this.#entries.length * 2;
    const entries = this.#entries;
    const calls = this.#calls;
    const frames = this.#frames;
    (this.#entries = new Int32Array(size)).set(entries);
    (this.#calls = new Float64Array(size)).set(calls);
    (this.#frames = new Int32Array(size)).set(frames);
  }

  #leave(site: SiteId): void {
    for (let at = this.depth; at > 0; at--) {
      if (this.#entries[at] !== site) continue;
      this.depth = at - 1;
      return;
    }
  }

  #popFrame(frame: number): void {
    for (let at = this.depth; at > 0; at--) {
      if (this.#entries[at] >= 0 || this.#frames[at] !== frame) continue;
      this.depth = at - 1;
      return;
    }
  }

  #frame(kind: number, site: SiteId, frame: number): void {
    if (kind === Kind.FRAME_ENTER) {
      const parent = this.depth > 0 ? this.#calls[this.depth] : -1;
      const call = this.callCount++;
      this.open.set(frame, { site, call, parent, suspended: false });
      if (this.open.size > MAX_OPEN_FRAMES) this.#forgetOldest();
      this.#push(site, call, frame);
      return;
    }
    const known = this.open.get(frame);
    if (kind === Kind.SUSPEND) {
      if (known !== undefined) known.suspended = true;
      this.#popFrame(frame);
    } else if (kind === Kind.RESUME) {
      if (known === undefined || !known.suspended) return;
      known.suspended = false;
      if (this.outermost === -1) this.returns++;
      this.#push(known.site, known.call, frame);
    } else {
      this.#popFrame(frame);
      this.open.delete(frame);
    }
  }

  /** Many at a time: V8 looks for the first one of a Map beyond all that was deleted there. */
  #forgetOldest(): void {
    let rest = MAX_OPEN_FRAMES / 8;
    for (const frame of this.open.keys()) {
      if (rest-- === 0) return;
      this.open.delete(frame);
    }
  }

  picture(): StackPicture {
    const { depth } = this;
    const entries = this.#entries.subarray(1, depth + 1);
    return {
      sites: entries.map((entry) => (entry < 0 ? ~entry : entry)),
      calls: this.#calls.slice(1, depth + 1),
      frames: this.#frames.slice(1, depth + 1).map((frame, at) => (entries[at] < 0 ? frame : 0)),
    };
  }

  writeStack(out: ByteWriter): void {
    const { sites, calls, frames } = this.picture();
    out.varint(sites.length);
    let site = 0;
    let call = -1;
    for (let at = 0; at < sites.length; at++) {
      const isFrame = frames[at] !== 0;
      out.signed(sites[at] - site);
      out.varint(stepCode(calls[at] - call, isFrame));
      if (isFrame) out.varint(frames[at] >>> 0);
      site = sites[at]!;
      call = calls[at]!;
    }
  }

  writeFrames(out: ByteWriter): void {
    out.varint(this.open.size);
    let last = 0;
    for (const [frame, { site, call, parent, suspended }] of this.open) {
      out.signed((frame - last) | 0);
      out.varint(site * 2 + (suspended ? 1 : 0));
      out.varint(call);
      out.varint(parent + 1);
      last = frame;
    }
  }
}

/** A step between call numbers (negative when a resumed frame sits above a younger call) and the frame bit. */
const stepCode = (step: number, isFrame: boolean): number =>
  (step >= 0 ? step * 2 : -step * 2 - 1) * 2 + (isFrame ? 1 : 0);

export function readStack(from: ByteReader): StackPicture {
  const depth = from.varint();
  if (depth > from.end - from.at) throw new RangeError('intellimap: the stack is longer than its frame');
  const sites = new Int32Array(depth);
  const calls = new Float64Array(depth);
  const frames = new Int32Array(depth);
  let site = 0;
  let call = -1;
  for (let at = 0; at < depth; at++) {
    site += from.signed();
    const code = from.varint();
    const step = Math.floor(code / 2);
    call += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    sites[at] = site;
    calls[at] = call;
    if (code % 2 === 1) frames[at] = from.varint();
  }
  return { sites, calls, frames };
}

export function readFrames(from: ByteReader): Map<number, OpenFrame> {
  const count = from.varint();
  const open = new Map<number, OpenFrame>();
  let frame = 0;
  for (let at = 0; at < count; at++) {
    frame = (frame + from.signed()) | 0;
    const code = from.varint();
    const call = from.varint();
    const parent = from.varint() - 1;
    open.set(frame, { site: Math.floor(code / 2), call, parent, suspended: code % 2 === 1 });
  }
  return open;
}
