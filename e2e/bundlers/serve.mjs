/** A plain web server for what was built: a strict policy, a page around bundles that come without one, and the prices. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** No inline scripts, no `eval`, nobody to speak to but us and the collector. */
const policy = (collector) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    `connect-src 'self' ${collector} ${collector.replace('http', 'ws')}`,
  ].join('; ');

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>Cart</title><div id="app"></div><script type="module" src="main.js"></script>';

/**
 * @param {string} folder of bundles, one folder each
 * @param {string} prices
 * @param {string} collector
 */
export async function serveBundles(folder, prices, collector) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://here').pathname));
    const asked = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    // Workers that their bundler leaves under the name of the source.
    const file = existsSync(asked) ? asked : asked.replace(/\.ts$/, '.js');
    const headers = { 'content-security-policy': policy(collector), 'cache-control': 'no-store' };
    const say = (type, body) => response.writeHead(200, { ...headers, 'content-type': type }).end(body);
    if (path.endsWith('/prices.json')) return say(TYPES['.json'], prices);
    if (existsSync(file)) return say(TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
    if (path.endsWith('/') && existsSync(join(folder, path, 'main.js'))) return say(TYPES['.html'], PAGE);
    return response.writeHead(404, headers).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
