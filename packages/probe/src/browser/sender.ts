/**
 * Brings batches to the collector: through a WebSocket, which also says what was kept and what its clock shows; as beacons when the page goes away. What was
 * not kept yet is sent again, and the collector passes over what it has.
 */
import { COLLECT_PATH, type CollectorMessage } from '../wire/batch.ts';
import { clearTimer, micros, NativeBlob, nativeFetch, NativeWebSocket, setTimer } from './natives.ts';

/** Bytes of batches that wait to be kept; beyond, words stay in the ring, and are dropped and counted when that is full. */
const MAX_WAITING = 4 << 20;
/** What browsers send after the page has gone, of all beacons together. */
const MAX_BEACON = 60_000;
/** ms between two attempts, doubled each time. */
const FIRST_RETRY = 250;
const LAST_RETRY = 30_000;
/** Answered pings that make the clocks known, and ms after which nobody waits for them; then there is one ping in so many ms. */
const FIRST_PINGS = 3;
const TUNING_MS = 500;
const PING_MS = 10_000;

export interface SenderHost {
  /** URL, or path of the page's origin. */
  collector: string;
  /** The collector answered a ping: µs of this thread's clock, of the collector's, and of this thread's again. */
  told: (sent: number, at: number, got: number) => void;
  /** There is room again, or somebody to send to. */
  ready: () => void;
  refused: (reason: string) => void;
}

interface Waiting {
  seq: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export class Sender {
  readonly #host: SenderHost;
  url: string;
  #socket: WebSocket | undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #retry = FIRST_RETRY;
  #timer = 0;
  #pongs = 0;
  #isOver = false;
  /** As much is known of the collector's clock as will be. */
  isTuned = false;

  constructor(host: SenderHost) {
    this.#host = host;
    // Workers and frames that are made of texts have an address that leads nowhere, but the origin of who made them.
    // The page may know better than whoever built it.
    const told = globalThis.document?.querySelector<HTMLMetaElement>('meta[name=intellimap-collector]');
    const collector = told?.content ?? host.collector;
    this.url = (collector.startsWith('http') ? '' : globalThis.origin) + collector + COLLECT_PATH;
  }

  /** Looks for the collector. */
  begin(): void {
    setTimer(() => this.#tuned(), TUNING_MS);
    this.#connect();
  }

  get isFull(): boolean {
    return this.#waitingBytes >= MAX_WAITING;
  }

  /** Whether what is sent goes off at once. */
  get isOpen(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** What waits to be sent under this number is this instead. */
  replace(seq: number, bytes: Uint8Array<ArrayBuffer>): void {
    const found = this.#waiting[0];
    if (found?.seq === seq) found.bytes = bytes;
  }

  send(seq: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isOver) return;
    this.#waiting.push({ seq, bytes });
    this.#waitingBytes += bytes.length;
    if (this.isOpen) this.#socket!.send(bytes);
    else this.#connect();
  }

  /** The page goes away, or is put aside: what nobody has kept goes as beacons, as far as the browser takes it. An open socket would keep the page out of the browser's memory of pages. */
  leave(): void {
    let room = MAX_BEACON;
    for (const { bytes } of this.#waiting) {
      room -= bytes.length;
      if (room < 0) break;
      this.post(bytes, true);
    }
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimer(this.#timer);
    this.#timer = 0;
    socket?.close();
  }

  /** Nobody says whether it was kept. @param keepalive even if the page goes away meanwhile */
  post(bytes: Uint8Array<ArrayBuffer>, keepalive: boolean): void {
    try {
      // Text of no type is asked about nowhere: a beacon to another origin cannot wait for an answer first.
      const body = new NativeBlob([bytes], { type: 'text/plain' });
      void nativeFetch(this.url, {
        method: 'POST',
        body,
        keepalive,
        mode: 'no-cors',
        credentials: 'omit',
      }).catch(() => {});
    } catch {
      // Nobody is there any more to be told.
    }
  }

  #connect(): void {
    if (this.#socket !== undefined || this.#timer !== 0 || this.#isOver) return;
    let socket: WebSocket;
    try {
      socket = new NativeWebSocket(this.url.replace(/^http/, 'ws'));
    } catch (error) {
      // The page's policy refuses it for good.
      return this.#refused((error as Error).message);
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    /* oxlint-disable unicorn/prefer-add-event-listener -- that may be somebody else's */
    socket.onopen = () => {
      this.#retry = FIRST_RETRY;
      for (const { bytes } of this.#waiting) socket.send(bytes);
      this.#ping(socket);
    };
    socket.onmessage = ({ data }) => this.#hear(socket, JSON.parse(data as string) as CollectorMessage);
    socket.onclose = () => this.#again(socket);
    /* oxlint-enable unicorn/prefer-add-event-listener */
  }

  #ping(socket: WebSocket): void {
    if (socket === this.#socket && socket.readyState === 1)
      socket.send(JSON.stringify({ t: 'ping', sent: micros() }));
  }

  #ponged(socket: WebSocket, sent: number, at: number): void {
    this.#host.told(sent, at, micros());
    if (++this.#pongs < FIRST_PINGS) return this.#ping(socket);
    this.#tuned();
    setTimer(() => this.#ping(socket), PING_MS);
  }

  #tuned(): void {
    if (this.isTuned) return;
    this.isTuned = true;
    this.#host.ready();
  }

  #again(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    if (this.#isOver) return;
    this.#timer = setTimer(() => {
      this.#timer = 0;
      this.#connect();
    }, this.#retry);
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY);
  }

  #hear(socket: WebSocket, message: CollectorMessage): void {
    if (message.t === 'pong') this.#ponged(socket, message.sent, message.at);
    else if (message.t === 'refused') this.#refused(message.reason);
    else this.#kept(message.seq);
  }

  #kept(seq: number): void {
    const wasFull = this.isFull;
    while (this.#waiting.length > 0 && this.#waiting[0].seq <= seq)
      this.#waitingBytes -= this.#waiting.shift()!.bytes.length;
    if (wasFull && !this.isFull) this.#host.ready();
  }

  #refused(reason: string): void {
    this.#isOver = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#socket?.close();
    this.#socket = undefined;
    this.#host.refused(reason);
  }
}
