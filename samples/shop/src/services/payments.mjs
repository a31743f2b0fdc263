// Charging cards. The issuer is simulated: digits nine and ten of a card number are the response code
// it gives (ISO 8583), so a test chooses the outcome with the card.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { IssuerUnavailableError, PaymentDeclinedError } from '../errors.mjs';
import { retry } from '../lib/retry.mjs';

const ISSUER_LATENCY_MS = 20;

const DECLINE_REASONS = {
  '05': 'do_not_honour',
  51: 'insufficient_funds',
  54: 'expired_card',
};

const UNAVAILABLE_AT_FIRST = '91';

class SimulatedIssuer {
  async authorise({ cardNumber, attempt }) {
    await pause(ISSUER_LATENCY_MS);
    const code = cardNumber.slice(8, 10);
    if (code === UNAVAILABLE_AT_FIRST && attempt === 1)
      throw new IssuerUnavailableError('the card issuer gave no answer');
    return code in DECLINE_REASONS ? { approved: false, reason: DECLINE_REASONS[code] } : { approved: true };
  }
}

export class Payments {
  #issuer;

  constructor(issuer = new SimulatedIssuer()) {
    this.#issuer = issuer;
  }

  /** Resolves to a receipt, or throws PaymentDeclinedError. An issuer without an answer is asked again. */
  async charge({ cardNumber, cents }) {
    const answer = await retry((attempt) => this.#issuer.authorise({ cardNumber, cents, attempt }), {
      attempts: 3,
      pauseMs: 10,
      isTransient: (error) => error instanceof IssuerUnavailableError,
    });
    if (!answer.approved) throw new PaymentDeclinedError(answer.reason);
    return { id: randomUUID(), cents, card: maskCard(cardNumber) };
  }
}

function maskCard(cardNumber) {
  return cardNumber.slice(-4).padStart(cardNumber.length, '*');
}
