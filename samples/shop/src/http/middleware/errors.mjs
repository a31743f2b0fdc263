import { NotFoundError, ShopError, TooManyRequestsError } from '../../errors.mjs';
import { currentContext } from '../../lib/request-context.mjs';

export function notFound(req) {
  throw new NotFoundError('page', req.path);
}

/** Answers every error with JSON. The last middleware; Express knows it by its four parameters. */
export function errorHandler({ log }) {
  return (error, _req, res, next) => {
    // Half of the answer is out: all that is left is to break the connection.
    if (res.headersSent) {
      next(error);
      return;
    }
    const { status, body } = describe(error);
    if (status >= 500) log.error('request failed', { error });
    if (error instanceof TooManyRequestsError) res.set('retry-after', String(error.retryAfterSeconds));
    res.status(status).json({ error: { ...body, requestId: currentContext()?.requestId } });
  };
}

function describe(error) {
  if (error instanceof ShopError) return { status: error.status, body: error.toJSON() };
  if (isClientError(error))
    return { status: error.status, body: { code: 'bad_request', message: error.message } };
  // A defect. Its message is for the log, not for strangers.
  return { status: 500, body: { code: 'internal', message: 'something went wrong on our side' } };
}

/** Body parser and router report what a client did wrong in the style of the package http-errors. */
function isClientError(error) {
  return error.expose === true && error.status >= 400 && error.status < 500;
}
