/** What a page says through its WebSocket, and what it is told. I/O: the connection. */
import type { CollectorMessage } from '@intellimap/probe/wire';
import type { WebSocket } from 'ws';
import type { Channel, Intake } from './intake.ts';
import { recordIn } from '../base/is-record.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { REQUEST_COST, type Senders } from './senders.ts';

export interface Listener {
  intake: Intake;
  /** µs of the machine's clock. */
  micros: () => number;
  /** How fast each may send; absent: as they like. */
  senders?: Senders;
  /** Told of what was not taken. */
  refused?: () => void;
}

/** ms for the first message, and between two. */
export interface Patience {
  helloMs: number;
  silentMs: number;
}

/** Codes of WebSockets: what was sent is against the rules; it may be tried again later. */
const WRONG = 1008;
const LATER = 1013;
/** Bytes of answers that nobody reads: some thousands of them. */
const MAX_UNREAD = 1 << 18;

/** @param sender whose rate it is */
export function hear(socket: WebSocket, listener: Listener, patience: Patience, sender: string): void {
  // It lives as long as the socket that calls it.
  void new PageSocket(socket, listener, patience, sender);
}

class PageSocket {
  readonly #socket: WebSocket;
  readonly #listener: Listener;
  readonly #sender: string;
  readonly #channel: Channel = {};
  #kept = 0;
  #isOver = false;
  /** The page was asked who it is. */
  #isAsked = false;
  #silence: NodeJS.Timeout;
  #rest: NodeJS.Timeout | undefined;
  /** Of what came at once, the last is acknowledged: it stands for all before it. */
  #telling: NodeJS.Immediate | undefined;

  constructor(socket: WebSocket, listener: Listener, { helloMs, silentMs }: Patience, sender: string) {
    this.#socket = socket;
    this.#listener = listener;
    this.#sender = sender;
    this.#silence = setTimeout(() => socket.close(WRONG, 'nothing was said'), helloMs);
    socket.once('message', () => {
      clearTimeout(this.#silence);
      this.#silence = setTimeout(() => socket.terminate(), silentMs);
    });
    socket.on('message', (data: Buffer, isBinary) => this.#message(data, isBinary));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#end());
  }

  #message(data: Buffer, isBinary: boolean): void {
    // What was on its way when it was told to stop.
    if (this.#isOver) return;
    this.#silence.refresh();
    const at = this.#listener.micros();
    try {
      if (isBinary) this.#take(data);
      else this.#text(data.toString(), at);
    } catch (error) {
      return this.#refuse(refusalOf(error));
    }
    this.#slowDown(this.#listener.senders?.charge(this.#sender, data.length + REQUEST_COST, at) ?? 0);
  }

  #take(bytes: Buffer): void {
    const { kept, isStranger, isOwn } = this.#listener.intake.take(bytes, this.#channel);
    if (!isOwn) return;
    if (isStranger) return this.#ask();
    this.#kept = kept;
    this.#telling ??= setImmediate(() => {
      this.#telling = undefined;
      this.#say({ t: 'kept', seq: this.#kept });
    });
  }

  /** Once: what comes until it answers is sent again then. */
  #ask(): void {
    if (!this.#isAsked) this.#say({ t: 'who' });
    this.#isAsked = true;
  }

  #text(text: string, at: number): void {
    const message = recordIn(text);
    if (message === undefined) throw new Refusal(400, 'a text is a JSON object');
    const { t, sent } = message;
    if (t === 'ping' && typeof sent === 'number') this.#say({ t: 'pong', sent, at });
    else if (t === 'hello') this.#listener.intake.meet(message, this.#channel);
  }

  #slowDown(seconds: number): void {
    const socket = this.#socket;
    if (seconds === 0 || socket.isPaused) return;
    // What is not read stays with the sender: its socket fills up, and the page keeps what it has.
    socket.pause();
    this.#rest = setTimeout(() => socket.resume(), seconds * 1000);
  }

  #refuse({ retryAfter, message }: Refusal): void {
    this.#isOver = true;
    this.#listener.refused?.();
    // Nothing is wrong with the page: it tries again.
    if (retryAfter !== undefined) return this.#socket.close(LATER);
    this.#say({ t: 'refused', reason: message });
    this.#socket.close(WRONG);
  }

  #say(message: CollectorMessage): void {
    this.#socket.send(JSON.stringify(message));
    if (this.#socket.bufferedAmount > MAX_UNREAD) this.#socket.terminate();
  }

  #end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#rest);
    clearImmediate(this.#telling);
  }
}
