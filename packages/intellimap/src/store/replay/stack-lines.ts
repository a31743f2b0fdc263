/** The stack of an error, as far as it was recorded. */
import type { SiteId } from '@intellimap/probe/wire';
import type { StackLine } from './errors.ts';
import { type CallStack, ENTRY } from './stack.ts';

/** Lines of a reconstructed stack. */
const LIMIT = 50;

/**
 * The recorded calls on the stack, innermost first, then the frames that await the outermost one. `site` tells the line of the
 * innermost.
 */
export function stackLines({ ints, top, frames }: CallStack, site: SiteId): StackLine[] {
  const lines: StackLine[] = [];
  for (let depth = top; depth >= 0 && lines.length < LIMIT; depth--) {
    const at = depth * ENTRY.STRIDE;
    lines.push({
      fn: ints[at + ENTRY.FN],
      site: depth === top ? site : ints[at + ENTRY.SITE],
      awaiting: false,
    });
  }
  const { outer, outerCall, call, fn, waitsAt, depth } = frames;
  let slot = top >= 0 ? ints[ENTRY.FRAME] : -1;
  while (slot >= 0 && lines.length < LIMIT) {
    const next = outer[slot];
    // Its slot may belong to another call by now, or it runs and awaits nothing.
    if (next < 0 || call[next] !== outerCall[slot] || depth[next] >= 0) break;
    lines.push({ fn: fn[next], site: waitsAt[next], awaiting: true });
    slot = next;
  }
  return lines;
}
