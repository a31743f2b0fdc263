/**
 * How long a thread's event loop gets no turn, as its words tell it: the stack of recorded functions is not empty, and it is the same call that has
 * been on it for longest. Nothing of it runs in the program. Not seen: turns without recorded functions, the body of a module by itself, many
 * short turns or microtasks in a row. Pure.
 */
import type { CallStack } from '../wire/stack.ts';

type Micros = number;

export class HeldLoop {
  /** Since when it is held at least (null: seen once, that look may have come late), and how long that was up to the last look; 0: it is not. */
  #since: Micros | null = null;
  #lasted: Micros = 0;
  #longest: Micros = 0;
  #call = -1;
  #returns = 0;

  /**
   * To be called often. Both times make what is told the least that it can be.
   * @param now read before the words were looked at that the stack comes from. On a busy machine the look may have come long after it, and the
   *   call have begun in between: it is held since the `now` of the next look, before which this one was over.
   * @param until all words before that are in it
   */
  see({ outermost, returns }: Pick<CallStack, 'outermost' | 'returns'>, now: Micros, until: Micros): void {
    if (outermost !== this.#call || returns !== this.#returns) {
      this.#call = outermost;
      this.#returns = returns;
      this.#since = null;
      this.#lasted = 0;
    } else if (this.#since === null) {
      this.#since = now;
    } else if (outermost !== -1 && until > this.#since) {
      this.#lasted = until - this.#since;
      if (this.#lasted > this.#longest) this.#longest = this.#lasted;
    }
  }

  get lasts(): Micros {
    return this.#lasted;
  }

  /** The longest time since this was asked the last time; one that goes on counts from its beginning. */
  takeLongest(): Micros {
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }
}
