/** Hangs an intake into a server: batches through a WebSocket, or one by one. I/O: connections. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  COLLECT_PATH,
  type CollectorMessage,
  MAX_BATCH_BYTES,
  type PageMessage,
} from '@intellimap/probe/wire';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel, Intake } from './intake.ts';
import { REQUEST_COST, type Senders } from './senders.ts';
import { Refusal, refusalOf } from './refusal.ts';

export interface CollectorHost {
  intake: Intake;
  /** µs of the machine's clock. */
  micros: () => number;
  /** Why nobody is listened to who sends such headers; undefined: they may pass. */
  refusal?: (headers: IncomingMessage['headers']) => Refusal | undefined;
  /** How fast each may send; absent: as they like. */
  senders?: Senders;
  /** Told of what was not taken. */
  refused?: () => void;
  limits?: Partial<SocketLimits>;
}

export interface SocketLimits {
  /** At a time. */
  sockets: number;
  /** ms for the first message, and between two: pages that are not looked at ping once a minute. */
  helloMs: number;
  silentMs: number;
}

const LIMITS: SocketLimits = { sockets: 1024, helloMs: 10_000, silentMs: 300_000 };

/** Codes of WebSockets: what was sent is against the rules; it may be tried again later. */
const WRONG = 1008;
const LATER = 1013;

export const isOurs = ({ url }: { url?: string | undefined }): boolean =>
  url?.split('?', 1)[0] === COLLECT_PATH;

/** Answers upgrades of our path; others are somebody else's. Returns how to end all. */
export function followUpgrades(server: Server, host: CollectorHost): () => void {
  const limits = { ...LIMITS, ...host.limits };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BATCH_BYTES,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!isOurs(request)) return;
    const refusal =
      host.refusal?.(request.headers) ??
      (sockets.clients.size >= limits.sockets
        ? new Refusal(503, `${limits.sockets} pages are connected already`)
        : undefined);
    if (refusal !== undefined) return refuseUpgrade(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (opened) => listen(opened, host, limits, senderOf(request)));
  };
  server.on('upgrade', upgrade);
  return () => {
    server.off('upgrade', upgrade);
    for (const each of sockets.clients) each.terminate();
    sockets.close();
  };
}

const REASONS: Record<number, string> = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };

export function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  const body = JSON.stringify({ message });
  socket.on('error', () => {});
  socket.end(
    [
      `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
    // Whoever does not end its side keeps nothing of ours.
    () => socket.destroy(),
  );
}

/** Who sends, as far as rates are concerned: pages of a site, programs of a machine. */
export const senderOf = ({ socket, headers }: IncomingMessage): string =>
  `${socket.remoteAddress} ${headers.origin ?? ''}`;

function listen(socket: WebSocket, host: CollectorHost, limits: SocketLimits, sender: string): void {
  const { intake, micros, senders } = host;
  let silence = setTimeout(() => socket.close(WRONG, 'nothing was said'), limits.helloMs);
  let isSilent = true;
  let rest: NodeJS.Timeout | undefined;
  const channel: Channel = {};
  let kept = 0;
  /** Of what came at once, the last is acknowledged: it stands for all before it. */
  let telling: NodeJS.Immediate | undefined;
  const say = (message: CollectorMessage): void => socket.send(JSON.stringify(message));
  const acknowledge = (): void => {
    telling = undefined;
    say({ t: 'kept', seq: kept });
  };
  const take = (bytes: Buffer): void => {
    ({ kept } = intake.take(bytes, channel));
    telling ??= setImmediate(acknowledge);
  };
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(silence);
    clearTimeout(rest);
    clearImmediate(telling);
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isSilent) {
      isSilent = false;
      clearTimeout(silence);
      silence = setTimeout(() => socket.terminate(), limits.silentMs);
    } else silence.refresh();
    const at = micros();
    try {
      if (isBinary) take(data);
      else {
        const { t, sent } = JSON.parse(data.toString()) as PageMessage;
        if (t === 'ping' && typeof sent === 'number') say({ t: 'pong', sent, at });
      }
    } catch (error) {
      return refuseMessage(error);
    }
    const seconds = senders?.charge(sender, data.length + REQUEST_COST, at) ?? 0;
    if (seconds === 0 || socket.isPaused) return undefined;
    // What is not read stays with the sender: its socket fills up, and the page keeps what it has.
    socket.pause();
    rest = setTimeout(() => socket.resume(), seconds * 1000);
    return undefined;
  });

  function refuseMessage(error: unknown): void {
    const { status, message } = refusalOf(error);
    host.refused?.();
    // Nothing is wrong with the page: it tries again.
    if (status === 503) return socket.close(LATER, message);
    say({ t: 'refused', reason: message });
    return socket.close(WRONG);
  }
}

/** A batch that was posted, to a server that has nobody else to read it. False: the request is somebody else's. */
export function answer(request: IncomingMessage, response: ServerResponse, host: CollectorHost): boolean {
  if (!isOurs(request) || request.method !== 'POST') return false;
  const refusal = host.refusal?.(request.headers);
  if (refusal !== undefined) {
    refuse(response, refusal);
    return true;
  }
  const parts: Buffer[] = [];
  let length = 0;
  request.on('data', (part: Buffer) => {
    length += part.length;
    if (length <= MAX_BATCH_BYTES) return void parts.push(part);
    parts.length = 0;
    if (!response.headersSent)
      refuse(response, new Refusal(413, `a batch has at most ${MAX_BATCH_BYTES} bytes`));
    return request.destroy();
  });
  request.on('end', () => {
    try {
      const { kept } = host.intake.take(Buffer.concat(parts));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ kept }));
    } catch (error) {
      refuse(response, refusalOf(error));
    }
  });
  return true;
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
