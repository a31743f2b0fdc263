// Feature flags. Each has a default here and can be switched with SHOP_FLAG_<NAME>=1 or =0.

const DEFAULTS = {
  /** Tier discounts for silver and gold customers. */
  loyaltyPricing: true,
  /** "You may also like" lists. */
  recommendations: true,
  /** Paper and ribbon as an extra line on the bill. Waiting for the supplier. */
  giftWrapping: false,
  /** Ask all carriers at once instead of one after the other. */
  parallelQuotes: false,
  /** Load the items of all past orders with one statement instead of one per order. */
  batchedHistory: false,
  /** Compute word distances with a table instead of plain recursion. */
  memoisedRanking: false,
};

export class FeatureFlags {
  #values;

  constructor(overrides = {}) {
    this.#values = { ...DEFAULTS, ...overrides };
  }

  static get names() {
    return Object.keys(DEFAULTS);
  }

  static fromEnv(env) {
    const overrides = {};
    for (const name of FeatureFlags.names) {
      const text = env[FeatureFlags.#variableFor(name)];
      if (text !== undefined) overrides[name] = text === '1' || text === 'true';
    }
    return new FeatureFlags(overrides);
  }

  /** giftWrapping → SHOP_FLAG_GIFT_WRAPPING */
  static #variableFor(name) {
    return `SHOP_FLAG_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
  }

  /** Throws on an unknown name: a misspelt flag must not read as "off". */
  isOn(name) {
    if (!(name in DEFAULTS)) throw new TypeError(`unknown feature flag "${name}"`);
    return this.#values[name];
  }
}
