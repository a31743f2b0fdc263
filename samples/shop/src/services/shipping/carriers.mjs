// The carriers. Each quote is a call to another company, simulated by a short wait.

import { setTimeout as pause } from 'node:timers/promises';

class Carrier {
  #name;
  #latencyMs;

  constructor(name, latencyMs) {
    this.#name = name;
    this.#latencyMs = latencyMs;
  }

  async quote(parcel) {
    await pause(this.#latencyMs);
    return { carrier: this.#name, cents: this.priceFor(parcel), days: this.daysTo(parcel.country) };
  }

  /** Cents for a parcel; each carrier has its own tariff. */
  priceFor() {
    throw new TypeError(`${this.#name} has no tariff`);
  }

  daysTo(country) {
    return country === 'US' ? 9 : 3;
  }
}

/** Price steps by weight, the same to every country but one. */
class Post extends Carrier {
  static #STEPS = [
    { upToGrams: 1_000, cents: 495 },
    { upToGrams: 5_000, cents: 695 },
    { upToGrams: 31_500, cents: 1_650 },
  ];

  constructor() {
    super('post', 12);
  }

  priceFor({ grams, country }) {
    const step = Post.#STEPS.find(({ upToGrams }) => grams <= upToGrams) ?? Post.#STEPS.at(-1);
    return country === 'US' ? step.cents * 3 : step.cents;
  }
}

/** A base price by zone and a price per started kilogram. */
class Courier extends Carrier {
  static #ZONE_CENTS = { DE: 690, NL: 790, FR: 890, GB: 1_290, US: 3_900 };

  constructor() {
    super('courier', 22);
  }

  priceFor({ grams, country }) {
    return Courier.#ZONE_CENTS[country] + Math.ceil(grams / 1_000) * 110;
  }

  daysTo(country) {
    return Math.ceil(super.daysTo(country) / 3);
  }
}

/** One price for what fits into a box at the station. */
class Locker extends Carrier {
  static #BOX_GRAMS = 8_000;

  constructor() {
    super('locker', 16);
  }

  priceFor({ grams }) {
    return Math.ceil(grams / Locker.#BOX_GRAMS) * 399;
  }
}

export function allCarriers() {
  return [new Post(), new Courier(), new Locker()];
}
