/** Reading values whose shape nobody vouches for: each reader gives what it promises, or a Fault that says where something else is. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { isRecord } from '../../base/is-record.ts';

/** A place in a file, for people: made only when it is needed. */
export type Where = () => string;

export const refuse = (where: Where, problem: string): Fault =>
  new Fault(ExitCode.UNREADABLE, `${where()} ${problem}`, 'The file is damaged, or of another format.');

export const within =
  (where: Where, key: string | number): Where =>
  () => {
    const outer = where();
    if (typeof key === 'number') return `${outer}[${key}]`;
    return `${outer}${outer.endsWith(':') ? ' ' : '.'}${key}`;
  };

export function parseJson(text: string, where: Where): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(where, `is no JSON: ${(error as Error).message.slice(0, 120)}`);
  }
}

export type Fields = Record<string, unknown>;

export function objectIn(value: unknown, where: Where): Fields {
  if (isRecord(value)) return value;
  throw refuse(where, `is no object, but ${kindOf(value)}`);
}

export function listIn(value: unknown, where: Where, limit: number): unknown[] {
  if (!Array.isArray(value)) throw refuse(where, `is no list, but ${kindOf(value)}`);
  if (value.length > limit) throw refuse(where, `has ${value.length} entries; at most ${limit} are read`);
  return value;
}

export function textIn(value: unknown, where: Where, limit = 65_536): string {
  if (typeof value !== 'string') throw refuse(where, `is no text, but ${kindOf(value)}`);
  if (value.length > limit)
    throw refuse(where, `is a text of ${value.length} characters; at most ${limit} are read`);
  return value;
}

export function numberIn(value: unknown, where: Where, min: number, max: number): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw refuse(where, `is no number from ${min} to ${max}, but ${kindOf(value)}`);
}

export function integerIn(value: unknown, where: Where, min: number, max: number): number {
  if (Number.isInteger(value)) return numberIn(value, where, min, max);
  throw refuse(where, `is no whole number, but ${kindOf(value)}`);
}

/** Own fields only: `__proto__` and its like are nobody's. One that is null is not there. */
export const fieldOf = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'an object';
}
