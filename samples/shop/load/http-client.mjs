// Plain HTTP over connections that stay open, as browsers and other services use them.

import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export class HttpClient {
  #base;
  #agent;

  constructor(base, connections) {
    this.#base = base;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @returns {Promise<{ status: number, headers: object, body: Buffer, ms: number }>} */
  async send(method, path, { headers = {}, body = '' } = {}) {
    const startedAt = performance.now();
    const response = await this.#exchange(method, path, headers, body);
    const received = await buffer(response);
    return {
      status: response.statusCode,
      headers: response.headers,
      body: received,
      ms: performance.now() - startedAt,
    };
  }

  close() {
    this.#agent.destroy();
  }

  #exchange(method, path, headers, body) {
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.#base), {
        method,
        agent: this.#agent,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      });
      outgoing.on('response', resolve).on('error', reject);
      outgoing.end(body);
    });
  }
}
