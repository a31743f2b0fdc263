/**
 * A leaf of the time index, read again: its words are followed once more, and every span that begins and ends in it is told, in buckets as narrow as they are asked for.
 * Some ms, whatever the length of the recording.
 */
import { join } from 'node:path';
import { decodeEvents } from '@intellimap/probe/wire';
import { buildProgram, ProcessMaps } from '../program-sites.ts';
import { FrameReader, type WordsPlace } from '../read-frame.ts';
import { Clock } from '../replay/clock.ts';
import type { Lines } from '../replay/time/buckets.ts';
import type { LeafStart } from '../replay/time/leaf.ts';
import { readRunFolder, type RunFolder } from '../run-folder.ts';
import { LeafLines } from './leaf-lines.ts';
import { LeafStack } from './leaf-stack.ts';

/** Reads leaves of one run. Site tables are read once. */
export class LeafReader {
  readonly #folder: RunFolder;
  readonly #maps: ProcessMaps;
  readonly #lines: LeafLines;

  /** @throws Fault when the recording is no longer there */
  constructor(root: string, run: string) {
    this.#folder = readRunFolder(join(root, '.intellimap', 'runs', run));
    this.#maps = new ProcessMaps(buildProgram(this.#folder), this.#folder);
    this.#lines = new LeafLines(this.#folder.run.startedMicros);
  }

  /**
   * Lines of all depths, in buckets of `2 ** shift` µs; behind them, in row `DEEP_OF_LEAF`, failures as in that of a stretch of the index.
   * @throws Error when the recording is no longer there, or is damaged
   */
  lines(pid: number, start: LeafStart, frames: readonly WordsPlace[], shift: number): Lines {
    this.#lines.begin(shift);
    const stack = new LeafStack(this.#maps.of(pid), this.#lines, start.known.fullStacks);
    const clock = new Clock();
    clock.last = start.clock;
    const reader = new FrameReader(this.#folder.folder);
    let isBegun = false;
    try {
      for (const place of frames) {
        const frame = reader.read(place);
        if (!isBegun) stack.startAt(start, frame.stack);
        isBegun = true;
        const samples = { position: frame.sampleAt, time: frame.sampleMicros };
        decodeEvents(frame, (all, count) => {
          const words = all.subarray(0, count);
          stack.follow(words, clock.windows(words, samples));
        });
      }
    } finally {
      reader.close();
    }
    return this.#lines.lines(start.nextCall);
  }
}
