/** Entries of a stack, in columns by depth. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import type { FunctionNo } from '../replay/program.ts';

export class Entries {
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

  protected push(site: SiteId, fn: FunctionNo, call: number, parent: number, frame: FrameId): number {
    const at = ++this.top;
    if (at === this.site.length) this.grow();
    this.site[at] = site;
    this.fn[at] = fn;
    this.call[at] = call;
    this.parent[at] = parent;
    this.frame[at] = frame;
    return at;
  }

  private grow(): void {
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
}
