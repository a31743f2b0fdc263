/** SQL that somebody wrote: asked beside everything else, and stopped when nobody waits for it any more. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Fault } from '../base/fault.ts';
import { count, text } from '../base/shape.ts';
import { sql } from '../query/index.ts';
import type { Questions, SqlAnswer } from './contract.ts';
import { asked, type Context, needed, optional } from './route.ts';
import { SqlFault } from './sql-fault.ts';

/** A page holds no more. */
const ROWS = 100_000;
/** ms; nobody waits longer at a page. */
const PATIENCE = 10 * 60_000;

type Ask = Questions['sql']['ask'];

const body = asked<Ask>({
  run: optional(text()),
  sql: needed(text()),
  limit: optional(count()),
  timeout: optional(count()),
});

export function addSql(app: FastifyInstance, context: Context): void {
  app.post<{ Body: Ask }>('/api/sql', { schema: { body } }, async (request, reply) => {
    const answer = await answered(context, request.body, whileAwaited(reply));
    return reply.send(answer);
  });
}

async function answered({ data }: Context, ask: Ask, signal: AbortSignal): Promise<SqlAnswer> {
  const start = performance.now();
  const limits = {
    ...(ask.limit !== undefined && { limit: Math.min(ROWS, ask.limit) }),
    ...(ask.timeout !== undefined && { timeoutMs: Math.min(PATIENCE, Math.max(1, ask.timeout)) }),
  };
  return await data.ask({ run: ask.run, slow: true }, async (session, giveUp) => {
    try {
      const answer = await sql(session, ask.sql, { ...limits, signal: AbortSignal.any([signal, giveUp]) });
      return { ...answer, ms: Math.round(performance.now() - start) };
    } catch (error) {
      throw error instanceof Fault ? new SqlFault(error, ask.sql) : error;
    }
  });
}

/** Aborts when who asked has gone, or was answered: a connection outlives many questions. */
function whileAwaited({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => controller.abort());
  return controller.signal;
}
