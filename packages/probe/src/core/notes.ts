/** Notes through shared memory: a thread that makes thousands a second posts no message for each, and what it said is there when it is killed. */
import { Control, type Ring } from '../wire/ring.ts';
import { charCodeAt } from './intrinsics.ts';

// Taken now: programs delete globals.
const { load, store } = Atomics;
const NEWLINE = 10;
const HEX = '0123456789abcdef';
/** Bytes of a character that is not ASCII. */
const ESCAPED = 6;

/**
 * Writes notes, each a JSON text without line ends, in which only strings hold other characters than ASCII. Where there is no room for one, it is
 * counted as lost.
 */
export function createNotes({ control, notes }: Ring): (json: string) => void {
  if (notes === undefined) return () => {};
  const mask = notes.length - 1;
  return (json) => {
    const end = control[Control.NOTES_END];
    const used = (end - load(control, Control.NOTES_READ)) | 0;
    if (used + json.length * ESCAPED >= notes.length && used + lengthOf(json) >= notes.length) {
      control[Control.NOTES_LOST] += 1;
      return;
    }
    let to = end;
    for (let at = 0; at < json.length; at++) {
      const code = charCodeAt(json, at);
      if (code < 127) notes[to++ & mask] = code;
      else to = escape(notes, to, mask, code);
    }
    notes[to++ & mask] = NEWLINE;
    store(control, Control.NOTES_END, to | 0);
  };
}

function lengthOf(json: string): number {
  let length = 1;
  for (let at = 0; at < json.length; at++) length += charCodeAt(json, at) < 127 ? 1 : ESCAPED;
  return length;
}

/** `\uXXXX` */
function escape(notes: Uint8Array, from: number, mask: number, code: number): number {
  let to = from;
  notes[to++ & mask] = 92;
  notes[to++ & mask] = 117;
  for (let shift = 12; shift >= 0; shift -= 4) notes[to++ & mask] = charCodeAt(HEX, (code >>> shift) & 15);
  return to;
}
