/** Notes go to disk or over the wire: what texts they hold is shown as it may be. Whoever makes a note need not think of it, and may. */
import type { Note } from '../wire/segment.ts';
import { indexOf, lastIndexOf, slice } from './intrinsics.ts';
import type { Redaction } from './redact.ts';

// Taken now: programs may replace them later.
const { keys } = Object;

/** Stacks are long. */
const MAX_TEXT = 1 << 16;
/** Notes are flat, or nearly. */
const MAX_DEPTH = 4;

/** Changes the note. */
export function redactNote(note: Note, { shown }: Redaction): Note {
  redactIn(note, note.t, 0, shown);
  return note;
}

type Texts = Record<string, unknown>;

function redactIn(texts: Texts, where: string, depth: number, shown: Redaction['shown']): void {
  const names = keys(texts);
  for (let at = 0; at < names.length; at++) {
    const value = texts[names[at]];
    if (typeof value === 'string')
      texts[names[at]] =
        names[at] === 'stack' ? shownStack(value, where, shown) : shown(value, where, MAX_TEXT);
    // Lists of numbers may be long.
    else if (
      typeof value === 'object' &&
      value !== null &&
      depth < MAX_DEPTH &&
      typeof (value as Texts)[0] !== 'number'
    )
      redactIn(value as Texts, where, depth + 1, shown);
  }
}

const FRAME = '\n    at ';

/**
 * Frames name files of the program, by which errors get their place: folders with made-up names are no secrets there. They are the last lines; what stands
 * above them may say anything.
 */
function shownStack(stack: string, where: string, shown: Redaction['shown']): string {
  let frames = stack.length;
  for (;;) {
    const at = lastIndexOf(slice(stack, 0, frames), '\n');
    if (at < 0 || slice(stack, at, at + FRAME.length) !== FRAME) break;
    frames = at;
  }
  return shown(slice(stack, 0, frames), where, MAX_TEXT) + slice(stack, frames, MAX_TEXT);
}

/** Of a command line: `--token x`, `--token=x`, and whatever looks like a secret. */
export function redactArguments(
  words: readonly string[],
  { isSecretName, shown, token }: Redaction,
): string[] {
  const all: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const before = at > 0 ? words[at - 1] : '';
    const isValue =
      before[0] === '-' && words[at][0] !== '-' && indexOf(before, '=') < 0 && isSecretName(before);
    all[at] = isValue ? token('secret', words[at], 'argv') : shown(words[at], 'argv', MAX_TEXT);
  }
  return all;
}

/** Tells what was redacted, if that was more than the last time. */
export function createTally(redaction: Redaction, tell: (note: Note) => void): () => void {
  let told = 0;
  return () => {
    if (redaction.total === told) return;
    told = redaction.total;
    tell({ t: 'redacted', counts: redaction.counts });
  };
}
