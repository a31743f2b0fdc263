/**
 * A leaf of the time index, read again: its words are followed once more, and every span that begins and ends in it is told, in buckets as narrow as they are asked for.
 * Some ms, whatever the length of the recording.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvents, type EventsFrame, readSegment } from '@intellimap/probe/wire';
import type { RowOf } from '../../schema/index.ts';
import { buildProgram, ProcessMaps } from '../program-sites.ts';
import { Clock } from '../replay/clock.ts';
import type { Lines } from '../replay/time/buckets.ts';
import type { LeafStart } from '../replay/time/leaf.ts';
import { readRunFolder, type RunFolder } from '../run-folder.ts';
import { LeafLines } from './leaf-lines.ts';
import { LeafStack } from './leaf-stack.ts';

/** Where words are: columns of `frames`. */
export type WordsPlace = Pick<RowOf<'frames'>, 'segment' | 'at_byte' | 'bytes'>;

/** Reads leaves of one run. Site tables are read once. */
export class LeafReader {
  readonly #folder: RunFolder;
  readonly #maps: ProcessMaps;
  readonly #lines: LeafLines;

  /** @throws Fault when the recording is no longer there */
  constructor(root: string, run: string) {
    this.#folder = readRunFolder(join(root, '.intellimap', 'runs', run));
    this.#maps = new ProcessMaps(buildProgram(this.#folder.tables), this.#folder);
    this.#lines = new LeafLines(this.#folder.run.startedMicros);
  }

  /**
   * Lines of all depths, in buckets of `2 ** shift` µs; behind them, in row `DEEP_OF_LEAF`, failures as in that of a stretch of the index.
   * @throws Error when the recording is no longer there, or is damaged
   */
  lines(pid: number, start: LeafStart, frames: readonly WordsPlace[], shift: number): Lines {
    this.#lines.begin(shift);
    const stack = new LeafStack(this.#maps.of(pid), this.#lines);
    const clock = new Clock();
    clock.last = start.clock;
    const read = reading(this.#folder.folder);
    let isBegun = false;
    try {
      for (const place of frames) {
        const frame = read.frame(place);
        if (!isBegun) stack.startAt(start, frame.stack);
        isBegun = true;
        const samples = { position: frame.sampleAt, time: frame.sampleMicros };
        decodeEvents(frame, (all, count) => {
          const words = all.subarray(0, count);
          stack.follow(words, clock.windows(words, samples));
        });
      }
    } finally {
      read.close();
    }
    return this.#lines.lines(start.nextCall);
  }
}

/** Frames of one thread; a segment stays open until the next one. */
function reading(folder: string) {
  let open = { segment: '', file: -1 };
  const close = () => {
    if (open.file >= 0) closeSync(open.file);
    open = { segment: '', file: -1 };
  };
  const frame = ({ segment, at_byte, bytes }: WordsPlace): EventsFrame => {
    if (open.segment !== segment) {
      close();
      open = { segment, file: openSync(join(folder, segment), 'r') };
    }
    const buffer = new Uint8Array(bytes);
    readSync(open.file, buffer, 0, bytes, at_byte);
    const [part] = readSegment(buffer);
    if (part?.type !== 'events') throw new Error(`${segment}: no events at byte ${at_byte}`);
    return part.frame;
  };
  return { frame, close };
}
