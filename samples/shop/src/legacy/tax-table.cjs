'use strict';

// The tax table of the old shop, kept as it is: the accountants sign off this very file.
// Rates in tenths of a percent, since 5.5 % must be exact.

const STANDARD = { DE: 190, FR: 200, NL: 210, GB: 200, US: 0 };

const REDUCED = {
  DE: { office: 70 },
  FR: { office: 55, toys: 100 },
  NL: { office: 90 },
  GB: { office: 0, toys: 50 },
};

function taxRateFor(country, category) {
  const reduced = REDUCED[country];
  if (reduced && category in reduced) return reduced[category];
  if (!(country in STANDARD)) throw new RangeError('no tax rate for country ' + country);
  return STANDARD[country];
}

/** Half a cent goes to the even neighbour, so that many roundings do not add up to one side. */
function roundHalfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function taxOn(cents, country, category) {
  return roundHalfEven((cents * taxRateFor(country, category)) / 1000);
}

module.exports = { taxRateFor, roundHalfEven, taxOn };
