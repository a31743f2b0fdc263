import { ValidationError } from '../../errors.mjs';
import { allCarriers } from './carriers.mjs';

/** Cardboard and filling for each parcel. */
const PACKAGING_GRAMS = 180;

export class ShippingQuotes {
  #carriers = allCarriers();
  #flags;

  constructor(flags) {
    this.#flags = flags;
  }

  /** Quotes of all carriers, the cheapest first. */
  async quoteAll(lines, country) {
    const parcel = packParcel(lines, country);
    const quotes = this.#flags.isOn('parallelQuotes')
      ? await this.#askTogether(parcel)
      : await this.#askInTurn(parcel);
    return quotes.toSorted((a, b) => a.cents - b.cents);
  }

  /** The quote of the carrier the customer wants, or the cheapest. */
  async choose(lines, country, wanted) {
    const quotes = await this.quoteAll(lines, country);
    if (wanted === undefined) return quotes[0];
    const quote = quotes.find(({ carrier }) => carrier === wanted);
    if (!quote) throw new ValidationError([{ path: 'body.carrier', message: `no carrier ${wanted}` }]);
    return quote;
  }

  #askTogether(parcel) {
    return Promise.all(this.#carriers.map((carrier) => carrier.quote(parcel)));
  }

  async #askInTurn(parcel) {
    const quotes = [];
    for (const carrier of this.#carriers) quotes.push(await carrier.quote(parcel));
    return quotes;
  }
}

function packParcel(lines, country) {
  const grams = lines.reduce(
    (sum, { weightGrams, quantity }) => sum + weightGrams * quantity,
    PACKAGING_GRAMS,
  );
  return { grams, country };
}
