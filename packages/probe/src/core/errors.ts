/**
 * Names thrown values without touching them: no getter, no `toString`, no proxy trap, no `stack` runs. A signature is
 * the constructor's name and the message; each gets a small number, its text is told once.
 */
import type { ErrorSigner } from './record.ts';

const MAX_SIGNATURES = 10_000;
const MAX_MESSAGE = 300;
/** Longer prototype chains than this are not climbed. */
const MAX_CLIMB = 16;

export interface ErrorHost {
  /** Whether looking at the object would run somebody's code. */
  isProxy: (value: unknown) => boolean;
  /** Tells what a signature number means. Called once for each, before its first use. */
  announce: (id: number, name: string, message: string) => void;
}

export interface ErrorText {
  name: string;
  message: string;
}

// Taken now: programs may replace them later.
/* oxlint-disable typescript/unbound-method -- bound to `call` */
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const weakHas = Function.prototype.call.bind(WeakSet.prototype.has) as (
  set: object,
  value: unknown,
) => boolean;
const weakAdd = Function.prototype.call.bind(WeakSet.prototype.add) as (set: object, value: unknown) => void;
/* oxlint-enable typescript/unbound-method */

export function createSigner(host: ErrorHost): ErrorSigner {
  const ids: Record<string, number> = Object.create(null) as Record<string, number>;
  const seen = new WeakSet();
  let count = 0;

  const idOf = ({ name, message }: ErrorText): number => {
    const key = `${name}\n${message}`;
    const known = ids[key];
    if (known !== undefined) return known;
    if (count > MAX_SIGNATURES) return count;
    const id = (ids[key] = ++count);
    if (id <= MAX_SIGNATURES) host.announce(id, name, message);
    else host.announce(id, 'other', `more than ${MAX_SIGNATURES} different errors`);
    return id;
  };

  return (error) => {
    try {
      const id = idOf(describe(error, host.isProxy));
      const isObject = (typeof error === 'object' && error !== null) || typeof error === 'function';
      if (!isObject) return (id << 1) | 1;
      const first = weakHas(seen, error) ? 0 : 1;
      if (first === 1) weakAdd(seen, error);
      return (id << 1) | first;
    } catch {
      return 0;
    }
  };
}

/** Constructor name and message of anything that was thrown, read without running code of the user. */
export function describe(error: unknown, isProxy: ErrorHost['isProxy']): ErrorText {
  switch (typeof error) {
    case 'string':
      return { name: 'string', message: error.slice(0, MAX_MESSAGE) };
    case 'function':
      return { name: 'function', message: isProxy(error) ? '' : ownText(error, 'name') };
    case 'object':
      break;
    default:
      return { name: typeof error, message: String(error).slice(0, MAX_MESSAGE) };
  }
  if (error === null) return { name: 'null', message: '' };
  if (isProxy(error)) return { name: 'Proxy', message: '' };
  return {
    name: ownText(error, 'name') || constructorName(error, isProxy),
    message: ownText(error, 'message'),
  };
}

function ownText(object: object, key: string): string {
  const value: unknown = getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'string' ? value.slice(0, MAX_MESSAGE) : '';
}

function constructorName(object: object, isProxy: ErrorHost['isProxy']): string {
  let prototype: object | null = getPrototypeOf(object) as object | null;
  for (let climb = 0; climb < MAX_CLIMB && prototype !== null && !isProxy(prototype); climb++) {
    const constructor: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof constructor === 'function' && !isProxy(constructor)) {
      const name = ownText(constructor, 'name');
      if (name !== '') return name;
    }
    // Before classes: `MyError.prototype = Object.create(Error.prototype); MyError.prototype.name = 'MyError'`.
    const name = ownText(prototype, 'name');
    if (name !== '') return name;
    prototype = getPrototypeOf(prototype) as object | null;
  }
  return 'Object';
}
