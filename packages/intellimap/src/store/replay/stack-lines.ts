/** What is on the stack, as far as it was recorded: for errors and pauses. */
import type { SiteId } from '@intellimap/probe/wire';
import type { StackLine } from './errors.ts';
import type { FunctionNo } from './program.ts';
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

/** The function below the one on top that is another one, on the stack or awaiting; 0: none is known. */
export function callerOnTop({ ints, top, frames }: CallStack): FunctionNo {
  if (top < 0) return 0;
  const on = ints[top * ENTRY.STRIDE + ENTRY.FN];
  for (let depth = top - 1; depth >= 0; depth--) {
    const fn = ints[depth * ENTRY.STRIDE + ENTRY.FN];
    if (fn !== on) return fn;
  }
  const { outer, outerCall, call, fn, depth } = frames;
  let slot = ints[ENTRY.FRAME];
  for (let climbed = 0; slot >= 0 && climbed < LIMIT; climbed++) {
    const next = outer[slot];
    if (next < 0 || call[next] !== outerCall[slot] || depth[next] >= 0) break;
    if (fn[next] !== on) return fn[next];
    slot = next;
  }
  return 0;
}

/** The call at a depth of the stack. */
export function callAt(
  { ints, nums, tasks }: CallStack,
  depth: number,
): { call: number; fn: FunctionNo; task: number } {
  const at = depth * ENTRY.STRIDE;
  return { call: nums[at + ENTRY.CALL], fn: ints[at + ENTRY.FN], task: tasks.idOf(ints[at + ENTRY.TASK]) };
}
