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
import { type Intake, Refusal } from './intake.ts';

export interface CollectorHost {
  intake: Intake;
  /** May a page of this origin send? Undefined: none is told. */
  isAllowed: (origin: string | undefined) => boolean;
  /** µs of the machine's clock. */
  micros: () => number;
}

const isOurs = ({ url }: IncomingMessage): boolean => url?.split('?', 1)[0] === COLLECT_PATH;

/** Answers upgrades of our path; others are somebody else's. Returns how to end all. */
export function followUpgrades(server: Server, host: CollectorHost): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BATCH_BYTES,
    perMessageDeflate: false,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!isOurs(request)) return;
    if (!host.isAllowed(request.headers.origin)) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n') as never;
    sockets.handleUpgrade(request, socket, head, (opened) => listen(opened, host));
  };
  server.on('upgrade', upgrade);
  return () => {
    server.off('upgrade', upgrade);
    for (const each of sockets.clients) each.terminate();
    sockets.close();
  };
}

function listen(socket: WebSocket, { intake, micros }: CollectorHost): void {
  const say = (message: CollectorMessage): void => socket.send(JSON.stringify(message));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: Buffer, isBinary) => {
    const at = micros();
    try {
      if (isBinary) say({ t: 'kept', seq: intake.take(data).kept });
      else {
        const { t, sent } = JSON.parse(data.toString()) as PageMessage;
        if (t === 'ping' && typeof sent === 'number') say({ t: 'pong', sent, at });
      }
    } catch (error) {
      say({ t: 'refused', reason: (error as Error).message });
      socket.close(1008);
    }
  });
}

/** A batch that was posted. False: the request is somebody else's. */
export function answer(request: IncomingMessage, response: ServerResponse, host: CollectorHost): boolean {
  if (!isOurs(request) || request.method !== 'POST') return false;
  if (!host.isAllowed(request.headers.origin))
    return refuse(response, 403, 'pages of this origin may not send');
  const parts: Buffer[] = [];
  let length = 0;
  request.on('data', (part: Buffer) => {
    length += part.length;
    if (length > MAX_BATCH_BYTES) {
      refuse(response, 413, `a batch has at most ${MAX_BATCH_BYTES} bytes`);
      request.destroy();
    } else parts.push(part);
  });
  request.on('end', () => {
    try {
      const { kept } = host.intake.take(Buffer.concat(parts));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ kept }));
    } catch (error) {
      refuse(response, error instanceof Refusal ? error.status : 500, (error as Error).message);
    }
  });
  return true;
}

function refuse(response: ServerResponse, status: number, message: string): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
  return true;
}
