/**
 * The stack of a leaf that is read again: every span that begins and ends in it goes into buckets as soon as it ends. It takes words as `MomentStack` does, and with them as
 * the replay does that made the index; of sums, tasks and rows it knows nothing, so a word costs it a few ns.
 */
import { type FrameId, Kind, operandsOf, type SiteId } from '@intellimap/probe/wire';
import { Event, type OpenCall } from '../moment/events.ts';
import { MomentStack } from '../moment/stack.ts';
import type { KnownStack } from '../replay/after-gap.ts';
import type { Windows } from '../replay/clock.ts';
import { doubled } from '../replay/doubled.ts';
import type { FunctionNo, ProcessSites } from '../replay/program.ts';
import type { LeafStart } from '../replay/time/leaf.ts';
import { SPAN, TOLD } from '../replay/time/span-flag.ts';
import type { LeafLines } from './leaf-lines.ts';

export class LeafStack extends MomentStack {
  /** By depth: when it came onto the stack, and bits of `SPAN`. */
  private on = new Float64Array(this.site.length);
  private flags = new Uint8Array(this.site.length);
  private now = NaN;
  private readonly clock = { of: () => this.now };
  private readonly lines: LeafLines;

  constructor(sites: ProcessSites, lines: LeafLines, fullStacks: readonly number[]) {
    super(sites, new Set(fullStacks));
    this.lines = lines;
  }

  /** As it was where the leaf began. @param told the stack as its first frame of words has it */
  startAt({ clock, nextCall, known: { stack, hosts, frames } }: LeafStart, told: KnownStack): void {
    this.gap(stack ?? told, 0, clock);
    this.nextCall = nextCall;
    const { top, open } = this;
    for (const { id, site, call } of frames) {
      const each = open.get(id) ?? this.add(id, site, this.functionOf(site), call, NaN, clock);
      // Numbers of calls whose beginning was lost would be given anew.
      each.call = call;
      if (each.depth >= 0) this.call[each.depth] = call;
    }
    for (const [id, host] of hosts) open.get(id)!.host = open.get(host);
    this.flags.fill(SPAN.CROSSES, 0, top + 1);
  }

  /** Follows the words of a frame, in the windows that the clock has for them. */
  follow(words: Int32Array, { at, time, count }: Windows): void {
    let i = 0;
    for (let window = 0; window + 1 < count; window++) {
      const [from, to] = [at[window], at[window + 1]];
      if (to > i)
        i = this.#through(words, i, to, from, time[window], (time[window + 1] - time[window]) / (to - from));
    }
    this.nextFrame(words.length);
  }

  /** Words from `i` to the end of their window. @returns the first one behind it */
  #through(words: Int32Array, i: number, end: number, from: number, base: number, slope: number): number {
    for (let next = i; ;) {
      next = this.#calls(words, next, end, from, base, slope);
      if (next >= end) return next;
      this.now = base + (next - from) * slope;
      next = this.feed(words, next, next + 1 + operandsOf[words[next] & 15], this.clock);
    }
  }

  /** Plain calls that come and go, nearly all there is. @returns the first word that is something else */
  #calls(words: Int32Array, first: number, end: number, from: number, base: number, slope: number): number {
    const { site, fn, call, frame, on, flags, lines } = this;
    const { quick, counts } = lines;
    const { functionOf } = this.sites;
    const room = site.length - 1;
    let { top, nextCall } = this;
    let i = first;
    for (; i < end; i++) {
      const word = words[i];
      const kind = word & 15;
      const of = word >>> 4;
      if (kind === Kind.ENTER && top < room) {
        top++;
        site[top] = of;
        fn[top] = of < functionOf.length ? functionOf[of] : 0;
        call[top] = nextCall++;
        frame[top] = 0;
        on[top] = base + (i - from) * slope;
        flags[top] = 0;
      } else if (kind === Kind.LEAVE && top >= 0 && site[top] === of && frame[top] === 0) {
        const now = base + (i - from) * slope;
        const start = on[top];
        if (top < TOLD && flags[top] === 0 && start < quick[2 * top] && now - start <= quick[2 * top + 1])
          counts[top]++;
        else lines.add(top, start, now, fn[top], call[top], flags[top]);
        top--;
      } else break;
    }
    this.top = top;
    this.nextCall = nextCall;
    return i;
  }

  protected override push(
    site: SiteId,
    fn: FunctionNo,
    call: number,
    parent: number,
    frame: FrameId,
  ): number {
    const at = super.push(site, fn, call, parent, frame);
    if (at === this.on.length) {
      this.on = doubled(this.on);
      this.flags = doubled(this.flags);
    }
    this.on[at] = this.now;
    this.flags[at] = 0;
    return at;
  }

  protected override comesBack(open: OpenCall): void {
    super.comesBack(open);
    this.flags[this.top] = SPAN.RESUMED;
  }

  protected override left(depth: number, event: Event): void {
    const bits = (this.frame[depth] === 0 ? 0 : SPAN.ASYNC) | (event === Event.THROW ? SPAN.FAILED : 0);
    const { on, fn, call, flags } = this;
    this.lines.add(depth, on[depth], this.now, fn[depth], call[depth], flags[depth] | bits);
  }

  /** A moment on top of what is on the stack. */
  protected override failedAsleep({ fn, call }: OpenCall): void {
    const { ASYNC, RESUMED, FAILED } = SPAN;
    this.lines.add(this.top + 1, this.now, this.now, fn, call, ASYNC | RESUMED | FAILED);
  }
}
