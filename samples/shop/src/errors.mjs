// The failures the shop knows. Each carries the HTTP status and a stable code for clients;
// anything that is not a ShopError is a defect and is answered with a plain 500.

export class ShopError extends Error {
  static status = 500;
  static code = 'shop_error';

  #details;

  constructor(message, { details, cause } = {}) {
    super(message, cause ? { cause } : undefined);
    this.name = new.target.name;
    this.#details = details;
  }

  get status() {
    return this.constructor.status;
  }

  get code() {
    return this.constructor.code;
  }

  toJSON() {
    const body = { code: this.code, message: this.message };
    return this.#details === undefined ? body : { ...body, details: this.#details };
  }
}

export class ValidationError extends ShopError {
  static status = 400;
  static code = 'invalid_input';

  constructor(issues) {
    super('the request does not have the expected form', { details: issues });
  }
}

export class UnauthorisedError extends ShopError {
  static status = 401;
  static code = 'unauthorised';
}

export class PaymentDeclinedError extends ShopError {
  static status = 402;
  static code = 'payment_declined';

  constructor(reason) {
    super(`the payment was declined: ${reason}`, { details: { reason } });
    this.reason = reason;
  }
}

export class ForbiddenError extends ShopError {
  static status = 403;
  static code = 'forbidden';
}

export class NotFoundError extends ShopError {
  static status = 404;
  static code = 'not_found';

  constructor(kind, id) {
    super(`there is no ${kind} ${id}`);
  }
}

export class ConflictError extends ShopError {
  static status = 409;
  static code = 'conflict';
}

export class OutOfStockError extends ConflictError {
  static code = 'out_of_stock';

  constructor(productId, wanted) {
    super(`product ${productId} is not available in quantity ${wanted}`, {
      details: { productId, wanted },
    });
  }
}

export class CouponRejectedError extends ShopError {
  static status = 422;
  static code = 'coupon_rejected';
}

export class TooManyRequestsError extends ShopError {
  static status = 429;
  static code = 'too_many_requests';

  constructor(retryAfterMs) {
    super('too many requests, try again later', { details: { retryAfterMs } });
    this.retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  }
}

/** The payment issuer gave no answer. Retried, and only seen by a client when every try failed. */
export class IssuerUnavailableError extends ShopError {
  static status = 503;
  static code = 'issuer_unavailable';
}
