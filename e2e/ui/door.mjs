/** Who may look: nobody without the printed address, no other page, no other name. */
import assert from 'node:assert/strict';
import http from 'node:http';
import { connect } from 'node:net';
import { shop } from './_shop.mjs';

const PATHS = ['/', '/api/workspace', '/api/home', '/api/source?path=src/main.mjs', '/api/live'];

/** @returns {Promise<{status: number, headers: object, text: string}>} */
function request(origin, path, { method = 'GET', headers = {}, body } = {}) {
  const { hostname, port, host } = new URL(origin);
  return new Promise((done, fail) => {
    const sent = http.request({ hostname, port, path, method, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on('error', fail).end(body);
  });
}

async function letIn() {
  const { address, origin } = await shop();
  const { pathname, search } = new URL(address);
  const { status, headers } = await request(origin, pathname + search);
  assert.equal(status, 303);
  const [cookie] = headers['set-cookie'][0].split(';');
  assert.match(headers['set-cookie'][0], /HttpOnly; SameSite=Strict/);
  return { origin, cookie, location: headers.location };
}

export const doorCases = {
  async 'without the token nothing is told, with it all, and the token is seen in no address again'() {
    const { origin, cookie, location } = await letIn();
    assert.doesNotMatch(location, /token/);
    for (const path of PATHS) {
      const none = await request(origin, path);
      assert.equal(none.status, 401, path);
      assert.doesNotMatch(none.text, /shop|main\.mjs/, path);
      const wrong = await request(origin, path, {
        headers: { cookie: cookie.replace(/=.*/, `=${'A'.repeat(43)}`) },
      });
      assert.equal(wrong.status, 401, path);
    }
    assert.equal((await request(origin, '/enter?token=AAAA')).status, 401);
    assert.equal((await request(origin, '/api/workspace', { headers: { cookie } })).status, 200);
  },
  async 'a foreign name (DNS rebinding) and a foreign page are refused, cookie or not'() {
    const { origin, cookie } = await letIn();
    const { port } = new URL(origin);
    for (const host of [
      `evil.example:${port}`,
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1:1',
    ])
      assert.equal(
        (await request(origin, '/api/workspace', { headers: { cookie, host } })).status,
        403,
        host,
      );
    for (const from of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, 'http://127.0.0.1:1'])
      assert.equal(
        (await request(origin, '/api/workspace', { headers: { cookie, origin: from } })).status,
        403,
        from,
      );
    const headers = { cookie, 'sec-fetch-site': 'cross-site' };
    assert.equal((await request(origin, '/api/workspace', { headers })).status, 403);
    const sql = {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"sql":"SELECT 1"}',
    };
    assert.equal(
      (await request(origin, '/api/sql', sql)).status,
      403,
      'who sends something has to say from where',
    );
  },
  async 'it listens on this machine alone'() {
    const { origin } = await shop();
    const { networkInterfaces } = await import('node:os');
    const outer = Object.values(networkInterfaces())
      .flat()
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outer) {
      const reached = await new Promise((done) => {
        const socket = connect({ host: address, port: Number(new URL(origin).port), timeout: 2000 });
        socket
          .on('connect', () => done(true))
          .on('error', () => done(false))
          .on('timeout', () => done(false));
        socket.on('close', () => socket.destroy());
      });
      assert.equal(reached, false, address);
    }
  },
  async 'a page may do nothing but ask this server: policy, types, frames'() {
    const { origin, cookie } = await letIn();
    const { headers } = await request(origin, '/', { headers: { cookie } });
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|http|\*|data:/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['access-control-allow-origin'], undefined);
  },
};
