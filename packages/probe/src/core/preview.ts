/**
 * A value as a short text, without running any code of the program: no getter, no trap of a proxy, no `toString`, `toJSON` or
 * iterator. What is seen is own data properties, and what built-ins hold inside, asked for with methods taken at the start.
 *
 * The text is JSON. What JSON has stands for itself; anything else is an object with a `$`, as FORMATS.md lists them:
 *
 *   { id: 7n, lines: [1, , 3] }   {"id":{"$":"bigint","value":"7"},"lines":[1,{"$":"hole"},3]}
 */
import {
  bufferLength, dateText, dateTime, fromCharCode, indexOf, mapEntries, mapNext, mapSize, quoted, regexpFlags, regexpSource, setNext, setSize, setValues, sharedLength,
  slice, symbolText, typedLength, typedName, unboxed, weakAdd, weakHas,
} from './intrinsics.ts'; // prettier-ignore
import { className, lengthOf, ownText } from './own.ts';
import { remembered, type Redaction } from './redact.ts';
import { isCardNumber } from './secret-rules.ts';

/** What is shown of a value at most. */
export const PREVIEW_LIMITS = {
  /** Objects within objects. */
  depth: 3,
  /** Properties, items or entries of each. */
  breadth: 16,
  /** Characters of a text. */
  string: 200,
  /** Characters of a name of a class, a function, a property. */
  name: 80,
  /** Characters of the whole, about: what was begun is ended. */
  total: 2000,
} as const;

/** What a host's object is inside, however the program dressed it. */
export type Inside =
  | 'proxy' | 'map' | 'set' | 'date' | 'regexp' | 'error' | 'promise' | 'typed array' | 'buffer' | 'shared buffer' | 'arguments'
  | 'number' | 'string' | 'boolean' | 'bigint' | 'symbol' | 'other'; // prettier-ignore

export interface PreviewHost {
  isProxy: (value: unknown) => boolean;
  /** Of an object that is no proxy. */
  insideOf: (value: object) => Inside;
  redaction: Redaction;
}

// Taken now: programs may replace them later.
const { getOwnPropertyDescriptor, hasOwn, is, keys } = Object;
const { isArray } = Array;
const global = globalThis;

/** There is no way to list only some of the names of an object: a million of them take most of a second. */
const MANY_NAMES = 10_000;

const CUT = '{"$":"cut"}';
/** For the counts of redactions. */
const WHERE = 'value';
/** Bytes of an array that may be a text. */
const TEXT_BYTES = 512;

/** The objects around a value, to see circles. */
interface Around {
  value: object;
  outer: Around | undefined;
}

/** JSON of a value that goes by `name`; '' where it has none. `depth`: of objects within objects. May throw where the stack is full. */
export type Preview = (value: unknown, name: string, depth?: number) => string;

export function createPreview({ isProxy, insideOf, redaction }: PreviewHost): Preview {
  const { breadth, total } = PREVIEW_LIMITS;
  /** Characters that may still be used. */
  let left = 0;
  /** Objects with very many properties, of which not even the names are listed again. */
  const large = new WeakSet();
  let hasLarge = false;
  const hasRoom = (): boolean => left > 0;

  /** Names are texts of the program, too. */
  const clipped = remembered((text) => {
    const shown = redaction.shown(text, WHERE, PREVIEW_LIMITS.name);
    return quoted(
      shown.length < text.length && redaction.rule === ''
        ? `${slice(shown, 0, PREVIEW_LIMITS.name - 1)}…`
        : shown,
    );
  });
  const functionText = (value: object): string =>
    `{"$":"function","name":${clipped(ownText(value, 'name'))}}`;

  const taken = (text: string): string => {
    left -= text.length;
    return text;
  };

  function anyText(value: unknown, depth: number, around: Around | undefined): string {
    if (!hasRoom()) return CUT;
    switch (typeof value) {
      case 'string':
        return taken(stringText(value));
      case 'number':
        return taken(numberShown(value));
      case 'boolean':
        return taken(value ? 'true' : 'false');
      case 'undefined':
        return taken('{"$":"undefined"}');
      case 'bigint':
        return taken(bigintText(value));
      case 'symbol':
        return taken(`{"$":"symbol","value":${clipped(symbolText(value))}}`);
      case 'function':
        return taken(isProxy(value) ? '{"$":"proxy"}' : functionText(value));
      default:
        return value === null ? taken('null') : objectText(value as object, depth, around);
    }
  }

  function stringText(value: string): string {
    const shown = redaction.shown(value, WHERE, PREVIEW_LIMITS.string);
    if (redaction.rule !== '') return redactedText(redaction.rule, shown);
    if (value.length <= PREVIEW_LIMITS.string) return quoted(value);
    return `{"$":"string","length":${value.length},"value":${quoted(slice(value, 0, PREVIEW_LIMITS.string))}}`;
  }

  /** Of a value whose name says that it is secret; an object is not looked into. */
  function secretText(value: unknown): string {
    const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
    const token = redaction.token('secret', isText ? `${value}` : '', WHERE);
    return taken(isText ? redactedText('secret', token) : '{"$":"redacted"}');
  }

  function numberShown(value: number): string {
    const isCard = value > 1e12 && isCardNumber(`${value}`);
    return isCard ? redactedText('card', redaction.token('card', `${value}`, WHERE)) : numberText(value);
  }

  function objectText(value: object, depth: number, around: Around | undefined): string {
    if (isProxy(value)) return taken('{"$":"proxy"}');
    if (value === global) return taken('{"$":"object","class":"global"}');
    for (let each = around; each !== undefined; each = each.outer)
      if (each.value === value) return taken('{"$":"circular"}');
    if (isArray(value)) return itemsText(value, 'Array', depth, { value, outer: around });
    const inside = insideOf(value);
    if (inside === 'arguments') return itemsText(value, 'Arguments', depth, { value, outer: around });
    const text = builtInText(value, inside, depth, { value, outer: around });
    return text ?? propertiesText(value, inside, depth, { value, outer: around });
  }

  /** Of what holds something inside. */
  function builtInText(value: object, inside: Inside, depth: number, around: Around): string | undefined {
    switch (inside) {
      case 'map':
        return mapText(value, depth, around);
      case 'set':
        return setText(value, depth, around);
      case 'date':
        return taken(`{"$":"date","value":${isNaN(dateTime(value)) ? 'null' : `"${dateText(value)}"`}}`);
      case 'regexp':
        return taken(
          `{"$":"regexp","value":${clipped(`/${regexpSource(value)}/`)},"flags":"${regexpFlags(value)}"}`,
        );
      case 'promise':
        return taken(`{"$":"promise"${classText(value, 'Promise')}}`);
      case 'typed array':
        return typedText(value);
      case 'buffer':
        return taken(`{"$":"buffer","length":${bufferLength(value)}}`);
      case 'shared buffer':
        return taken(`{"$":"buffer","length":${sharedLength(value)}}`);
      case 'number':
      case 'string':
      case 'boolean':
      case 'bigint':
      case 'symbol':
        return `{"$":"boxed","value":${anyText(unboxed[inside](value), depth, around)}}`;
      default:
        return undefined;
    }
  }

  function itemsText(value: object, usual: string, depth: number, around: Around): string {
    const length = lengthOf(value);
    const name = classText(value, usual === 'Arguments' ? 'Object' : usual);
    const isWhole = name === '' && usual === 'Array' && length <= breadth && (depth > 0 || length === 0);
    const items = depth > 0 ? listOfItems(value, length, depth - 1, around) : undefined;
    if (isWhole) return `[${items ?? ''}]`;
    const what = usual === 'Arguments' ? ',"class":"Arguments"' : name;
    return `{"$":"array"${taken(what)},"length":${length}${items === undefined ? '' : `,"items":[${items}]`}}`;
  }

  function listOfItems(value: object, length: number, depth: number, around: Around): string {
    let text = '';
    /** The item before names a secret, as in lists of headers. */
    let isNamed = false;
    for (let at = 0; at < length && at < breadth && hasRoom(); at++) {
      const found = getOwnPropertyDescriptor(value, at);
      const item: unknown = found === undefined || !hasOwn(found, 'value') ? undefined : found.value;
      if (at > 0) text += ',';
      if (found === undefined) text += taken('{"$":"hole"}');
      else if (!hasOwn(found, 'value')) text += taken('{"$":"getter"}');
      else text += isNamed && isShown(item) ? secretText(item) : anyText(item, depth, around);
      isNamed = typeof item === 'string' && isName(item) && redaction.isSecretName(item);
    }
    return length > 0 && !hasRoom() ? `${text}${text === '' ? '' : ','}${CUT}` : text;
  }

  function typedText(value: object): string {
    const length = typedLength(value);
    const name = typedName(value);
    if (name === 'Uint8Array' && isSecretBytes(value, length)) return taken(redactedText(redaction.rule));
    let items = '';
    for (let at = 0; at < length && at < breadth; at++) {
      const item = (value as unknown as ArrayLike<number | bigint>)[at];
      items += `${at > 0 ? ',' : ''}${typeof item === 'bigint' ? bigintText(item) : numberText(item)}`;
    }
    return taken(`{"$":"array","class":"${name}","length":${length},"items":[${items}]}`);
  }

  /** Bytes of a text. */
  function isSecretBytes(value: object, length: number): boolean {
    let text = '';
    for (let at = 0; at < length && at < TEXT_BYTES; at++) {
      const byte = (value as unknown as ArrayLike<number>)[at];
      if (byte < 9 || byte > 126) return false;
      text += fromCharCode(byte);
    }
    redaction.shown(text, WHERE);
    return redaction.rule !== '';
  }

  function mapText(map: object, depth: number, around: Around): string {
    const head = `{"$":"map"${taken(classText(map, 'Map'))},"size":${mapSize(map)}`;
    if (depth === 0) return `${head}}`;
    const iterator = mapEntries(map);
    let text = '';
    for (let count = 0; count < breadth && hasRoom(); count++) {
      const { done, value } = mapNext(iterator);
      if (done) break;
      const key: unknown = value[0];
      const isNamed = typeof key === 'string' && redaction.isSecretName(key) && isShown(value[1]);
      const shown = isNamed ? secretText(value[1]) : undefined;
      text += `${count > 0 ? ',' : ''}[${anyText(key, depth - 1, around)},${shown ?? anyText(value[1], depth - 1, around)}]`;
    }
    return `${head},"entries":[${text}]}`;
  }

  function setText(set: object, depth: number, around: Around): string {
    const head = `{"$":"set"${taken(classText(set, 'Set'))},"size":${setSize(set)}`;
    if (depth === 0) return `${head}}`;
    const iterator = setValues(set);
    let text = '';
    for (let count = 0; count < breadth && hasRoom(); count++) {
      const { done, value } = setNext(iterator);
      if (done) break;
      text += `${count > 0 ? ',' : ''}${anyText(value, depth - 1, around)}`;
    }
    return `${head},"values":[${text}]}`;
  }

  function propertiesText(value: object, inside: Inside, depth: number, around: Around): string {
    const isError = inside === 'error';
    const name = classText(value, isError ? '' : 'Object');
    const message = isError ? `,"message":${stringText(ownText(value, 'message'))}` : '';
    const head = `{"$":"${isError ? 'error' : 'object'}"${taken(name)}${taken(message)}`;
    if (depth === 0) return `${head}${isError ? '' : ',"cut":true'}}`;
    if (hasLarge && weakHas(large, value)) return `${head},"cut":true}`;
    const names = keys(value);
    if (names.length > MANY_NAMES) {
      hasLarge = true;
      weakAdd(large, value);
    }
    let text = '';
    let shown = 0;
    let isPlain = name === '' && !isError;
    for (; shown < names.length && shown < breadth && hasRoom(); shown++) {
      const key = names[shown];
      if (key[0] === '$') isPlain = false;
      text += `${shown > 0 ? ',' : ''}${taken(clipped(key))}:${propertyText(value, key, depth - 1, around)}`;
    }
    if (isPlain && shown === names.length) return `{${text}}`;
    const size = shown === names.length ? '' : `,"size":${names.length}`;
    return isError && text === '' ? `${head}}` : `${head}${size},"props":{${text}}}`;
  }

  function propertyText(value: object, key: string, depth: number, around: Around): string {
    const found = getOwnPropertyDescriptor(value, key);
    if (found === undefined || !hasOwn(found, 'value')) return taken('{"$":"getter"}');
    const property: unknown = found.value;
    if (isShown(property) && redaction.isSecretName(key)) return secretText(property);
    return anyText(property, depth, around);
  }

  /** `,"class":"Cart"`, unless it is the usual one. */
  function classText(value: object, usual: string): string {
    const name = className(value, isProxy);
    return name === usual || (name === '' && usual !== '') ? '' : `,"class":${clipped(name)}`;
  }

  return (value, name, depth = PREVIEW_LIMITS.depth) => {
    if (name !== '' && isShown(value) && redaction.isSecretName(name)) return secretText(value);
    left = total;
    return anyText(value, depth, undefined);
  };
}

/** What would give a secret away; the rest says nothing of it. */
const isShown = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== 'boolean' && typeof value !== 'function';

/** A word, perhaps with dashes. */
const isName = (text: string): boolean => text.length < PREVIEW_LIMITS.name && indexOf(text, ' ') < 0;

const isNaN = (value: number): boolean => value !== value;

const redactedText = (rule: string, shown?: string): string =>
  `{"$":"redacted","why":"${rule}"${shown === undefined ? '' : `,"value":${quoted(shown)}`}}`;

function numberText(value: number): string {
  if (value !== value || value === Infinity || value === -Infinity || is(value, -0))
    return `{"$":"number","value":"${is(value, -0) ? '-0' : `${value}`}"}`;
  return `${value}`;
}

/** Large ones are not spelled out: that takes time that grows with the square of their length. */
const HUGE = 2n ** 256n;
const bigintText = (value: bigint): string =>
  value < HUGE && value > -HUGE ? `{"$":"bigint","value":"${value}"}` : '{"$":"bigint","cut":true}';
