/**
 * Names thrown values without touching them: no getter, no `toString`, no proxy trap, no `stack` runs. What is told is
 * the constructor's name and the message, and those of what caused it.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, slice, weakAdd, weakHas } from './intrinsics.ts';
import type { ErrorSigner } from './record.ts';
import { remembered } from './redact.ts';

export const MAX_MESSAGE = 300;
/** So much of one is read: a secret that the end of what is told cuts in two would be none that can be seen. */
const MAX_READ = 812;
/** Longer prototype chains than this are not climbed. */
const MAX_CLIMB = 16;
/** Causes of causes that are told. */
export const MAX_CAUSES = 4;
/** Texts that are not looked at again: to look for secrets in one takes up to 50 µs, and programs throw the same again and again. */
const MAX_SHOWN = 64;

export interface ErrorHost {
  /** Whether looking at the object would run somebody's code. */
  isProxy: (value: unknown) => boolean;
  /** A text of an error as it may be written down. */
  shown?: ((text: string) => string) | undefined;
  /** Number of a signature, from 1 on. */
  idOf: (text: ErrorText, causes: readonly ErrorText[]) => number;
}

/** Number of the signature of anything that was thrown. */
export type ErrorIdOf = (error: unknown) => number;

export interface ErrorText {
  name: string;
  message: string;
}

export function createSigner(errorIdOf: ErrorIdOf): ErrorSigner {
  const seen = new WeakSet();

  return (error) => {
    try {
      const id = errorIdOf(error) << 1;
      if (typeof error !== 'function' && (typeof error !== 'object' || error === null)) return id | 1;
      if (weakHas(seen, error)) return id;
      weakAdd(seen, error);
      return id | 1;
    } catch {
      return 0;
    }
  };
}

/** By looking at all of it. */
export function createErrorIds({ isProxy, shown: asked = cut, idOf }: ErrorHost): ErrorIdOf {
  const shown = remembered(asked, MAX_SHOWN);
  return (error) => idOf(describe(error, isProxy, shown), causesOf(error, isProxy, shown));
}

export const NONE: readonly ErrorText[] = [];

/** What `cause` says, outermost first, as far as it is data. */
function causesOf(error: unknown, isProxy: ErrorHost['isProxy'], shown: Shown): readonly ErrorText[] {
  let cause = causeOf(error, isProxy);
  if (cause === undefined) return NONE;
  const causes: ErrorText[] = [];
  while (cause !== undefined && causes.length < MAX_CAUSES) {
    causes[causes.length] = describe(cause, isProxy, shown);
    cause = causeOf(cause, isProxy);
  }
  return causes;
}

export function causeOf(error: unknown, isProxy: ErrorHost['isProxy']): unknown {
  if (typeof error !== 'object' || error === null || isProxy(error)) return undefined;
  return getOwnPropertyDescriptor(error, 'cause')?.value;
}

type Shown = (text: string) => string;

const cut: Shown = (text) => slice(text, 0, MAX_MESSAGE);

/** Constructor name and message of anything that was thrown, read without running code of the user. */
export function describe(error: unknown, isProxy: ErrorHost['isProxy'], shown: Shown = cut): ErrorText {
  switch (typeof error) {
    case 'string':
      return { name: 'string', message: shown(slice(error, 0, MAX_READ)) };
    case 'function':
      return { name: 'function', message: isProxy(error) ? '' : shown(ownText(error, 'name')) };
    case 'object':
      break;
    default:
      return { name: typeof error, message: shown(slice(String(error), 0, MAX_READ)) };
  }
  if (error === null) return { name: 'null', message: '' };
  if (isProxy(error)) return { name: 'Proxy', message: '' };
  const message = shown(ownText(error, 'message'));
  return { name: shown(ownText(error, 'name') || constructorName(error, isProxy)), message };
}

/** Of its own, as data; '': there is none. */
export function ownText(object: object, key: string): string {
  const value: unknown = getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'string' ? slice(value, 0, MAX_READ) : '';
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
