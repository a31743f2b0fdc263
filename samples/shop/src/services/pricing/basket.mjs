import { sumCents } from '../../lib/money.mjs';

/** The lines of a cart while its price is worked out: discounts take off, never below zero. */
export class Basket {
  #lines;
  #subtotalCents;
  #takenOffCents = 0;

  constructor(lines) {
    this.#lines = lines;
    this.#subtotalCents = sumCents(lines, Basket.lineCents);
  }

  static lineCents({ unitCents, quantity }) {
    return unitCents * quantity;
  }

  get lines() {
    return this.#lines;
  }

  get subtotalCents() {
    return this.#subtotalCents;
  }

  get remainingCents() {
    return this.#subtotalCents - this.#takenOffCents;
  }

  takeOff(cents) {
    this.#takenOffCents += cents;
  }
}
