/** What is written again and again is numbered: `profile-000001.cpuprofile`. And when it is. Pure. */

type Micros = number;

export const partName = (name: string, part: number, extension: string): string =>
  `${name}-${`${part}`.padStart(6, '0')}.${extension}`;

/** The first part is written after so long, later ones after twice as long as the one before, up to the longest. */
const FIRST_MICROS = 1_000_000;
const LONGEST_MICROS = 10_000_000;
/** Writing may take this part of the time: the event loop stands still meanwhile. */
const SHARE = 0.01;

/** When the next part is due. */
export class Parts {
  #pause = FIRST_MICROS;
  #due: Micros;

  constructor(now: Micros) {
    this.#due = now + FIRST_MICROS;
  }

  isDue(now: Micros): boolean {
    return now >= this.#due;
  }

  /** @param took what it took the program's thread, µs */
  written(now: Micros, took: number): void {
    this.#pause = Math.min(2 * this.#pause, LONGEST_MICROS);
    this.#due = now + Math.max(this.#pause, took / SHARE);
  }
}
