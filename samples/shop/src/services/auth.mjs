// Sign-in and bearer tokens: base64url(claims).base64url(HMAC of the claims).

import { createHmac, timingSafeEqual } from 'node:crypto';
import { UnauthorisedError } from '../errors.mjs';
import { verifyPassword } from './passwords.mjs';

export class TokenSigner {
  #secret;

  constructor(secret) {
    this.#secret = secret;
  }

  sign(claims) {
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `${body}.${this.#seal(body)}`;
  }

  /** Returns the claims, or undefined when the token is forged or damaged. */
  open(token) {
    const [body, seal = ''] = token.split('.');
    const expected = Buffer.from(this.#seal(body));
    const given = Buffer.from(seal);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return JSON.parse(Buffer.from(body, 'base64url').toString());
  }

  #seal(body) {
    return createHmac('sha256', this.#secret).update(body).digest('base64url');
  }
}

export class Auth {
  #customers;
  #signer;
  #lifetimeMs;

  constructor({ customers, signer, lifetimeMs }) {
    this.#customers = customers;
    this.#signer = signer;
    this.#lifetimeMs = lifetimeMs;
  }

  async signIn(email, password) {
    const customer = await this.#customers.findByEmail(email);
    const matches = customer && (await verifyPassword(password, customer.passwordHash));
    // One message for both: a sign-in form must not tell which addresses have an account.
    if (!matches) throw new UnauthorisedError('e-mail and password do not match');
    const token = this.#signer.sign({ sub: customer.id, expiresAt: Date.now() + this.#lifetimeMs });
    return { token, customer };
  }

  async customerOf(token) {
    const claims = this.#signer.open(token);
    if (!claims) throw new UnauthorisedError('the token is not ours');
    if (claims.expiresAt < Date.now()) throw new UnauthorisedError('the token has expired');
    return this.#customers.findById(claims.sub);
  }
}
