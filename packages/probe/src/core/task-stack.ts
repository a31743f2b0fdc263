/**
 * Who is on a thread's stack, and whether it is kept: what begins above a call goes as that call does, a frame that comes back as it began. A word
 * that does not fit pops to the matching entry when there is one, as in `CallStack`.
 */
import { Kind, type FrameId, type SiteId } from '../wire/words.ts';

/** What becomes of a word, a call, a turn, a task. */
export const Fate = { LEFT_OUT: 0, KEPT: 1, UNDECIDED: 2 } as const;
export type Fate = (typeof Fate)[keyof typeof Fate];

/** In the place of a frame's site: equals no site. */
const FRAME = -1;
/** Calls that nobody saw end, beneath turns that have ended; more are forgotten. */
const MAX_ABANDONED = 4096;

export class TaskStack {
  #depth = 0;
  /** Entries up to here are of turns that have ended: they may still tell of their end (after `process.emit('exit')`), and call nobody. */
  #floor = 0;
  /** Entry 1 is the outermost. */
  #sites = new Int32Array(256);
  #frames = new Int32Array(256);
  #fates = new Uint8Array(256);

  /** No call of the turn that goes on. */
  get isEmpty(): boolean {
    return this.#depth === this.#floor;
  }

  /** Of the innermost call; not to be asked when empty. */
  get fate(): Fate {
    return this.#fates[this.#depth] as Fate;
  }

  /** Of the outermost call of the turn; not to be asked when empty. */
  get outermost(): Fate {
    return this.#fates[this.#floor + 1] as Fate;
  }

  /**
   * Follows plain calls in `words[from … to)`, nearly all there is, as long as all of them go as the innermost one did; returns where something
   * else comes. Not to be asked when empty.
   */
  follow(words: Int32Array, from: number, to: number): number {
    const sites = this.#sites;
    const fates = this.#fates;
    const floor = this.#floor;
    const room = sites.length - 1;
    let depth = this.#depth;
    const fate = fates[depth];
    let at = from;
    while (at < to && depth > floor && fates[depth] === fate) {
      const word = words[at];
      const kind = word & 15;
      if (kind === Kind.ENTER && depth < room) {
        sites[++depth] = word >>> 4;
        fates[depth] = fate;
      } else if (kind === Kind.LEAVE && sites[depth] === word >>> 4) depth--;
      else break;
      at++;
    }
    this.#depth = depth;
    return at;
  }

  push(site: SiteId, fate: Fate): void {
    this.#push(site, 0, fate);
  }

  pushFrame(frame: FrameId, fate: Fate): void {
    this.#push(FRAME, frame | 0, fate);
  }

  #push(site: number, frame: number, fate: Fate): void {
    const at = ++this.#depth;
    if (at === this.#sites.length) this.#grow();
    this.#sites[at] = site;
    this.#frames[at] = frame;
    this.#fates[at] = fate;
  }

  #grow(): void {
    const size = this.#sites.length * 2;
    const { sites, frames, fates } = { sites: this.#sites, frames: this.#frames, fates: this.#fates };
    (this.#sites = new Int32Array(size)).set(sites);
    (this.#frames = new Int32Array(size)).set(frames);
    (this.#fates = new Uint8Array(size)).set(fates);
  }

  /** A plain call ends. Undefined: it is not there. */
  leave(site: SiteId): Fate | undefined {
    for (let at = this.#depth; at > 0; at--) if (this.#sites[at] === site) return this.#popTo(at);
    return undefined;
  }

  /** A frame ends, or gives up the stack. */
  leaveFrame(frame: FrameId): void {
    const wanted = frame | 0;
    for (let at = this.#depth; at > 0; at--)
      if (this.#sites[at] === FRAME && this.#frames[at] === wanted) return void this.#popTo(at);
    return undefined;
  }

  #popTo(at: number): Fate {
    this.#depth = at - 1;
    if (this.#floor > this.#depth) this.#floor = this.#depth;
    return this.#fates[at] as Fate;
  }

  /** All that waited for a decision: nothing of turns that have ended does. */
  decide(fate: Fate): void {
    for (let at = this.#floor + 1; at <= this.#depth; at++)
      if (this.#fates[at] === Fate.UNDECIDED) this.#fates[at] = fate;
  }

  /** The turn has ended: what seems to be on the stack calls nobody any more. */
  endTurn(): void {
    if (this.#depth > MAX_ABANDONED) this.clear();
    this.#floor = this.#depth;
  }

  clear(): void {
    this.#depth = this.#floor = 0;
  }
}
