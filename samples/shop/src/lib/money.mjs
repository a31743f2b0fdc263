// Money is a whole number of cents everywhere; only text for people has a decimal point.

export function formatMoney(cents) {
  const sign = cents < 0 ? '-' : '';
  const absolute = Math.abs(cents);
  const units = Math.trunc(absolute / 100);
  const rest = String(absolute % 100).padStart(2, '0');
  return `${sign}${units}.${rest}`;
}

/** The inverse of formatMoney. */
export function parseMoney(text) {
  const match = /^(-?)(\d+)(?:\.(\d{2}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`"${text}" is not an amount of money`);
  const [, sign, units, rest = '00'] = match;
  const cents = Number(units) * 100 + Number(rest);
  return sign ? -cents : cents;
}

/** A share of an amount in whole percent, rounded down in the customer's favour when charged. */
export function percentOf(cents, percent) {
  return Math.floor((cents * percent) / 100);
}

export function sumCents(rows, centsOf) {
  let total = 0;
  for (const row of rows) total += centsOf(row);
  return total;
}
