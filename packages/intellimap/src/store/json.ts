/** DuckDB's values as JSON: what JSON has a word for stays what it is, all else becomes text as DuckDB writes it. Pure. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Digits that a number keeps. */
const EXACT_DIGITS = 15;

/** Whole numbers beyond 2^53 and decimals of more than 15 digits become text, digit by digit; so do NaN and infinities. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return nested(value) ?? scalar(value);
}

/** Lists, structs and maps. */
function nested(value: unknown): Json | undefined {
  const { items, entries } = value as { items?: unknown; entries?: unknown };
  if (Array.isArray(items)) return items.map(toJson);
  if (Array.isArray(entries))
    return Object.fromEntries(
      (entries as { key: unknown; value: unknown }[]).map(({ key, value: held }) => [
        String(key),
        toJson(held),
      ]),
    );
  if (typeof entries === 'object' && entries !== null)
    return Object.fromEntries(Object.entries(entries).map(([key, held]) => [key, toJson(held)]));
  return undefined;
}

function scalar(value: unknown): Json {
  const text = (value as { toString(): string }).toString();
  const { value: digits, scale } = value as { value?: unknown; scale?: unknown };
  const isDecimal = typeof digits === 'bigint' && typeof scale === 'number';
  return isDecimal && text.replaceAll(/\D/g, '').length <= EXACT_DIGITS ? Number(text) : text;
}
