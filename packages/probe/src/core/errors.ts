/**
 * Names thrown values without touching them: no getter, no `toString`, no proxy trap, no `stack` runs. What is told is
 * the constructor's name and the message, and those of what caused it; each such text gets a small number, and is told once.
 */
import type { ErrorSigner } from './record.ts';

/** Of errors of one name: messages, and after that patterns of messages, which are told apart. */
const MAX_MESSAGES = 50;
/** Names of errors which are told apart. */
const MAX_NAMES = 50;
const OTHER_MESSAGES = '(other messages)';
export const MAX_MESSAGE = 300;
/** So much of one is read: a secret that the end of what is told cuts in two would be none that can be seen. */
const MAX_READ = 812;
/** Longer prototype chains than this are not climbed. */
const MAX_CLIMB = 16;
/** Causes of causes that are told. */
const MAX_CAUSES = 4;

export interface ErrorHost {
  /** Whether looking at the object would run somebody's code. */
  isProxy: (value: unknown) => boolean;
  /** A text of an error as it may be written down. */
  shown?: ((text: string) => string) | undefined;
  /** Tells what a signature number means. Called once for each, before its first use. */
  announce: (id: number, name: string, message: string, causes: readonly ErrorText[]) => void;
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
  const { isProxy, shown: asked = cut } = host;
  const seen = new WeakSet();
  // Who throws in a loop mostly throws the same.
  let last = '';
  let lastShown = '';
  const shown = (text: string): string => {
    if (text === last) return lastShown;
    lastShown = asked(text);
    last = text;
    return lastShown;
  };
  const idOf = createSignatures(host.announce);

  return (error) => {
    try {
      const isObject = (typeof error === 'object' && error !== null) || typeof error === 'function';
      const id = idOf(describe(error, isProxy, shown), isObject ? causesOf(error, isProxy, shown) : NONE);
      if (!isObject) return (id << 1) | 1;
      const first = weakHas(seen, error) ? 0 : 1;
      if (first === 1) weakAdd(seen, error);
      return (id << 1) | first;
    } catch {
      return 0;
    }
  };
}

/**
 * Numbers for names and messages, so many and no more: a server may throw for years, each time with another id in the message. Of one
 * name, MAX_MESSAGES are told apart, then as many patterns of messages; the rest is one.
 */
function createSignatures(
  announce: ErrorHost['announce'],
): (text: ErrorText, causes: readonly ErrorText[]) => number {
  const ids = table<number>();
  const counts = table<{ messages: number; patterns: number }>();
  let names = 0;
  let count = 0;

  const tell = (name: string, message: string, causes = NONE): number => {
    const id = (ids[keyOf(name, message, causes)] = ++count);
    announce(id, name, message, causes);
    return id;
  };
  const countOf = (name: string): { messages: number; patterns: number } => {
    const known = counts[name];
    if (known !== undefined) return known;
    names += 1;
    return (counts[name] = { messages: 0, patterns: 0 });
  };

  return ({ name: given, message }, causes) => {
    const known = ids[keyOf(given, message, causes)];
    if (known !== undefined) return known;
    const name = counts[given] === undefined && names >= MAX_NAMES ? 'other errors' : given;
    const of = countOf(name);
    if (of.messages < MAX_MESSAGES) {
      of.messages += 1;
      return tell(name, message, causes);
    }
    const pattern = patternOf(message);
    const causePatterns = patternsOf(causes);
    const alike = ids[keyOf(name, pattern, causePatterns)];
    if (alike !== undefined) return alike;
    const isFull = of.patterns >= MAX_MESSAGES;
    if (isFull) return ids[keyOf(name, OTHER_MESSAGES, NONE)] ?? tell(name, OTHER_MESSAGES);
    of.patterns += 1;
    return tell(name, pattern, causePatterns);
  };
}

const NONE: readonly ErrorText[] = [];

function keyOf(name: string, message: string, causes: readonly ErrorText[]): string {
  let key = `${name}\n${message}`;
  // By index: iterators may be the program's.
  for (let at = 0; at < causes.length; at++) key += `\n\n${causes[at].name}\n${causes[at].message}`;
  return key;
}

function patternsOf(causes: readonly ErrorText[]): readonly ErrorText[] {
  const patterns: ErrorText[] = [];
  for (let at = 0; at < causes.length; at++)
    patterns[at] = { name: causes[at].name, message: patternOf(causes[at].message) };
  return patterns;
}

/** What `cause` says, outermost first, as far as it is data. */
function causesOf(error: object, isProxy: ErrorHost['isProxy'], shown: Shown): readonly ErrorText[] {
  let cause = causeOf(error, isProxy);
  if (cause === undefined) return NONE;
  const causes: ErrorText[] = [];
  while (cause !== undefined && causes.length < MAX_CAUSES) {
    causes[causes.length] = describe(cause, isProxy, shown);
    cause = causeOf(cause, isProxy);
  }
  return causes;
}

function causeOf(error: unknown, isProxy: ErrorHost['isProxy']): unknown {
  if (typeof error !== 'object' || error === null || isProxy(error)) return undefined;
  return getOwnPropertyDescriptor(error, 'cause')?.value;
}

/** A dictionary that no program reaches, whatever it does to `Object.prototype` or `Map`. */
const table = <Value>(): Record<string, Value | undefined> =>
  Object.create(null) as Record<string, Value | undefined>;

/** Words with a digit are numbers, ids, dates: `no such order: 8f3e-11` → `no such order: #`. */
export function patternOf(message: string): string {
  let pattern = '';
  let word = '';
  let isId = false;
  for (let at = 0; at <= message.length; at++) {
    // By index: the methods of strings may be the program's.
    const char = message[at] ?? '';
    const isDigit = char >= '0' && char <= '9';
    if (isDigit || isLetter(char) || char === '-' || char === '_') {
      word += char;
      isId ||= isDigit;
      continue;
    }
    pattern += (isId ? '#' : word) + char;
    word = '';
    isId = false;
  }
  return pattern;
}

const isLetter = (char: string): boolean =>
  (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char > '\x7f';

type Shown = (text: string) => string;

const cut: Shown = (text) => text.slice(0, MAX_MESSAGE);

/** Constructor name and message of anything that was thrown, read without running code of the user. */
export function describe(error: unknown, isProxy: ErrorHost['isProxy'], shown: Shown = cut): ErrorText {
  switch (typeof error) {
    case 'string':
      return { name: 'string', message: shown(error.slice(0, MAX_READ)) };
    case 'function':
      return { name: 'function', message: isProxy(error) ? '' : shown(ownText(error, 'name')) };
    case 'object':
      break;
    default:
      return { name: typeof error, message: shown(String(error).slice(0, MAX_READ)) };
  }
  if (error === null) return { name: 'null', message: '' };
  if (isProxy(error)) return { name: 'Proxy', message: '' };
  const message = shown(ownText(error, 'message'));
  return { name: shown(ownText(error, 'name') || constructorName(error, isProxy)), message };
}

function ownText(object: object, key: string): string {
  const value: unknown = getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'string' ? value.slice(0, MAX_READ) : '';
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
