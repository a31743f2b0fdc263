/** The server: who may ask, pages, questions. I/O: a port of this machine. */
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ANALYSES } from '../analyses/index.ts';
import { COLUMNS_TYPE, encodeColumns } from '../base/columns.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { standing, type StandingOptions } from '../query/index.ts';
import type { Question } from './contract.ts';
import { failureOf } from './failure.ts';
import { createGuard, type Guard } from './guard.ts';
import { SAFE_HEADERS } from './headers.ts';
import { hostNames, hostsOf, isLoopback } from './hosts.ts';
import { createPages, enteredPage, type Page, refusedPage } from './pages.ts';
import type { Context, Route } from './route.ts';
import { ROUTES } from './routes/index.ts';
import { addEdit } from './edit.ts';
import { type AskLive, addLive } from './live.ts';
import { addSql } from './sql.ts';

export interface ServeOptions extends StandingOptions {
  /** Of IntelliMap. */
  version: string;
  /** By name; ours, if nothing is said. */
  analyses?: Readonly<Record<string, unknown>>;
  /** Folder of the built UI. */
  ui: string;
  /** An address of this machine; by default the loopback one, which nobody else reaches. */
  host?: string;
  /** 0: any that is free. */
  port?: number;
  /** Without it, nothing is told of runs that go on but that they do. */
  askLive?: AskLive;
}

export interface Server {
  /** Loads what is new. To be opened in a browser; whoever has it may look at everything. `run`: the one to begin with. @throws Fault: there is none such */
  addressOf(run?: string): Promise<string>;
  readonly port: number;
  readonly context: Context;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
/** Queries are the longest that is sent. */
const BODY_BYTES = 2 ** 20;

/** @throws Fault when the port is taken, or the address is none of this machine */
export async function startServer(root: string, options: ServeOptions): Promise<Server> {
  const {
    version,
    analyses = ANALYSES,
    ui,
    host = DEFAULT_HOST,
    port: wanted = 0,
    askLive,
    ...others
  } = options;
  const data = standing(root, others);
  const context: Context = { root, version, analyses, data };
  let guard: Guard | undefined;
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } },
    // Of addresses that cannot be read, which no hook hears of.
    frameworkErrors: (error, request, reply) => void (refused(guard, request, reply) ?? fail(error, reply)),
  });
  // What a form of any page may send.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => refused(guard, request, reply));
  app.setErrorHandler((error, _, reply) => fail(error, reply));
  app.get('/enter', (request, reply) => enter(guard!, request, reply));
  for (const [name, route] of Object.entries(ROUTES)) addQuestion(app, context, name, route);
  addSql(app, context);
  addEdit(app, context, isLoopback(host));
  addLive(app, context, askLive);
  const pages = createPages(ui);
  app.setNotFoundHandler((request, reply) => show(pages, request, reply));
  const port = await listen(app, host, wanted);
  guard = createGuard(hostsOf(host, port), port);
  const { token } = guard;
  return {
    async addressOf(run) {
      const id = await runOf(context, run);
      const chosen = run === undefined || id === null ? '' : `&run=${encodeURIComponent(id)}`;
      return `http://${hostNames(host)[0]}:${port}/enter?token=${token}${chosen}`;
    },
    port,
    context,
    async close() {
      await app.close();
      await data.close();
    },
  };
}

/** Loads what is to be looked at. null: no run is asked for. */
async function runOf({ data }: Context, run: string | undefined): Promise<string | null> {
  if (run !== undefined) return await data.ask({ run }, async (session) => session.run.id);
  try {
    return await data.askAll(async () => null);
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return null;
    throw error;
  }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Fault(
        ExitCode.FAILED,
        `port ${port} is in use`,
        'Leave --port out, and a free one is taken.',
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Fault(ExitCode.USAGE, `${host} is no address of this machine`);
    if (code === 'EACCES')
      throw new Fault(ExitCode.USAGE, `port ${port} is not for everybody`, 'Take one above 1023.');
    throw new Fault(ExitCode.FAILED, `cannot listen: ${message}`);
  }
  return (app.server.address() as AddressInfo).port;
}

const isApi = ({ url }: FastifyRequest): boolean => url.startsWith('/api/');
const isEntering = ({ url }: FastifyRequest): boolean => url.startsWith('/enter?');

/** undefined: it may pass. */
function refused(guard: Guard | undefined, request: FastifyRequest, reply: FastifyReply) {
  reply.headers(SAFE_HEADERS);
  const refusal = guard?.refusal(request, isEntering(request));
  if (refusal === null) return undefined;
  const { status = 503, message = 'the server is starting', hint = 'Ask again.' } = refusal ?? {};
  reply.code(status);
  return isApi(request) ? reply.send({ message, hint }) : send(reply, refusedPage(message, hint));
}

function fail(error: unknown, reply: FastifyReply) {
  const { status, body } = failureOf(error);
  return reply.code(status).send(body);
}

/** The token is exchanged for a cookie, so that it stands in no address, and no history, from then on. */
function enter(guard: Guard, request: FastifyRequest, reply: FastifyReply) {
  const { token, run } = request.query as { token?: unknown; run?: unknown };
  if (!guard.isToken(typeof token === 'string' ? token : undefined)) {
    reply.code(401);
    return send(
      reply,
      refusedPage('This address is of another server', 'Open the one that "intellimap open" printed last.'),
    );
  }
  reply.header('set-cookie', guard.cookie);
  const to = typeof run === 'string' ? `/?run=${encodeURIComponent(run)}` : '/';
  return request.headers['sec-fetch-site'] === 'cross-site'
    ? send(reply, enteredPage(to))
    : reply.redirect(to, 303);
}

function addQuestion(app: FastifyInstance, context: Context, name: string, route: Route<Question>): void {
  app.get(`/api/${name}`, { schema: { querystring: route.ask } }, async (request, reply) => {
    const answer = await route.answer(request.query as never, context);
    if (route.columns !== true)
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
    const bytes = encodeColumns(answer as never);
    return reply.type(COLUMNS_TYPE).send(Buffer.from(bytes.buffer));
  });
}

function show(pages: (path: string) => Page | null, request: FastifyRequest, reply: FastifyReply) {
  const path = request.url.split('?', 1)[0];
  const page = isApi(request) || request.method !== 'GET' ? null : pages(path);
  if (page !== null) return send(reply, page);
  return reply.code(404).send({ message: `there is nothing at ${request.method} ${path}` });
}

function send(reply: FastifyReply, { type, bytes, isLasting }: Page) {
  if (isLasting) reply.header('cache-control', 'private, max-age=31536000, immutable');
  return reply.type(type).send(Buffer.from(bytes));
}
