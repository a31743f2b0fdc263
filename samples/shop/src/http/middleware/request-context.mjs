import { randomUUID } from 'node:crypto';
import { runWithContext } from '../../lib/request-context.mjs';

const ACCEPTABLE_ID = /^[\w.-]{1,64}$/;

/** Gives each request an id (the caller's, when it has one) and runs everything after it in its context. */
export function requestContext(req, res, next) {
  const offered = req.get('x-request-id');
  const requestId = offered && ACCEPTABLE_ID.test(offered) ? offered : randomUUID();
  res.set('x-request-id', requestId);
  runWithContext({ requestId, startedAt: performance.now() }, next);
}
