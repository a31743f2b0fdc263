/** What spans, logs and metrics of OTLP have in common: who tells them, ids, times, words. */
import { Fault } from '../../base/fault.ts';
import {
  type Fields,
  fieldOf,
  integerIn,
  listIn,
  objectIn,
  refuse,
  textIn,
  type Where,
  within,
} from './narrow.ts';
import { attributesOf } from './otlp-values.ts';

/** Of one kind in a request. */
const MAX_ITEMS = 10_000_000;
/** The largest number that 64 bits hold. */
const MAX_NANOS = 2n ** 64n - 1n;

/** Told of something that is not what it should be. */
export type Skip = (why: Fault) => void;

export interface Scoped {
  value: unknown;
  at: Where;
  /** `service.name` of its resource. */
  service: string | null;
  /** Name of what made it. */
  scope: string | null;
}

/** All of `resource<Kind>[].scope<Kind>[].<items>[]`. @throws Fault */
export function* scoped(request: Fields, where: Where, kind: string, items: string): Generator<Scoped> {
  const resources = within(where, `resource${kind}`);
  for (const [r, each] of listIn(fieldOf(request, `resource${kind}`) ?? [], resources, MAX_ITEMS).entries()) {
    const fields = objectIn(each, within(resources, r));
    const service = serviceOf(fields, within(resources, r));
    const scopes = within(within(resources, r), `scope${kind}`);
    for (const [s, one] of listIn(fieldOf(fields, `scope${kind}`) ?? [], scopes, MAX_ITEMS).entries()) {
      const told = objectIn(one, within(scopes, s));
      const scope = scopeOf(told, within(scopes, s));
      const list = within(within(scopes, s), items);
      for (const [index, value] of listIn(fieldOf(told, items) ?? [], list, MAX_ITEMS).entries())
        yield { value, at: within(list, index), service, scope };
    }
  }
}

function serviceOf(fields: Fields, where: Where): string | null {
  const at = within(where, 'resource');
  const resource = fieldOf(fields, 'resource');
  if (resource === undefined) return null;
  const attributes = attributesOf(fieldOf(objectIn(resource, at), 'attributes'), within(at, 'attributes'));
  const service = fieldOf(attributes, 'service.name');
  return typeof service === 'string' ? service : null;
}

function scopeOf(fields: Fields, where: Where): string | null {
  const at = within(where, 'scope');
  const scope = fieldOf(fields, 'scope');
  const name = scope === undefined ? undefined : fieldOf(objectIn(scope, at), 'name');
  return name === undefined || name === '' ? null : textIn(name, within(at, 'name'));
}

/** What `read` gives, or undefined when `skip` was told why not. @throws Fault without `skip` */
export function attempt<T>(read: () => T, skip: Skip | undefined): T | undefined {
  if (skip === undefined) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    skip(error);
    return undefined;
  }
}

/** 64 bits, as digits or as a number. */
export function nanosIn(value: unknown, where: Where): bigint {
  const digits =
    typeof value === 'number' && Number.isInteger(value) && value >= 0 ? BigInt(value).toString() : value;
  if (typeof digits !== 'string' || !/^\d{1,20}$/.test(digits) || BigInt(digits) > MAX_NANOS)
    throw refuse(where, 'is no time in ns since 1970, as digits');
  return BigInt(digits);
}

export function idIn(value: unknown, where: Where, digits: number): string {
  const id = textIn(value, where).toLowerCase();
  if (id.length === digits && /^[\da-f]+$/.test(id) && !/^0+$/.test(id)) return id;
  throw refuse(where, `is no id of ${digits} hex digits`);
}

/** Numbers by the specification; names as well, as some write them. */
export function wordIn<W extends string>(
  words: readonly W[],
  prefix: string,
  value: unknown,
  where: Where,
): W {
  if (value === undefined) return words[0];
  const named =
    typeof value === 'string' ? words.findIndex((word) => `${prefix}${word.toUpperCase()}` === value) : value;
  return words[integerIn(named, where, 0, words.length - 1)];
}

/** An id, or null where there is none: logs and exemplars need not belong to a span. */
export const idOrNull = (value: unknown, where: Where, digits: number): string | null =>
  value === undefined || value === '' || (typeof value === 'string' && /^0+$/.test(value))
    ? null
    : idIn(value, where, digits);

/** Text, or null where there is none. */
export const textOrNull = (value: unknown, where: Where, limit?: number): string | null =>
  value === undefined || value === '' ? null : textIn(value, where, limit);

/** A time, or null where it is not told. */
export const nanosOrNull = (value: unknown, where: Where): bigint | null => {
  const nanos = value === undefined ? 0n : nanosIn(value, where);
  return nanos === 0n ? null : nanos;
};
