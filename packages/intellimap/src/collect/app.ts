/** What the collector answers over HTTP: docs/collector.md lists it. Nothing is read of who may not send. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { COLLECT_PATH, MAX_BATCH_BYTES } from '@intellimap/probe/wire';
import type { Admission } from './admission.ts';
import type { Intake } from './intake.ts';
import { encodingOf, refused, taken } from './otlp/answers.ts';
import { inflated } from './otlp/inflate.ts';
import type { Signal } from './otlp/messages.ts';
import type { Encoding, Telemetry } from './otlp/telemetry.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { REQUEST_COST, type Senders } from './senders.ts';
import { senderOf } from './socket.ts';

export interface AppParts {
  intake: Intake;
  telemetry: Telemetry;
  senders: Senders;
  /** µs of the machine's clock. */
  micros: () => number;
  /** Asked for each request. */
  admission: () => Admission;
  /** Told of each request that is not taken. */
  refused: () => void;
}

/** ms that the head of a request, and all of it, may take. */
export interface RequestLimits {
  headMs: number;
  requestMs: number;
}

const LIMITS: RequestLimits = { headMs: 10_000, requestMs: 30_000 };
/** How often late requests are looked for. */
const CHECK_MS = 1000;
/** Of requests and WebSockets together; those beyond are closed at once. */
const CONNECTIONS = 2048;
/** Of a request of OTLP, before and after it is inflated. */
const OTLP_BYTES = 16 << 20;

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'no-referrer',
};

const SIGNALS: Record<string, Signal> = {
  '/v1/traces': 'traces',
  '/v1/logs': 'logs',
  '/v1/metrics': 'metrics',
};

/** A server that does not listen yet. */
export function createApp(parts: AppParts, limits: Partial<RequestLimits>): FastifyInstance {
  const app = emptyApp({ ...LIMITS, ...limits });
  app.addHook('onRequest', async (request, reply) => await admit(request, reply, parts));
  app.addHook('preHandler', async (request) =>
    charge(request, bodyOf(request).length - announced(request), parts),
  );
  app.setErrorHandler((error, request, reply) => {
    parts.refused();
    return refuse(reply, known(error), encodingFor(request));
  });
  app.setNotFoundHandler((request) => {
    throw new Refusal(404, `there is nothing at ${request.method} ${pathOf(request)}`);
  });
  app.get('/healthz', (_, reply) => reply.send({ status: 'ok' }));
  app.post(COLLECT_PATH, { bodyLimit: MAX_BATCH_BYTES }, (request, reply) => {
    const { kept } = parts.intake.take(bodyOf(request));
    return reply.send({ kept });
  });
  for (const [path, signal] of Object.entries(SIGNALS)) addSignal(app, path, signal, parts.telemetry);
  return app;
}

function emptyApp({ headMs, requestMs }: RequestLimits): FastifyInstance {
  const app = Fastify({
    bodyLimit: OTLP_BYTES,
    forceCloseConnections: true,
    requestTimeout: requestMs,
    http: { headersTimeout: headMs, connectionsCheckingInterval: Math.min(CHECK_MS, headMs) },
  });
  app.server.maxConnections = CONNECTIONS;
  // Beacons of pages are text of no type, so that browsers do not ask beforehand.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  return app;
}

function addSignal(app: FastifyInstance, path: string, signal: Signal, telemetry: Telemetry): void {
  app.post(path, async (request, reply) => {
    const encoding = encodingOf(request.headers['content-type']);
    if (encoding === undefined) throw new Refusal(415, 'OTLP is application/json or application/x-protobuf');
    const body = await inflated(bodyOf(request), request.headers['content-encoding'], OTLP_BYTES);
    const answer = taken(signal, encoding, telemetry.take(signal, body, encoding));
    return reply.type(answer.type).send(answer.body);
  });
}

/** Before anything of it is read. @throws Refusal */
async function admit(request: FastifyRequest, reply: FastifyReply, parts: AppParts): Promise<unknown> {
  const { headers } = request;
  const admission = parts.admission();
  reply.headers({ ...HEADERS, ...admission.cors(headers) });
  const why = admission.refusal(headers) ?? tooFast(request, parts);
  if (why !== undefined) throw why;
  charge(request, REQUEST_COST + announced(request), parts);
  if (request.method === 'OPTIONS') return reply.code(204).send();
  if (pathOf(request) in SIGNALS && !admission.hasToken(headers)) {
    reply.header('www-authenticate', 'Bearer');
    throw new Refusal(401, 'the token of the workspace is missing, or another one');
  }
  return undefined;
}

function tooFast({ raw }: FastifyRequest, { senders, micros }: AppParts): Refusal | undefined {
  const seconds = senders.wait(senderOf(raw), micros());
  return seconds > 0
    ? new Refusal(429, 'this is more than a sender may send', Math.ceil(seconds))
    : undefined;
}

function charge({ raw }: FastifyRequest, bytes: number, { senders, micros }: AppParts): void {
  senders.charge(senderOf(raw), bytes, micros());
}

/** Bytes that its body may have: more than that is not read, whatever it says. */
function announced({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return OTLP_BYTES;
  return Math.min(Number(headers['content-length'] ?? 0), OTLP_BYTES);
}

/** What Fastify refuses by itself says so in `statusCode`. */
function known(error: unknown): Refusal {
  const { statusCode, message } = error as { statusCode?: number; message: string };
  const isOwn = error instanceof Refusal || statusCode === undefined || statusCode >= 500;
  return isOwn ? refusalOf(error) : new Refusal(statusCode, message);
}

function refuse(reply: FastifyReply, why: Refusal, encoding: Encoding | undefined): FastifyReply {
  const { type, body } = refused(why, encoding);
  // A body that nobody reads ends the connection.
  reply.code(why.status).header('connection', 'close');
  if (why.retryAfter !== undefined) reply.header('retry-after', why.retryAfter);
  return reply.type(type).send(body);
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0];
const bodyOf = ({ body }: FastifyRequest): Buffer => (body as Buffer | undefined) ?? Buffer.alloc(0);
const encodingFor = (request: FastifyRequest): Encoding | undefined =>
  pathOf(request) in SIGNALS ? encodingOf(request.headers['content-type']) : undefined;
