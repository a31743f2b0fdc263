// One visitor of the shop: sends requests, checks every answer and writes down how long it took.

import { setTimeout as pause } from 'node:timers/promises';

export class UnexpectedAnswer extends Error {}

export class Visitor {
  #client;
  #journal;
  #name;
  #random;
  #thinkMs;
  #token;
  #sent = 0;

  constructor({ client, journal, name, random, thinkMs }) {
    this.#client = client;
    this.#journal = journal;
    this.#name = name;
    this.#random = random;
    this.#thinkMs = thinkMs;
  }

  get random() {
    return this.#random;
  }

  get sent() {
    return this.#sent;
  }

  useToken(token) {
    this.#token = token;
  }

  /**
   * Sends a request and returns the checked body: an object for JSON, else text.
   *
   * @param route such as "GET /products/:productId"
   * @param options.expect the only status that is right
   * @param options.shape a zod schema for a JSON body, or a regular expression for text
   * @param options.json or options.text the body to send
   */
  async send(route, { params = {}, query = {}, json, text, type, expect = 200, shape }) {
    await this.#think();
    const [method, template] = route.split(' ');
    const requestId = `${this.#name}-${(this.#sent += 1)}`;
    const answer = await this.#client.send(method, pathOf(template, params, query), {
      headers: this.#headers(
        requestId,
        type ?? (json === undefined && text === undefined ? undefined : 'application/json'),
      ),
      body: text ?? (json === undefined ? '' : JSON.stringify(json)),
    });
    this.#journal.record(route, answer.status, answer.ms);
    return check(route, answer, { expect, shape, requestId });
  }

  /** Drawn even when nobody waits, so that the same seed does the same things at any pace. */
  async #think() {
    const ms = this.#random.integer(0, this.#thinkMs * 2);
    if (ms > 0) await pause(ms);
  }

  #headers(requestId, type) {
    const headers = { 'x-request-id': requestId };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (type) headers['content-type'] = type;
    return headers;
  }
}

function pathOf(template, params, query) {
  const path = template.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name]));
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
}

function check(route, { status, headers, body }, { expect, shape, requestId }) {
  const text = body.toString();
  if (status !== expect)
    throw new UnexpectedAnswer(`${route}: ${status} instead of ${expect}: ${text.slice(0, 300)}`);
  if (headers['x-request-id'] !== requestId)
    throw new UnexpectedAnswer(`${route}: not the answer to ${requestId}`);
  if (shape === undefined) return text;
  return shape instanceof RegExp ? checkText(route, text, shape) : checkJson(route, text, shape);
}

function checkText(route, text, shape) {
  if (!shape.test(text))
    throw new UnexpectedAnswer(`${route}: the body does not match ${shape}: ${text.slice(0, 300)}`);
  return text;
}

function checkJson(route, text, shape) {
  const { success, data, error } = shape.safeParse(JSON.parse(text));
  if (!success) throw new UnexpectedAnswer(`${route}: ${error.message}`);
  return data;
}
