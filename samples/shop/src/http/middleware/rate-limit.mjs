import { TooManyRequestsError } from '../../errors.mjs';

/** Refuses a request when the key it belongs to has used up its share of the minute. */
export function rateLimit(limiter, keyOf) {
  return (req, _res, next) => {
    const waitMs = limiter.hit(keyOf(req));
    next(waitMs > 0 ? new TooManyRequestsError(waitMs) : undefined);
  };
}
