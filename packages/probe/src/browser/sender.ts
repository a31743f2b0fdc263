/**
 * Brings batches to the collector: through a WebSocket, which also says what was kept and what its clock shows; as beacons when the page goes away. What was
 * not kept yet is sent again, and the collector passes over what it has.
 */
import { slice } from '../core/intrinsics.ts';
import { COLLECT_PATH, type CollectorMessage, type Introduction } from '../wire/batch.ts';
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
const FIRST_MS = 30;
/** Of a WebSocket. */
const OPEN = 1;
/** Letters that a URL begins with, where one of a WebSocket has others. */
const HTTP = 4;

export interface SenderHost {
  /** URL, or path of the page's origin. */
  collector: string;
  /** The collector answered a ping: µs of this thread's clock, of the collector's, and of this thread's again. */
  told: (sent: number, at: number, got: number) => void;
  /** There is room again, or somebody to send to. */
  ready: () => void;
  refused: () => void;
  /** Who sends, for a collector that does not have the first batch. */
  introduction: () => Introduction;
}

export interface Sender {
  /** Where the collector is. */
  url: string;
  /** As much is known of the collector's clock as will be. */
  isTuned: boolean;
  /** Looks for the collector. */
  begin: () => void;
  /** Too much waits to be kept. */
  isFull: () => boolean;
  /** Whether what is sent goes off at once. */
  isOpen: () => boolean;
  /** What waits to be sent under this number is this instead. */
  replace: (seq: number, bytes: Bytes) => void;
  send: (seq: number, bytes: Bytes) => void;
  /** What somebody else made: nobody says whether it was kept. */
  relay: (bytes: Bytes) => void;
  /** The page goes away, or is put aside: what nobody has kept goes as beacons, as far as the browser takes it. An open socket would keep the page out of the browser's memory of pages. */
  leave: () => void;
}

type Bytes = Uint8Array<ArrayBuffer>;

export function createSender({ collector: given, told, ready, refused, introduction }: SenderHost): Sender {
  let socket: WebSocket | undefined;
  let waiting: { seq: number; bytes: Bytes }[] = [];
  let waitingBytes = 0;
  let retry = FIRST_RETRY;
  let timer = 0;
  let pongs = 0;
  let isOver = false;
  /** It may be looked for: a worker knows whose it is, as far as it will. */
  let isBegun = false;
  /** This socket has brought a batch: it is known whose it is. */
  let isOurs = false;
  // The page may know better than whoever built it.
  const meta = globalThis.document?.querySelector<HTMLMetaElement>('meta[name=intellimap-collector]');
  const collector = meta?.content ?? given;

  const connect = (): void => {
    if (socket || timer || isOver || !isBegun) return;
    let made: WebSocket;
    try {
      made = new NativeWebSocket(`ws${slice(sender.url, HTTP)}`);
    } catch {
      // The page's policy refuses it for good.
      return end();
    }
    socket = made;
    made.binaryType = 'arraybuffer';
    /* oxlint-disable unicorn/prefer-add-event-listener -- that may be somebody else's */
    made.onopen = () => {
      isOurs = false;
      sendAll(made);
      ping(made);
    };
    made.onmessage = ({ data }) => {
      const message = JSON.parse(data as string) as CollectorMessage;
      if (message.t === 'pong') ponged(made, message);
      else if (message.t === 'kept') kept(message.seq);
      else if (message.t === 'who') {
        made.send(JSON.stringify({ t: 'hello', ...introduction() }));
        sendAll(made);
      } else end();
    };
    made.onclose = () => {
      if (made !== socket) return;
      socket = undefined;
      if (isOver) return;
      timer = setTimer(() => {
        timer = 0;
        connect();
      }, retry);
      retry = Math.min(retry * 2, LAST_RETRY);
    };
    /* oxlint-enable unicorn/prefer-add-event-listener */
  };
  const sendAll = (by: WebSocket): void => {
    for (const { bytes } of waiting) {
      by.send(bytes);
      isOurs = true;
    }
  };
  const ping = (by: WebSocket): void => {
    if (by === socket && sender.isOpen()) by.send(JSON.stringify({ t: 'ping', sent: micros() }));
  };
  const ponged = (by: WebSocket, { sent, at }: { sent: number; at: number }): void => {
    told(sent, at, micros());
    if (++pongs < FIRST_PINGS) return ping(by);
    tuned();
    setTimer(() => ping(by), PING_MS);
  };
  const tuned = (): void => {
    if (sender.isTuned) return;
    sender.isTuned = true;
    ready();
  };
  const kept = (seq: number): void => {
    const wasFull = sender.isFull();
    // Who takes the connection alone may have no place for what comes through it.
    retry = FIRST_RETRY;
    while (waiting[0]?.seq <= seq) waitingBytes -= waiting.shift()!.bytes.length;
    if (wasFull && !sender.isFull()) ready();
  };
  /** Nobody wants it. */
  const end = (): void => {
    isOver = true;
    waiting = [];
    waitingBytes = 0;
    socket?.close();
    socket = undefined;
    refused();
  };

  /** @param keepalive even if the page goes away meanwhile */
  const post = (bytes: Bytes, keepalive: boolean): void => {
    try {
      // Text of no type is asked about nowhere: a beacon to another origin cannot wait for an answer first.
      const body = new NativeBlob([bytes], { type: 'text/plain' });
      void nativeFetch(sender.url, {
        method: 'POST',
        body,
        keepalive,
        mode: 'no-cors',
        credentials: 'omit',
      }).catch(() => {});
    } catch {
      // Nobody is there any more to be told.
    }
  };

  const sender: Sender = {
    // Workers and frames that are made of texts have an address that leads nowhere, but the origin of who made them.
    url: (collector.startsWith('http') ? '' : globalThis.origin) + collector + COLLECT_PATH,
    isTuned: false,
    begin() {
      isBegun = true;
      setTimer(tuned, TUNING_MS);
      // The page has more to do at first.
      setTimer(connect, FIRST_MS);
    },
    isFull: () => waitingBytes >= MAX_WAITING,
    isOpen: () => socket?.readyState === OPEN,
    replace(seq, bytes) {
      if (waiting[0]?.seq !== seq) return;
      waitingBytes += bytes.length - waiting[0].bytes.length;
      waiting[0].bytes = bytes;
    },
    send(seq, bytes) {
      if (isOver) return;
      waiting.push({ seq, bytes });
      waitingBytes += bytes.length;
      if (!sender.isOpen()) return connect();
      socket!.send(bytes);
      isOurs = true;
    },
    relay(bytes) {
      // A socket is of whoever is first heard on it.
      if (isOurs && sender.isOpen()) socket!.send(bytes);
      else post(bytes, false);
    },
    leave() {
      let room = MAX_BEACON;
      for (const { bytes } of waiting) {
        room -= bytes.length;
        if (room < 0) break;
        post(bytes, true);
      }
      const left = socket;
      socket = undefined;
      clearTimer(timer);
      timer = 0;
      left?.close();
    },
  };
  return sender;
}
