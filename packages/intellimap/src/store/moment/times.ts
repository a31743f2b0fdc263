/** When each word of one frame happened: the same numbers that the replay has. */
import { lowest } from '../../base/search.ts';
import type { Windows } from '../replay/clock.ts';

export class FrameTimes {
  private readonly windows: Windows;
  private readonly startedMicros: number;

  /** @param windows of `Clock`, which are valid until its next batch @param startedMicros of the run */
  constructor(windows: Windows, startedMicros = 0) {
    this.windows = windows;
    this.startedMicros = startedMicros;
  }

  /** µs since the run began, as rows have it: whoever adds the beginning to that may be off by a hair. */
  sinceStart(word: number): number {
    return this.of(word) - this.startedMicros;
  }

  /** µs of the machine's clock. */
  of(word: number): number {
    const { at, time } = this.windows;
    const k = this.#window(word);
    const slope = (time[k + 1] - time[k]) / (at[k + 1] - at[k]);
    return time[k] + (word - at[k]) * slope;
  }

  /** µs by which that may be wrong, of a word without a time of its own. */
  unsureAt(word: number): number {
    return this.windows.unsure[this.#window(word)];
  }

  #window(word: number): number {
    const { at, count } = this.windows;
    return Math.max(
      0,
      lowest(Math.max(0, count - 2), (n) => at[n + 1] > word),
    );
  }
}
