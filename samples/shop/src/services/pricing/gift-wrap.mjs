// Paper and ribbon. Behind the flag giftWrapping until the supplier delivers.

import { sumCents } from '../../lib/money.mjs';

const SHEETS = [
  { upToGrams: 500, cents: 150 },
  { upToGrams: 2_000, cents: 250 },
  { upToGrams: Infinity, cents: 400 },
];

const RIBBON_CENTS = 90;

export function giftWrapCents(lines) {
  return RIBBON_CENTS + sumCents(lines, (line) => sheetFor(line).cents * line.quantity);
}

function sheetFor({ weightGrams }) {
  return SHEETS.find((sheet) => weightGrams <= sheet.upToGrams);
}
