/** Hangs an intake into a server: batches through a WebSocket, or one by one. I/O: connections. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { COLLECT_PATH, MAX_BATCH_BYTES } from '@intellimap/probe/wire';
import { WebSocketServer } from 'ws';
import { hear, type Listener, type Patience } from './page-socket.ts';
import { Refusal, refusalOf } from './refusal.ts';

export interface CollectorHost extends Listener {
  /** Why nobody is listened to who sends such headers; undefined: they may pass. */
  refusal?: (headers: IncomingMessage['headers']) => Refusal | undefined;
  limits?: Partial<SocketLimits>;
}

export interface SocketLimits extends Patience {
  /** At a time. */
  sockets: number;
}

/** Pages that are not looked at ping once a minute. */
const LIMITS: SocketLimits = { sockets: 1024, helloMs: 10_000, silentMs: 300_000 };

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
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      host.refused?.();
      return refuseUpgrade(socket, refusal);
    }
    sockets.handleUpgrade(request, socket, head, (opened) => hear(opened, host, limits, senderOf(request)));
  };
  const refusalOf = ({ headers }: IncomingMessage): Refusal | undefined =>
    host.refusal?.(headers) ??
    (sockets.clients.size < limits.sockets
      ? undefined
      : new Refusal(503, `${limits.sockets} pages are connected already`));
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
