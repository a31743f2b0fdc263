/** Errors of one name, message and causes have one small number, which is told once. */
import { type ErrorHost, type ErrorText, NONE } from './errors.ts';
import { empty } from './redact.ts';

/** Of errors of one name: messages, and after that patterns of messages, which are told apart. */
const MAX_MESSAGES = 50;
/** Names of errors which are told apart. */
const MAX_NAMES = 50;
/** Signatures of a page. */
const MAX_SIGNATURES = 1000;
const OTHER_ERRORS = 'other errors';
const OTHER_MESSAGES = '(other messages)';

/** Tells what a number means. Called once for each, before its first use; where it fails, as the stack is full, the number is not used. */
export type Announce = (id: number, name: string, message: string, causes: readonly ErrorText[]) => void;

/** For pages, which are short: the first ones are told apart. */
export function createFewSignatures(announce: Announce): ErrorHost['idOf'] {
  const ids = empty<number | undefined>();
  let count = 0;
  const idOf = ({ name, message }: ErrorText, causes: readonly ErrorText[]): number => {
    const key = keyOf(name, message, causes);
    const known = ids[key];
    if (known !== undefined) return known;
    if (count >= MAX_SIGNATURES && name !== OTHER_ERRORS)
      return idOf({ name: OTHER_ERRORS, message: OTHER_MESSAGES }, NONE);
    announce(++count, name, message, causes);
    return (ids[key] = count);
  };
  return idOf;
}

/**
 * Numbers for names and messages, so many and no more: a server may throw for years, each time with another id in the message. Of one
 * name, MAX_MESSAGES are told apart, then as many patterns of messages; the rest is one.
 */
export function createSignatures(announce: Announce): ErrorHost['idOf'] {
  const ids = empty<number | undefined>();
  const counts = empty<{ messages: number; patterns: number } | undefined>();
  let names = 0;
  let count = 0;

  const tell = (name: string, message: string, causes = NONE): number => {
    announce(++count, name, message, causes);
    return (ids[keyOf(name, message, causes)] = count);
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
