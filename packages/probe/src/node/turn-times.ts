/**
 * Whether a thread tells times often enough by itself. A word has no time of its own: it lies between what looks of the reader found, and between the ends of turns,
 * which have one. Where turns are short, looks add nothing, and each takes the program's caches as well as its own time. Pure.
 */
type Micros = number;

/** Times are a ms apart at most, about: what looks would give. */
export const MAX_APART_MICROS = 1000;
/** Long enough for turns that come in bursts. */
const WINDOW_MICROS = 16_000;
/** A turn that has lasted for so long is looked at. */
const LONG_MICROS = 4000;

export class TurnTimes {
  /** The last window says so, and no turn lasts. */
  isOften = false;
  #turns = 0;
  #endedAt: Micros = 0;
  #windowTurns = 0;
  /** µs of looks at which the thread had moved. */
  #windowMoved: Micros = 0;
  #before: Micros = 0;

  /** @param turns so far */
  look(now: Micros, moved: boolean, turns: number): void {
    if (turns !== this.#turns) this.#endedAt = now;
    this.#windowTurns += turns - this.#turns;
    this.#turns = turns;
    if (moved) this.#windowMoved += now - this.#before;
    this.#before = now;
    if (moved && now - this.#endedAt >= LONG_MICROS) this.#begin(false);
    else if (this.#windowMoved >= WINDOW_MICROS)
      this.#begin(this.#windowTurns * MAX_APART_MICROS >= this.#windowMoved);
  }

  #begin(isOften: boolean): void {
    this.isOften = isOften;
    this.#windowTurns = 0;
    this.#windowMoved = 0;
  }
}
