/**
 * What the browser tells of pages that carry no probe: requests, errors that nobody caught, what goes to `console.error`. Documents with a probe tell that
 * themselves; whether one has is known when its scripts have run. What looks like a secret is left out. I/O: a session with the browser.
 */
import { type Redaction, shownUrl } from '@intellimap/probe/core';
import { type Note, PROBE_KEY } from '@intellimap/probe/wire';
import type { Micros } from '../../base/recording.ts';
import { machineMicros } from '../../record/run-file.ts';
import type { Cdp } from './protocol.ts';

/** Notes of a tab. */
const MAX_NOTES = 20_000;
const MAX_MESSAGE = 500;
const MAX_STACK = 4000;

/** A note of a document, by its loader. */
interface Waiting {
  loader: string;
  note: Note;
}

interface RequestSent {
  requestId: string;
  loaderId: string;
  /** s of a clock of the browser's, and of the day. */
  timestamp: number;
  wallTime: number;
  type?: string;
  request: { url: string; method: string };
  redirectResponse?: Answer;
}

interface Answer {
  status: number;
  mimeType: string;
  /** `requestTime`: s of the browser's clock; ms since then. */
  timing?: { requestTime: number; receiveHeadersEnd: number };
}

interface Remote {
  type: string;
  value?: unknown;
  description?: string;
  className?: string;
}

interface Asked {
  id: number;
  loader: string;
  /** s of the browser's clock. */
  at: number;
  ttfb?: number;
  answer?: Answer;
}

/** Kinds of requests as the table `resources` names them. */
const KINDS: Record<string, string> = {
  Fetch: 'fetch',
  XHR: 'xhr',
  EventSource: 'eventsource',
  WebSocket: 'websocket',
};

export class Told {
  readonly #cdp: Cdp;
  readonly #redaction: Redaction;
  readonly #notes: Waiting[] = [];
  readonly #asked = new Map<string, Asked>();
  /** Loaders of documents that tell by themselves. */
  readonly #telling = new Set<string>();
  readonly #main: () => string;
  #count = 0;
  /** Notes beyond those that are kept. */
  #lost = 0;
  #loader = '';
  #looking: Promise<void> = Promise.resolve();

  /** @param main id of the tab's own frame */
  constructor(cdp: Cdp, redaction: Redaction, main: () => string) {
    this.#cdp = cdp;
    this.#redaction = redaction;
    this.#main = main;
  }

  async begin(): Promise<void> {
    const cdp = this.#cdp;
    cdp.on('Page.frameNavigated', ({ frame }: { frame: { id: string; loaderId: string } }) => {
      if (frame.id === this.#main()) this.#loader = frame.loaderId;
    });
    cdp.on('Page.domContentEventFired', () => this.look());
    cdp.on('Network.requestWillBeSent', (sent: RequestSent) => this.#sent(sent));
    cdp.on(
      'Network.responseReceived',
      ({ requestId, timestamp, response }: { requestId: string; timestamp: number; response: Answer }) => {
        const asked = this.#asked.get(requestId);
        if (asked === undefined) return;
        const { timing } = response;
        // When the event was made is later.
        const ttfb = timing === undefined ? timestamp : timing.requestTime + timing.receiveHeadersEnd / 1000;
        Object.assign(asked, { ttfb, answer: response });
      },
    );
    cdp.on(
      'Network.loadingFinished',
      ({
        requestId,
        timestamp,
        encodedDataLength,
      }: {
        requestId: string;
        timestamp: number;
        encodedDataLength: number;
      }) => this.#ended(requestId, timestamp, { bytes: encodedDataLength }),
    );
    cdp.on(
      'Network.loadingFailed',
      ({ requestId, timestamp, errorText }: { requestId: string; timestamp: number; errorText: string }) =>
        this.#ended(requestId, timestamp, { failure: errorText }),
    );
    cdp.on(
      'Runtime.consoleAPICalled',
      ({ type, args, timestamp }: { type: string; args: Remote[]; timestamp: number }) => {
        if (type === 'error' || type === 'assert') this.#said(args, timestamp);
      },
    );
    cdp.on(
      'Runtime.exceptionThrown',
      ({ timestamp, exceptionDetails }: { timestamp: number; exceptionDetails: Thrown }) =>
        this.#threw(exceptionDetails, timestamp),
    );
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
  }

  /** Does the document that is shown now tell by itself? */
  look(): void {
    const loader = this.#loader;
    const expression = `Symbol.for(${JSON.stringify(PROBE_KEY)}) in globalThis`;
    const asked = this.#cdp.send('Runtime.evaluate', { expression, returnByValue: true }).then(
      (answer) => {
        if ((answer as { result?: Remote }).result?.value === true) this.#telling.add(loader);
      },
      // It is gone.
      () => {},
    );
    this.#looking = Promise.all([this.#looking, asked]).then(() => {});
  }

  /** Of documents without a probe. */
  async notes(): Promise<Note[]> {
    await this.#looking;
    const own = this.#notes.flatMap(({ loader, note }) => (this.#telling.has(loader) ? [] : [note]));
    return this.#lost === 0 ? own : [...own, { t: 'notes lost', count: this.#lost }];
  }

  #note(loader: string, note: Note): void {
    if (this.#notes.length < MAX_NOTES) this.#notes.push({ loader, note });
    else this.#lost++;
  }

  #sent({
    requestId,
    loaderId,
    timestamp,
    wallTime,
    type = '',
    request,
    redirectResponse,
  }: RequestSent): void {
    if (redirectResponse !== undefined) {
      const asked = this.#asked.get(requestId);
      if (asked !== undefined) asked.answer = redirectResponse;
      this.#ended(requestId, timestamp, {});
    }
    if (!/^(?:https?|wss?):/.test(request.url)) return;
    const id = ++this.#count;
    this.#asked.set(requestId, { id, loader: loaderId, at: timestamp });
    this.#note(loaderId, {
      t: 'resource',
      id,
      kind: KINDS[type] ?? type.toLowerCase(),
      method: request.method,
      url: shownUrl(request.url, this.#redaction),
      micros: machineTime(wallTime * 1000),
    });
  }

  #ended(requestId: string, timestamp: number, how: { bytes?: number; failure?: string }): void {
    const asked = this.#asked.get(requestId);
    if (asked === undefined) return;
    this.#asked.delete(requestId);
    const { id, loader, at, ttfb, answer } = asked;
    this.#note(loader, {
      t: 'resource',
      id,
      took: Math.round((timestamp - at) * 1e6),
      ...(ttfb !== undefined && { ttfb: Math.round((ttfb - at) * 1e6) }),
      ...(answer !== undefined && { status: answer.status, type: answer.mimeType }),
      ...how,
    });
  }

  #said(args: readonly Remote[], timestamp: number): void {
    const message = this.#shown(args.map(textOf).join(' '));
    this.#note(this.#loader, {
      t: 'console',
      id: ++this.#count,
      message,
      load: false,
      micros: machineTime(timestamp),
    });
  }

  #threw({ exception, text, url, lineNumber, columnNumber }: Thrown, timestamp: number): void {
    const [first = text, ...lines] = (exception?.description ?? text).split('\n');
    const [, name = exception?.className ?? 'Error', message = first] =
      /^(?:Uncaught )?([\w.$]*Error): (.*)$/.exec(first) ?? [];
    const place = url === undefined ? [] : [`    at ${url}:${lineNumber + 1}:${columnNumber + 1}`];
    const shown = this.#shown(message);
    this.#note(this.#loader, {
      t: 'uncaught',
      name,
      message: shown,
      stack: [`${name}: ${shown}`, ...(lines.length > 0 ? lines : place)].join('\n').slice(0, MAX_STACK),
      origin: 'page',
      micros: machineTime(timestamp),
      error: (++this.#count << 1) | 1,
    });
  }

  #shown(text: string): string {
    return this.#redaction.shown(text, 'log', MAX_MESSAGE);
  }
}

interface Thrown {
  text: string;
  url?: string;
  lineNumber: number;
  columnNumber: number;
  exception?: Remote;
}

/** ms of the day → µs of the machine's clock, by what both show now. */
const machineTime = (ms: number): Micros => Math.round(machineMicros() - (Date.now() - ms) * 1000);

const textOf = ({ value, description, type }: Remote): string =>
  typeof value === 'string' ? value : (description ?? JSON.stringify(value) ?? type);
