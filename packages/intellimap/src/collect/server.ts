/** The collector: pages and programs send, a run's folder holds what they sent. docs/collector.md lists its answers. I/O: a port of this machine. */
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { COLLECT_PATH, MAX_BATCH_BYTES } from '@intellimap/probe/wire';
import { ExitCode, Fault } from '../base/fault.ts';
import { type Admission, createAdmission } from './admission.ts';
import { type Counters, Intake, type IntakeOptions } from './intake.ts';
import { encodingOf, refused, taken } from './otlp/answers.ts';
import { inflated } from './otlp/inflate.ts';
import type { Signal } from './otlp/messages.ts';
import type { TextRedaction } from './otlp/redacted.ts';
import { type RunPlace, type Sink, Telemetry } from './otlp/telemetry.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { type Rate, REQUEST_COST, Senders } from './senders.ts';
import { followUpgrades, isOurs, refuseUpgrade, senderOf, type SocketLimits } from './socket.ts';

export interface CollectorOptions {
  /** The workspace. */
  root: string;
  /** As `IntakeOptions.redact`. */
  redact?: IntakeOptions['redact'];
  /** What OpenTelemetry sends is written down as this shows it. */
  texts?: TextRedaction;
  /** Run that all belongs to; asked when the first of it comes. */
  run: () => RunPlace;
  /** An address of this machine, and what may stand in `Host` when it listens on a port. */
  host: string;
  hosts: (port: number) => readonly string[];
  /** 0: any that is free. */
  port: number;
  /** What programs bring with them. */
  token: string;
  /** Of pages that may send beside those of this machine. */
  origins?: readonly string[];
  /** What OpenTelemetry sends is handed on. */
  sink?: Sink | undefined;
  limits?: Partial<CollectorLimits>;
}

export interface CollectorLimits extends SocketLimits {
  /** ms that the head of a request, and all of it, may take. */
  headMs: number;
  requestMs: number;
  rate: Rate;
}

export interface Collected extends Counters {
  spans: number;
  logs: number;
  points: number;
  /** Requests and batches that were not taken. */
  refused: number;
}

export interface Collector {
  readonly port: number;
  collected(): Collected;
  /** Ends all connections; what came is kept. */
  close(): Promise<void>;
}

const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;
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

/** @throws Fault when the port is taken, or the address is none of this machine */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { limits = {}, root, run, host, hosts, token, origins = [] } = options;
  const micros = (): number => Number(process.hrtime.bigint() / 1000n);
  const intake = new Intake({
    root,
    runDir: () => run().folder,
    tier: 'performance',
    micros,
    redact: options.redact,
  });
  const telemetry = new Telemetry(run, { sink: options.sink, redaction: options.texts });
  const senders = new Senders(limits.rate);
  const state = { refused: 0, admission: undefined as Admission | undefined };
  const app = createApp(limits);
  const refusal = (headers: IncomingMessage['headers']): Refusal | undefined => {
    const { admission } = state;
    const why = admission === undefined ? new Refusal(503, 'it is starting', 1) : admission.refusal(headers);
    if (why !== undefined) state.refused++;
    return why;
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, ...state.admission?.cors(request.headers) });
    const why = refusal(request.headers) ?? tooFast(request, senders, micros());
    if (why !== undefined) return refuse(reply, why);
    if (request.method === 'OPTIONS') return reply.code(204).send();
    if (pathOf(request) in SIGNALS && state.admission?.hasToken(request.headers) !== true) {
      reply.header('www-authenticate', 'Bearer');
      throw new Refusal(401, 'the token of the workspace is missing, or another one');
    }
    return undefined;
  });
  app.setErrorHandler((error, request, reply) => {
    state.refused++;
    return refuse(reply, known(error), encodingFor(request));
  });
  app.get('/healthz', (_, reply) => reply.send({ status: 'ok' }));
  app.post(COLLECT_PATH, { bodyLimit: MAX_BATCH_BYTES }, (request, reply) => {
    const { kept } = intake.take(request.body as Buffer);
    return reply.send({ kept });
  });
  for (const [path, signal] of Object.entries(SIGNALS)) addSignal(app, path, signal, telemetry);
  app.setNotFoundHandler((request) => {
    throw new Refusal(404, `there is nothing at ${request.method} ${pathOf(request)}`);
  });
  const endSockets = followUpgrades(app.server, {
    intake,
    micros,
    refusal,
    senders,
    refused: () => void state.refused++,
    limits,
  });
  app.server.on('upgrade', refuseOthers);
  const port = await listen(app, host, options.port);
  state.admission = createAdmission({ hosts: hosts(port), origins, token });
  return {
    port,
    collected: () => ({
      ...intake.counters,
      spans: telemetry.counters.traces,
      logs: telemetry.counters.logs,
      points: telemetry.counters.metrics,
      refused: state.refused,
    }),
    async close() {
      endSockets();
      await app.close();
      intake.close();
      telemetry.close();
    },
  };
}

function createApp({ headMs = HEAD_MS, requestMs = REQUEST_MS }: Partial<CollectorLimits>): FastifyInstance {
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
    const sent = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    const body = await inflated(sent, request.headers['content-encoding'], OTLP_BYTES);
    const answer = taken(signal, encoding, telemetry.take(signal, body, encoding));
    return reply.type(answer.type).send(answer.body);
  });
}

/** Before anything of it is read. */
function tooFast({ raw }: FastifyRequest, senders: Senders, now: number): Refusal | undefined {
  const sender = senderOf(raw);
  const seconds = senders.wait(sender, now);
  if (seconds > 0) return new Refusal(429, 'this is more than a sender may send', Math.ceil(seconds));
  // More than that is not read, whatever it says.
  const bytes = Math.min(Number(raw.headers['content-length']) || 0, OTLP_BYTES);
  senders.charge(sender, REQUEST_COST + bytes, now);
  return undefined;
}

/** What Fastify refuses by itself says so in `statusCode`. */
function known(error: unknown): Refusal {
  const { statusCode, message } = error as { statusCode?: number; message: string };
  const isOwn = error instanceof Refusal || statusCode === undefined || statusCode >= 500;
  return isOwn ? refusalOf(error) : new Refusal(statusCode, message);
}

function refuse(reply: FastifyReply, why: Refusal, encoding?: ReturnType<typeof encodingOf>) {
  const { type, body } = refused(why, encoding);
  // A body that nobody reads ends the connection.
  reply.code(why.status).header('connection', 'close');
  if (why.retryAfter !== undefined) reply.header('retry-after', why.retryAfter);
  return reply.type(type).send(body);
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0];
const encodingFor = (request: FastifyRequest): ReturnType<typeof encodingOf> =>
  pathOf(request) in SIGNALS ? encodingOf(request.headers['content-type']) : undefined;

function refuseOthers(request: IncomingMessage, socket: Duplex): void {
  if (!isOurs(request)) refuseUpgrade(socket, new Refusal(404, 'no WebSocket is spoken here'));
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Fault(
        ExitCode.FAILED,
        `port ${port} is in use, perhaps by another collector of this workspace`,
        'End that one, or take another port for this time with --port.',
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Fault(ExitCode.USAGE, `${host} is no address of this machine`);
    throw new Fault(ExitCode.FAILED, `cannot collect: ${message}`);
  }
  return (app.server.address() as AddressInfo).port;
}
