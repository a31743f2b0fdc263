/** The collector: pages and programs send, a run's folder holds what they sent. I/O: a port of this machine. */
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ExitCode, Fault } from '../base/fault.ts';
import { type Admission, createAdmission } from './admission.ts';
import { createApp, type RequestLimits } from './app.ts';
import { type Counters, Intake, type IntakeOptions } from './intake.ts';
import type { TextRedaction } from './otlp/redacted.ts';
import { type RunPlace, type Sink, Telemetry } from './otlp/telemetry.ts';
import { Refusal } from './refusal.ts';
import { type Rate, Senders } from './senders.ts';
import { followUpgrades, isOurs, refuseUpgrade, type SocketLimits } from './socket.ts';

export interface CollectorOptions {
  /** The workspace. */
  root: string;
  /** As `IntakeOptions.redact`. */
  redact: IntakeOptions['redact'];
  /** What OpenTelemetry sends is written down as this shows it. */
  texts: TextRedaction;
  /** Run that all belongs to; asked when the first of it comes. @param agoMs for how long that has been recorded */
  run: (agoMs: number) => RunPlace;
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

export interface CollectorLimits extends SocketLimits, RequestLimits {
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

/** As long as it starts. */
const NOBODY: Admission = {
  refusal: () => new Refusal(503, 'the collector starts', 1),
  cors: () => ({}),
  hasToken: () => false,
};

/** @throws Fault when the port is taken, or the address is none of this machine */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { limits = {}, root, redact, run, host, hosts, token, origins = [] } = options;
  const micros = (): number => Number(process.hrtime.bigint() / 1000n);
  const intake = new Intake({
    root,
    redact,
    runDir: (agoMs) => run(agoMs).folder,
    tier: 'performance',
    micros,
  });
  const telemetry = new Telemetry({ run, sink: options.sink, redaction: options.texts });
  // Whom it may let in depends on the port.
  let admission = NOBODY;
  let refusals = 0;
  const shared = { intake, micros, senders: new Senders(limits.rate), refused: () => void refusals++ };
  const app = createApp({ ...shared, telemetry, admission: () => admission }, limits);
  const refusal = (headers: IncomingMessage['headers']) => admission.refusal(headers);
  const endSockets = followUpgrades(app.server, { ...shared, refusal, limits });
  app.server.on('upgrade', refuseOthers);
  const port = await listen(app, host, options.port);
  admission = createAdmission({ hosts: hosts(port), origins, token });
  return {
    port,
    collected() {
      const { traces: spans, logs, metrics: points } = telemetry.counters;
      return { ...intake.counters, spans, logs, points, refused: refusals };
    },
    async close() {
      endSockets();
      await app.close();
      intake.close();
      telemetry.close();
    },
  };
}

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
