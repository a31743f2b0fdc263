/** Attributes of OTLP → plain values. Integers that a number cannot hold stay texts. */
import { type Fields, fieldOf, listIn, objectIn, refuse, textIn, type Where, within } from './narrow.ts';

const MAX_ATTRIBUTES = 10_000;
const MAX_DEPTH = 32;
const MAX_TEXT = 1 << 20;

/** Of two attributes of a name the last one counts. */
export function attributesOf(list: unknown, where: Where, depth = 0): Fields {
  if (list === undefined) return {};
  if (depth > MAX_DEPTH) throw refuse(where, `is nested more than ${MAX_DEPTH} deep`);
  return Object.fromEntries(
    listIn(list, where, MAX_ATTRIBUTES).map((each, index) => {
      const at = within(where, index);
      const pair = objectIn(each, at);
      const key = textIn(fieldOf(pair, 'key'), within(at, 'key'));
      return [key, valueOf(fieldOf(pair, 'value'), within(at, 'value'), depth)];
    }),
  );
}

/** A value; null: there is none. */
export const valueIn = (value: unknown, where: Where): unknown => valueOf(value, where, 0);

function valueOf(value: unknown, where: Where, depth: number): unknown {
  if (value === undefined) return null;
  // What JSON has no word for is null there, as some write it: NaN, Infinity.
  const [entry, ...more] = Object.entries(objectIn(value, where)).filter(([, told]) => told !== null);
  if (entry === undefined) return null;
  const [kind, told] = entry;
  const at = within(where, kind);
  if (more.length > 0) throw refuse(where, 'has more than one value');
  if (depth > MAX_DEPTH) throw refuse(where, `is nested more than ${MAX_DEPTH} deep`);
  switch (kind) {
    case 'stringValue':
    case 'bytesValue':
      return textIn(told, at, MAX_TEXT);
    case 'boolValue':
      if (typeof told !== 'boolean') throw refuse(at, 'is neither true nor false');
      return told;
    case 'intValue':
      return integerOf(told, at);
    case 'doubleValue':
      return doubleOf(told, at);
    case 'arrayValue':
      return listIn(fieldOf(objectIn(told, at), 'values') ?? [], within(at, 'values'), MAX_ATTRIBUTES).map(
        (each, index) => valueOf(each, within(within(at, 'values'), index), depth + 1),
      );
    case 'kvlistValue':
      return attributesOf(fieldOf(objectIn(told, at), 'values'), within(at, 'values'), depth + 1);
    default:
      throw refuse(where, 'is of no type that OTLP has');
  }
}

function integerOf(value: unknown, where: Where): number | string {
  const digits = typeof value === 'number' ? String(value) : value;
  if (typeof digits !== 'string' || !/^-?\d{1,20}$/.test(digits)) throw refuse(where, 'is no whole number');
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

/** JSON has no words for these; OTLP writes them as texts. */
function doubleOf(value: unknown, where: Where): number | string {
  if (typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity')
    return value;
  throw refuse(where, 'is no number');
}
