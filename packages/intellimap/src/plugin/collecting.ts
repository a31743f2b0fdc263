/** Takes in what pages of a dev server send. I/O: the server, signals of this process, the port of the workspace. */
import { collectorRedaction, noteRedaction } from '../record/redaction.ts';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Fault } from '../base/fault.ts';
import {
  answer,
  collectorFile,
  type CollectorHost,
  followUpgrades,
  Intake,
  type MapOf,
  Refusal,
} from '../collect/index.ts';
import type { DevRun } from './dev-run.ts';

/** What of a dev server is used: Vite's, and what looks like it. */
export interface Served {
  httpServer: Server | null;
  middlewares: {
    use(handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): unknown;
  };
}

const micros = (): number => Number(process.hrtime.bigint() / 1000n);

/**
 * The server itself takes in what its pages send. Who may ask it at all (`Host`) is the server's to know.
 * @param isFriend whether pages of an origin that is not the server's may send
 * @param mapOf source maps of what it serves now
 */
export function collectIn(
  { httpServer, middlewares }: Served,
  run: DevRun,
  isFriend: (origin: string) => boolean,
  mapOf?: MapOf,
): void {
  const intake = new Intake({
    root: run.root,
    runDir: (agoMs) => run.folder(agoMs),
    tier: 'performance',
    micros,
    redact: noteRedaction(run.root, run.pages.redact),
    ...(mapOf && { mapOf }),
  });
  const host: CollectorHost = { intake, micros, refusal: (headers) => refusalOf(headers, isFriend) };
  middlewares.use((request, response, next) => {
    if (!answer(request, response, host)) next();
  });
  const endSockets = httpServer === null ? undefined : followUpgrades(httpServer, host);
  const end = (): void => {
    endSockets?.();
    intake.close();
    run.end();
  };
  httpServer?.once('close', end);
  atEnd(end);
}

/** A page sends where it came from: its origin is the host that it asks. */
function refusalOf(
  { origin, host }: IncomingHttpHeaders,
  isFriend: (origin: string) => boolean,
): Refusal | undefined {
  if (origin === undefined || isFriend(origin)) return undefined;
  if (URL.canParse(origin) && new URL(origin).host === host) return undefined;
  return new Refusal(403, `pages of ${origin.slice(0, 100)} may not send`);
}

export const collectorUrl = (root: string): string => `http://127.0.0.1:${collectorFile(root).port}`;

/** What a page that says whom it speaks to has to say. */
export const policyText = (url: string): string =>
  `intellimap: recorded pages send to ${url}; a Content-Security-Policy has to let them: connect-src ${url} ${url.replace('http', 'ws')}`;

/** The collector of the workspace, unless there is one already: `intellimap collect`, or that of a run. Returns how to end it. */
export async function collectAtPort(run: DevRun): Promise<() => void> {
  const { root } = run;
  const { startCollector } = await import('../collect/server.ts');
  const { port, token } = collectorFile(root);
  try {
    const collector = await startCollector({
      root,
      ...collectorRedaction(root, run.pages.redact),
      run: (agoMs) => ({ folder: run.folder(agoMs), startedAt: run.startedAt }),
      host: '127.0.0.1',
      hosts: (own) => ['127.0.0.1', 'localhost'].map((name) => `${name}:${own}`),
      port,
      token,
    });
    const end = (): void => {
      void collector.close();
      run.end();
    };
    atEnd(end);
    return end;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return () => {};
  }
}

/** When the process ends in an orderly way, or by a signal that nobody else hears. */
function atEnd(end: () => void): void {
  let isOver = false;
  const once = (): void => {
    if (isOver) return;
    isOver = true;
    end();
  };
  process.once('exit', once);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      once();
      // Without us it would have ended the process.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
}
