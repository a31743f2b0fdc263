/** What requests and answers of Node's say about themselves, read without running code of the program. */
import {
  charCodeAt,
  getter,
  indexOf,
  lowerCase,
  slice,
  symbolText,
  typedLength,
} from '../core/intrinsics.ts';

// Taken now: programs replace them later.
const { getOwnPropertyDescriptor, getOwnPropertySymbols } = Object;
const { isArray } = Array;
// oxlint-disable-next-line typescript/unbound-method -- uses no `this`
const { isView } = ArrayBuffer;
const urlOrigin = getter<(url: object) => string>(URL.prototype, 'origin');

const MAX_METHOD = 20;
const MAX_TYPE = 100;
/** Headers that are looked at. */
const MAX_HEADERS = 400;
/** Longer names and values are none that we ask for. */
const MAX_HEADER = 200;

export interface Headers {
  /** Bytes of the body as it comes. */
  length: number;
  /** Media type, without parameters. */
  type: string | undefined;
}

/** The value of an object's own property, unless it is a getter. */
export const own = (object: object, key: PropertyKey): unknown =>
  getOwnPropertyDescriptor(object, key)?.value;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const methodOf = (request: object): string => slice(textOf(own(request, 'method')), 0, MAX_METHOD);

/** All of the body has come. Of an `IncomingMessage`. */
export const isComplete = (response: object): boolean => own(response, 'complete') === true;
/** The connection ended before. */
export const isAborted = (response: object): boolean => own(response, 'aborted') === true;

/** Its connection is closed, or it was given up. Of a `ServerResponse`. */
export const isDestroyed = (response: object): boolean => own(response, 'destroyed') === true;

/** Where sockets keep what the system knows of them. */
let kHandle: symbol | undefined;

/** A connection by TLS lies upon another one, in whose turn it is closed: the resource of that. Of an `IncomingMessage`. */
export function tlsParentOf(response: object): object | undefined {
  const socket = objectOf(own(response, 'socket'));
  if (socket === undefined) return undefined;
  kHandle ??= symbolOf(socket, 'kHandle');
  const handle = kHandle && objectOf(own(socket, kHandle));
  return handle && objectOf(own(handle, '_parent'));
}

const objectOf = (value: unknown): object | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

/** Of undici's `Request`. */
export function undiciUrl(request: object): string {
  const origin = own(request, 'origin');
  const path = textOf(own(request, 'path'));
  if (indexOf(path, '://') > 0) return path;
  return (typeof origin === 'object' && origin !== null ? originOf(origin) : textOf(origin)) + path;
}

function originOf(url: object): string {
  try {
    return urlOrigin(url);
  } catch {
    return '';
  }
}

/** Of a `ClientRequest`: host and port as its header says. */
export function requestUrl(request: object): string {
  const path = pathOf(request);
  // As it is said to a proxy.
  if (indexOf(path, '://') > 0) return path;
  const host = hostHeader(request) ?? textOf(own(request, 'host'));
  return `${textOf(own(request, 'protocol'))}//${host}${path}`;
}

/** Since Node 24 `path` is an accessor. */
let kPath: symbol | undefined;

function pathOf(request: object): string {
  const path = own(request, 'path');
  if (typeof path === 'string') return path;
  kPath ??= symbolOf(request, 'kPath');
  return kPath === undefined ? '' : textOf(own(request, kPath));
}

/** Where `ClientRequest` keeps its headers: name in small letters → name and value. */
let kOutHeaders: symbol | undefined;

function hostHeader(request: object): string | undefined {
  kOutHeaders ??= symbolOf(request, 'kOutHeaders');
  const headers = kOutHeaders && own(request, kOutHeaders);
  const pair = typeof headers === 'object' && headers !== null ? own(headers, 'host') : undefined;
  const value = isArray(pair) ? (pair as unknown[])[1] : undefined;
  return typeof value === 'string' ? value : writtenHost(textOf(own(request, '_header')));
}

function symbolOf(object: object, name: string): symbol | undefined {
  const symbols = getOwnPropertySymbols(object);
  for (let at = 0; at < symbols.length; at++)
    if (symbolText(symbols[at]) === `Symbol(${name})`) return symbols[at];
  return undefined;
}

/** `… \r\nHost: localhost:80\r\n …`: headers that were given as a list are written at once. */
function writtenHost(header: string): string | undefined {
  const at = indexOf(lowerCase(slice(header, 0, 4096)), '\r\nhost: ');
  if (at < 0) return undefined;
  const from = at + 8;
  const end = indexOf(header, '\r\n', from);
  return end < 0 ? undefined : slice(header, from, end);
}

/** @param list names and values in turn, texts or bytes; or an object (HTTP/2) */
export function headersOf(list: unknown): Headers {
  const found: Headers = { length: NaN, type: undefined };
  if (isArray(list)) {
    const { length } = list as unknown[];
    for (let at = 0; at + 1 < length && at < 2 * MAX_HEADERS; at += 2) {
      if (isNamed(list[at], 'content-length')) found.length = wholeNumber(asText(list[at + 1]));
      else if (isNamed(list[at], 'content-type')) found.type = mediaType(asText(list[at + 1]));
    }
  } else if (typeof list === 'object' && list !== null) {
    found.length = wholeNumber(asText(own(list, 'content-length')));
    found.type = mediaType(asText(own(list, 'content-type')));
  }
  return found;
}

/** W3C trace context: what a request says it is part of, and the span that made it. */
export interface TraceParent {
  /** 32 and 16 hex digits. */
  trace: string;
  parent: string;
}

/** `00-<trace>-<span>-<flags>`; a version that is not known may have more behind that. */
const TRACEPARENT = 55;

/** @param list names and values in turn: `rawHeaders` of an `IncomingMessage` */
export function traceParentOf(list: unknown): TraceParent | undefined {
  if (!isArray(list)) return undefined;
  const { length } = list as unknown[];
  for (let at = 0; at + 1 < length && at < 2 * MAX_HEADERS; at += 2)
    if (isNamed(list[at], 'traceparent')) return traceParent(asText(list[at + 1]));
  return undefined;
}

function traceParent(text: string): TraceParent | undefined {
  const version = slice(text, 0, 2);
  const isKnown =
    version === '00' ? text.length === TRACEPARENT : version !== 'ff' && text.length >= TRACEPARENT;
  const trace = slice(text, 3, 35);
  const parent = slice(text, 36, 52);
  const isWhole = text[2] === '-' && text[35] === '-' && text[52] === '-';
  return isKnown && isWhole && isHex(version) && isId(trace) && isId(parent) ? { trace, parent } : undefined;
}

/** Zeros are none. */
const isId = (text: string): boolean => isHex(text) && !isHex(text, '0');

/** @param last of the digits that it may have, in the order of their codes */
function isHex(text: string, last = 'f'): boolean {
  for (let at = 0; at < text.length; at++) {
    const digit = text[at];
    if (digit > last || !((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) return false;
  }
  return true;
}

/** Whatever its case. Nearly all are told by their length; a text is made of none. */
function isNamed(given: unknown, name: string): boolean {
  if (typeof given === 'string') return given.length === name.length && lowerCase(given) === name;
  if (!isView(given) || typedLength(given) !== name.length) return false;
  const bytes = given as Uint8Array;
  // 32 is what small letters have beyond capital ones; '-' has it, too.
  for (let at = 0; at < name.length; at++) if ((bytes[at] | 32) !== charCodeAt(name, at)) return false;
  return true;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isView(value)) return '';
  const bytes = value as Uint8Array;
  const length = typedLength(bytes);
  if (length > MAX_HEADER) return '';
  let text = '';
  for (let at = 0; at < length; at++) text += ASCII[bytes[at] & 127];
  return text;
}

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** NaN: it is none. */
function wholeNumber(text: string): number {
  if (text === '' || text.length > 15) return NaN;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = charCodeAt(text, at) - 48;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

function mediaType(text: string): string | undefined {
  const end = indexOf(text, ';');
  const type = lowerCase(slice(end < 0 ? text : slice(text, 0, end), 0, MAX_TYPE));
  return type === '' ? undefined : type;
}
