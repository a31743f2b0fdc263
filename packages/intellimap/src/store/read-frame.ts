/** Frames of words, read by themselves from where they lie in a recording: what each takes does not depend on how long that is. I/O. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type EventsFrame, readSegment } from '@intellimap/probe/wire';
import type { RowOf } from '../schema/index.ts';

/** Where words are: columns of `frames`. */
export type WordsPlace = Pick<RowOf<'frames'>, 'segment' | 'at_byte' | 'bytes'>;

/** Of one run; a segment stays open until another one is read, or `close`. */
export class FrameReader {
  readonly #folder: string;
  #open = { segment: '', file: -1 };

  /** @param folder of the run */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when the recording is no longer there, or is damaged */
  read({ segment, at_byte, bytes }: WordsPlace): EventsFrame {
    if (this.#open.segment !== segment) {
      this.close();
      this.#open = { segment, file: openSync(join(this.#folder, segment), 'r') };
    }
    const buffer = new Uint8Array(bytes);
    readSync(this.#open.file, buffer, 0, bytes, at_byte);
    const [part] = readSegment(buffer);
    if (part?.type !== 'events')
      throw new Error(`${segment}: no events at byte ${at_byte}, the recording is not what it was`);
    return part.frame;
  }

  close(): void {
    if (this.#open.file >= 0) closeSync(this.#open.file);
    this.#open = { segment: '', file: -1 };
  }
}

/** One frame, as `FrameReader.read`. */
export function readFrame(folder: string, place: WordsPlace): EventsFrame {
  const reader = new FrameReader(folder);
  try {
    return reader.read(place);
  } finally {
    reader.close();
  }
}
