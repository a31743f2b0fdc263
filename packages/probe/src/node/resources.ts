/**
 * What the program fetches: requests of `fetch` (and any other undici), `http.request`, `https.request`. Node and undici announce them themselves
 * (`node:diagnostics_channel`); nothing is wrapped, nothing loaded, and of their objects only properties are read that no code of the program stands behind.
 *
 * A TASK word stands where a request was made, for who made it; what it was and what came of it are notes in shared memory. What belongs to a request hangs on
 * it in a `WeakMap`: nothing lives longer for our sake.
 */
import diagnostics from 'node:diagnostics_channel';
import { describe } from '../core/index.ts';
import {
  deref,
  quoted,
  slice,
  typedLength,
  weakMapDelete,
  weakMapGet,
  weakMapSet,
} from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { micros } from './clock.ts';
import {
  headersOf,
  type Headers,
  isAborted,
  isComplete,
  methodOf,
  own,
  requestUrl,
  tlsParentOf,
  undiciUrl,
} from './request-facts.ts';

/** A TASK word: a request is made here. */
const ASKS = wordOf(Kind.TASK, 3);

// Taken now: programs put others into their place.
const { WeakMap, WeakRef } = globalThis;
const { round } = Math;

/** Longer codes and names of errors are cut. */
const MAX_FAILURE = 100;

export interface ResourceHost {
  /** Somebody reads what is recorded. */
  isOn: () => boolean;
  mark: (word: number, operand: number) => void;
  /** A note, as JSON. */
  tell: (json: string) => void;
  /** A URL, or a part of one, as it may be written down. */
  shown: (url: string) => string;
  isProxy: (value: unknown) => boolean;
  /** Asks at the end of the turn that goes on, and of later ones of its id or of another resource, until the answer is yes. False: nobody is asked, as turns are not told. */
  atEnd: (isDone: () => boolean, other?: object) => boolean;
  /** Leaves undici alone: it tells its own events (`NODE_DEBUG`) only where nobody else has asked for them. */
  withoutUndici: boolean;
}

/** What is known of a request that goes on. */
interface Asked {
  id: number;
  /** µs of the machine's clock; NaN: no answer yet. */
  since: number;
  answered: number;
  status: number;
  headers: Headers;
  /** Of the body, as they came; NaN: nobody counts them. */
  bytes: number;
}

const NO_HEADERS: Headers = { length: NaN, type: undefined };

interface Message {
  request?: object;
  response?: object;
  error?: unknown;
  chunk?: unknown;
}

export function followResources(host: ResourceHost): void {
  const { isOn, mark, tell, shown, isProxy, atEnd } = host;
  const asked = new WeakMap<object, Asked>();
  let count = 0;

  const begins = (request: object, kind: string, url: string): void => {
    if (!isOn()) return;
    const since = micros();
    const id = ++count;
    weakMapSet(asked, request, { id, since, answered: NaN, status: NaN, headers: NO_HEADERS, bytes: NaN });
    mark(ASKS, id);
    tell(
      `{"t":"resource","id":${id},"kind":"${kind}","method":${quoted(shown(methodOf(request)))},"url":${quoted(shown(url))},"micros":${round(since)}}`,
    );
  };
  const answers = (known: Asked, response: object, headers: unknown): void => {
    known.answered = micros();
    known.status = Number(own(response, 'statusCode'));
    known.headers = headersOf(headers);
  };
  /** @param now NaN: nobody will know when it ends */
  const ends = (request: object, known: Asked, failure?: string, now = micros()): void => {
    weakMapDelete(asked, request);
    const { id, since, answered, status, headers, bytes } = known;
    // A HEAD says how long a body would be.
    const isWhole = failure === undefined && methodOf(request) !== 'HEAD';
    tell(
      `{"t":"resource","id":${id}` +
        number('took', round(now - since)) +
        number('ttfb', round(answered - since)) +
        number('status', status) +
        number('bytes', isWhole && bytes !== bytes ? headers.length : bytes) +
        text('type', headers.type && shown(headers.type)) +
        `${text('failure', failure && shown(failure))}}`,
    );
  };

  /** Never throws: Node would tell the program. */
  const on = (channel: string, hear: (message: Message, request: object) => void): void =>
    diagnostics.subscribe(channel, (message) => {
      try {
        const { request } = message as Message;
        if (typeof request === 'object') hear(message as Message, request);
      } catch {
        // The stack is full, or it is not as it was: a request that is not told.
      }
    });
  const onKnown = (channel: string, hear: (message: Message, known: Asked, request: object) => void): void =>
    on(channel, (message, request) => {
      const known = weakMapGet(asked, request);
      if (known !== undefined) hear(message, known, request);
    });
  const fails = ({ error }: Message, known: Asked, request: object): void =>
    ends(request, known, failureOf(error, isProxy));

  const onHttp = (_: Message, request: object): void => {
    if (weakMapGet(asked, request) === undefined)
      begins(request, own(request, 'protocol') === 'https:' ? 'https' : 'http', requestUrl(request));
  };
  // The first one comes from within `http.request()`, since Node 22; the other one when the request is sent.
  on('http.client.request.created', onHttp);
  on('http.client.request.start', onHttp);
  onKnown('http.client.request.error', fails);
  // Its name notwithstanding: the headers are there. Nobody tells when the body is.
  onKnown('http.client.response.finish', ({ response }, known, request) => {
    answers(known, response!, own(response!, 'rawHeaders'));
    const weakRequest = new WeakRef(request);
    const weakResponse = new WeakRef(response!);
    const isAsked = atEnd(() => {
      const its = deref(weakRequest);
      const answer = deref(weakResponse);
      if (its === undefined || answer === undefined || weakMapGet(asked, its) === undefined) return true;
      if (isComplete(answer)) ends(its, known);
      else if (isAborted(answer)) ends(its, known, 'aborted');
      else return false;
      return true;
    }, tlsParentOf(response!));
    if (!isAsked) ends(request, known, undefined, NaN);
  });

  if (host.withoutUndici) return;
  on('undici:request:create', (_, request) => begins(request, 'fetch', undiciUrl(request)));
  onKnown('undici:request:headers', ({ response }, known) =>
    answers(known, response!, own(response!, 'headers')),
  );
  onKnown('undici:request:bodyChunkReceived', ({ chunk }, known) => {
    known.bytes = (known.bytes || 0) + typedLength(chunk as object);
  });
  onKnown('undici:request:trailers', (_, known, request) => ends(request, known));
  onKnown('undici:request:error', fails);
}

/** `ECONNREFUSED`, or the name of the error. That of a DOMException is behind a getter; undici has them for what was aborted. */
function failureOf(error: unknown, isProxy: ResourceHost['isProxy']): string {
  const isObject = typeof error === 'object' && error !== null && !isProxy(error);
  const code = isObject ? own(error, 'code') : undefined;
  if (typeof code === 'string') return slice(code, 0, MAX_FAILURE);
  const { name } = describe(error, isProxy);
  return name === 'DOMException' ? 'aborted' : slice(name, 0, MAX_FAILURE);
}

const number = (name: string, value: number): string => (value === value ? `,"${name}":${value}` : '');
const text = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${name}":${quoted(value)}`;
