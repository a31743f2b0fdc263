/** Entries of a stack, in columns by depth. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import { doubled } from '../replay/doubled.ts';
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
    this.site = doubled(this.site);
    this.fn = doubled(this.fn);
    this.frame = doubled(this.frame);
    this.passed = doubled(this.passed);
    this.beganAt = doubled(this.beganAt);
    this.call = doubled(this.call);
    this.parent = doubled(this.parent);
    this.began = doubled(this.began);
  }
}
