import { ForbiddenError, UnauthorisedError } from '../../errors.mjs';

const BEARER = /^Bearer (\S+)$/;

/** Sets `req.customer` when the request has a token. A bad token is refused, no token is not. */
export function identify(auth) {
  return async (req, _res, next) => {
    const header = req.get('authorization');
    if (header !== undefined) req.customer = await auth.customerOf(tokenIn(header));
    next();
  };
}

export function requireCustomer(req, _res, next) {
  next(req.customer ? undefined : new UnauthorisedError('sign in first'));
}

export function requireAdmin(req, _res, next) {
  next(req.customer?.role === 'admin' ? undefined : new ForbiddenError('this is for the shop keeper'));
}

function tokenIn(header) {
  const match = BEARER.exec(header);
  if (!match) throw new UnauthorisedError('the authorization header must be "Bearer <token>"');
  return match[1];
}
