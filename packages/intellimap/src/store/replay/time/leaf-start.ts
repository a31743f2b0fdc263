/** Where a leaf of the time index begins: what who reads it by itself must know of the stack, and what is marked there. */
import type { KnownStack } from '../after-gap.ts';
import { type CallStack, ENTRY, FLAG } from '../stack.ts';
import type { KnownSpans } from './leaf.ts';

/** @param told the stack as the first frame of words has it: where it is right, it is not written down again */
export function beginOf(stack: CallStack, told: KnownStack): KnownSpans {
  const isKnown = isSame(stack, told);
  const hosted = hostedSlots(stack);
  if (isKnown && hosted.length === 0) return { stack: null, hosts: [], frames: [], fullStacks: [] };
  const ids = new Map([...stack.frames.slots].map(([id, slot]) => [slot, id]));
  const idOf = (slot: number): number => ids.get(slot) ?? 0;
  return {
    stack: isKnown ? null : stackNow(stack, idOf),
    hosts: hosted.map((slot) => [idOf(slot), idOf(stack.frames.host[slot])]),
    frames: [],
    fullStacks: [],
  };
}

/** All that lies on the stack is of an earlier leaf from now on. */
export function crossAll({ ints, top }: CallStack): void {
  for (let depth = 0; depth <= top; depth++) ints[depth * ENTRY.STRIDE + ENTRY.FLAGS] |= FLAG.CROSSES;
}

function isSame({ ints, top }: CallStack, { sites, frames }: KnownStack): boolean {
  if (sites.length !== top + 1) return false;
  for (let depth = 0; depth <= top; depth++) {
    const at = depth * ENTRY.STRIDE;
    if (ints[at + ENTRY.SITE] !== sites[depth]) return false;
    if (ints[at + ENTRY.FRAME] >= 0 !== (frames[depth] !== 0)) return false;
  }
  return true;
}

function hostedSlots({ ints, top, frames }: CallStack): number[] {
  const found = [];
  for (let depth = 0; depth <= top; depth++) {
    const slot = ints[depth * ENTRY.STRIDE + ENTRY.FRAME];
    if (slot >= 0 && frames.host[slot] >= 0) found.push(slot);
  }
  return found;
}

function stackNow({ ints, nums, top }: CallStack, idOf: (slot: number) => number): KnownSpans['stack'] {
  const entries = Array.from({ length: top + 1 }, (_, depth) => depth * ENTRY.STRIDE);
  const slots = entries.map((at) => ints[at + ENTRY.FRAME]);
  return {
    sites: entries.map((at) => ints[at + ENTRY.SITE]),
    calls: entries.map((at) => nums[at + ENTRY.CALL]),
    frames: slots.map((slot) => (slot < 0 ? 0 : idOf(slot))),
  };
}
