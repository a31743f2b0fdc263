/** What a file says of calls as text that is kept. Names of fields are written once a list, not with each row: that is a third of the text. Pure. */
import type { CallFacts } from './facts.ts';

type Packed = [keys: string[], ...rows: unknown[][]];

export function storedFacts(facts: CallFacts): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, isRows(value) ? packed(value) : value])),
  );
} // prettier-ignore

/** @param text of `storedFacts` */
export function readFacts(text: string): CallFacts {
  const facts = JSON.parse(text) as Record<string, unknown>;
  for (const [name, value] of Object.entries(facts)) if (isPacked(value)) facts[name] = unpacked(value);
  return facts as unknown as CallFacts;
}

type Row = Record<string, unknown>;

const isRows = (value: unknown): value is Row[] =>
  Array.isArray(value) && typeof value[0] === 'object' && !Array.isArray(value[0]);

/** A list of pairs begins with numbers, one of rows with the names of their fields. */
const isPacked = (value: unknown): value is Packed =>
  Array.isArray(value) && Array.isArray(value[0]) && value[0].every((key) => typeof key === 'string');

function packed(rows: readonly Row[]): Packed {
  const keys = Object.keys(rows[0]);
  return [keys, ...rows.map((row) => keys.map((key) => row[key]))];
}

const unpacked = ([keys, ...rows]: Packed): Row[] =>
  rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])));
