/**
 * What programs fetch: the table `resources` says what they asked for, what came of it and who asked, whatever client it was, in main threads and workers, at each
 * tier, and of a program that was killed; and nothing secret of it is anywhere in the recording.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;

/** Of nobody but this suite: signed by itself, for localhost. */
const KEY = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIFhS0UIg4DBjVUIGhGB8pwIPVxLhDXB2Q8Ap/mmG1yBsoAoGCCqGSM49
AwEHoUQDQgAEF3761chSPZYwNTwJHqtH/tEN2wgCnQqZtUDTKdmHsGfDyPeztPJb
yLdxpv6J7s3i7126nRPlG/jaLTO62mPP+w==
-----END EC PRIVATE KEY-----`;
const CERT = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUNvy0vFhNMvKrtobF/c7FS4u5xkIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA0MjQ1M1oYDzIxMjYxMDI5
MDQyNDUzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQXfvrVyFI9ljA1PAkeq0f+0Q3bCAKdCpm1QNMp2YewZ8PI97O08lvI
t3Gm/onuzeLvXbqdE+Ub+NotM7raY8/7o28wbTAdBgNVHQ4EFgQU3OJAXxXSrkAc
PMUJ/aP94376XqUwHwYDVR0jBBgwFoAU3OJAXxXSrkAcPMUJ/aP94376XqUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgJXCHljUdF6l+06NG9dDqMf7ozaZFl5RKtY82/7wmx9kCIQCx
LPfEJEtcY56mMielsM/RZHw9926z2jtW9FAXrsM3VA==
-----END CERTIFICATE-----`;

/** Servers that answer by path, on ports of their own, and what asks them. */
const KIT = `
import http from 'node:http';
import https from 'node:https';
import { once } from 'node:events';
export const key = ${JSON.stringify(KEY)};
export const cert = ${JSON.stringify(CERT)};
function answer(request, response) {
  const [, what] = request.url.split(/[/?]/);
  if (what === 'hang') return;
  if (what === 'reset') return request.socket.destroy();
  if (what === 'moved') return response.writeHead(302, { location: '/text' }).end();
  if (what === 'cut') { response.writeHead(200, { 'content-length': 100 }).write('x'); return setTimeout(() => request.socket.destroy(), 20); }
  if (what === 'slow') return setTimeout(() => response.end('slow'), 80);
  response.writeHead(what === 'bad' ? 503 : 200, { 'content-type': 'text/plain', 'content-length': 5 }).end('hello');
}
export async function serve() {
  const servers = [http.createServer(answer), https.createServer({ key, cert }, answer)];
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  const [plain, tls] = servers.map((server) => server.address().port);
  const close = () => { for (const server of servers) { server.close(); server.closeAllConnections(); } };
  return { plain: 'http://127.0.0.1:' + plain, tls: 'https://127.0.0.1:' + tls, close };
}
export function ask(url, options = {}) {
  const { get } = url.startsWith('https') ? https : http;
  return new Promise((done) => {
    get(url, { ca: cert, ...options }, (response) => response.on('error', () => {}).on('close', done).resume()).on('error', done);
  });
}
export const read = (url, options) => fetch(url, options).then((response) => response.text()).catch(() => {});
`;

const CLIENTS = `
import http from 'node:http';
import https from 'node:https';
import { ask, cert, read, serve } from './kit.mjs';
const { plain, tls, close } = await serve();
for (const path of ['/text?q=1', '/bad', '/reset', '/cut', '/moved']) await ask(plain + path);
await ask(plain + '/hang', { signal: AbortSignal.timeout(50) });
for (const path of ['/text', '/reset', '/cut']) await ask(tls + path);
await ask(tls + '/text', { ca: undefined });
const agents = [new http.Agent({ keepAlive: true, maxSockets: 1 }), new https.Agent({ keepAlive: true, maxSockets: 1, ca: cert })];
for (let at = 0; at < 3; at++) { await ask(plain + '/kept', { agent: agents[0] }); await ask(tls + '/kept', { agent: agents[1] }); }
for (const path of ['/text?q=1', '/bad', '/reset', '/cut', '/moved']) await read(plain + path);
await read(plain + '/hang', { signal: AbortSignal.timeout(50) });
await read('http://127.0.0.1:2/closed');
const many = Array.from({ length: 5 }, () => read(plain + '/together'));
await Promise.all(many);
for (const agent of agents) agent.destroy();
close();
`;

/** `fetch GET /text 200 5 text/plain`, each with how often; without times. */
const LINES = `
  SELECT r.type || ' ' || method || ' ' || regexp_replace(url, '^https?://[^/]*', '') || coalesce(' ' || status, '') || coalesce(' ' || bytes, '')
    || coalesce(' ' || error, '') || CASE WHEN NOT ended THEN ' open' ELSE '' END || CASE WHEN count(*) > 1 THEN ' ×' || count(*) ELSE '' END AS line
  FROM resources r GROUP BY r.type, method, url, status, bytes, error, ended ORDER BY line`;

const cases = {
  async 'fetch, http and https: answers, redirects, aborts, errors, kept connections'() {
    const { cwd } = await record({ 'main.mjs': CLIENTS });
    const hasChunks = Number(process.versions.node.split('.')[0]) >= 24;
    assert.deepEqual(await lines(cwd), [
      'fetch GET /bad 503 5',
      'fetch GET /closed ECONNREFUSED',
      `fetch GET /cut 200${hasChunks ? ' 1' : ''} UND_ERR_SOCKET`,
      'fetch GET /hang aborted',
      'fetch GET /moved 302',
      'fetch GET /reset UND_ERR_SOCKET',
      'fetch GET /text 200 5',
      'fetch GET /text?q 200 5',
      'fetch GET /together 200 5 ×5',
      'http GET /bad 503 5',
      'http GET /cut 200 aborted',
      'http GET /hang ABORT_ERR',
      'http GET /kept 200 5 ×3',
      'http GET /moved 302',
      'http GET /reset ECONNRESET',
      'http GET /text?q 200 5',
      'https GET /cut 200 aborted',
      'https GET /kept 200 5 ×3',
      'https GET /reset ECONNRESET',
      'https GET /text 200 5',
      'https GET /text DEPTH_ZERO_SELF_SIGNED_CERT',
    ]);
    const [{ odd }] = await query(
      cwd,
      `SELECT count(*) AS odd FROM resources WHERE total_ms IS NULL OR start_us < 0 OR ttfb_ms > total_ms OR (error IS NULL AND ttfb_ms IS NULL)`,
    );
    assert.equal(Number(odd), 0);
  },
  async times() {
    const { cwd } = await record({
      'main.mjs': `import { ask, read, serve } from './kit.mjs'; const { plain, tls, close } = await serve();
        await ask(plain + '/slow'); await ask(tls + '/slow'); await read(plain + '/slow'); close();`,
    });
    const rows = await query(cwd, 'SELECT ttfb_ms, total_ms FROM resources');
    assert.equal(rows.length, 3);
    for (const { ttfb_ms, total_ms } of rows)
      assert.ok(ttfb_ms >= 79 && total_ms >= ttfb_ms, JSON.stringify(rows));
    const [route] = await query(cwd, `SELECT route, count, failures FROM resource_routes`);
    assert.deepEqual([route.route, Number(route.count), Number(route.failures)], ['127.0.0.1:*/slow', 3, 0]);
  },
  async 'who asked: the call, and the task of the request that was served meanwhile'() {
    const { cwd } = await record({ 'main.mjs': GATEWAY });
    const rows = await query(
      cwd,
      `SELECT r.type || ' ' || regexp_replace(url, '^https?://[^/]*', '') || ' by ' || coalesce(f.name, 'nobody') || ' in ' || t.name AS line
       FROM resources r LEFT JOIN calls c USING (thread_id, call_id) LEFT JOIN functions f USING (function_id)
       LEFT JOIN tasks t ON t.thread_id = r.thread_id AND t.task_id = r.task_id WHERE url NOT LIKE '%/shop/%' ORDER BY line`,
    );
    // Node 20 tells of a request when it is sent, which is later.
    const by = Number(process.versions.node.split('.')[0]) >= 22 ? 'legacy' : 'nobody';
    assert.deepEqual(
      rows.map(({ line }) => line),
      [
        'fetch /users/1 by getUser in GET /shop/1',
        'fetch /users/2 by getUser in GET /shop/2',
        `http /stock by ${by} in GET /shop/1`,
        `http /stock by ${by} in GET /shop/2`,
      ],
    );
  },
  async 'in workers and children'() {
    const { cwd } = await record({
      'main.mjs': `
        import { Worker } from 'node:worker_threads'; import { fork } from 'node:child_process'; import { once } from 'node:events';
        import { read, serve } from './kit.mjs';
        const { plain, close } = await serve();
        await read(plain + '/main');
        await once(new Worker(new URL('part.mjs', import.meta.url), { argv: [plain + '/worker'] }), 'exit');
        await once(fork(new URL('part.mjs', import.meta.url), [plain + '/child']), 'exit');
        close();`,
      'part.mjs': `import { ask, read } from './kit.mjs'; const url = process.argv.at(-1); await read(url); await ask(url);`,
    });
    const rows = await query(
      cwd,
      `SELECT t.tid = 0 AS is_main, regexp_replace(r.url, '.*/', '') AS who, r.type FROM resources r JOIN threads t USING (thread_id) ORDER BY who, r.type`,
    );
    assert.deepEqual(
      rows.map(({ is_main, who, type }) => `${is_main ? 'main thread' : 'worker'} ${who} ${type}`),
      [
        'main thread child fetch',
        'main thread child http',
        'main thread main fetch',
        'worker worker fetch',
        'worker worker http',
      ],
    );
  },
  async 'at the tier minimal, and where turns are not told: when an answer of node:http was whole is not known'() {
    const main = `import { ask, read, serve } from './kit.mjs'; const { plain, close } = await serve();
      await ask(plain + '/text'); await read(plain + '/text'); await ask(plain + '/reset'); close();`;
    for (const options of [['--tier', 'minimal'], ['--tier', 'edges'], ['--no-links']]) {
      const { cwd } = await record({ 'main.mjs': main }, options);
      assert.deepEqual(
        await lines(cwd),
        ['fetch GET /text 200 5', 'http GET /reset ECONNRESET', 'http GET /text 200 5'],
        options.join(' '),
      );
      const rows = await query(
        cwd,
        'SELECT total_ms IS NOT NULL AS known FROM resources ORDER BY resource_id',
      );
      assert.deepEqual(
        rows.map(({ known }) => known),
        [false, true, true],
        options.join(' '),
      );
    }
    const { cwd } = await record({ 'main.mjs': main }, ['--no-resources']);
    assert.deepEqual(await query(cwd, 'SELECT * FROM resources'), []);
  },
  async 'of a killed program all that it had asked for'() {
    const cwd = folderWith({
      'main.mjs': `import { ask, serve } from './kit.mjs'; const { plain } = await serve();
        await ask(plain + '/text'); ask(plain + '/hang'); setTimeout(() => console.log(process.pid), 150);`,
    });
    const child = spawn(intellimapBin(), ['run', '--no-summary', '--', process.execPath, 'main.mjs'], {
      cwd,
      env: cleanEnvironment({}),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((done) => child.once('close', done));
    const pid = await new Promise((up) => child.stdout.once('data', (data) => up(Number(data))));
    process.kill(pid, 'SIGKILL');
    await ended;
    assert.deepEqual(await lines(cwd), ['http GET /hang open', 'http GET /text 200 5']);
  },
  async 'of many the slowest have rows, and those that failed; all are counted'() {
    const { cwd } = await record({ 'main.mjs': MANY });
    const [{ rows, failed, slow }] = await query(
      cwd,
      `SELECT count(*) AS rows, count(*) FILTER (failed) AS failed, count(*) FILTER (url LIKE '%/slow') AS slow FROM resources`,
    );
    assert.deepEqual([rows, failed, slow].map(Number), [10_000, 3, 3]);
    const [{ count }] = await query(cwd, 'SELECT sum(count) AS count FROM resource_routes');
    const letGo = await query(cwd, 'SELECT reason, count FROM resources_let_go');
    assert.equal(Number(count), 10_506);
    assert.deepEqual(
      letGo.map(({ reason, count: each }) => [reason, Number(each)]),
      [['limit', 506]],
    );
  },
  async 'secrets are nowhere in the recording'() {
    const secrets = [
      'hunter2',
      'q-value-7f',
      '8fe2a0c1',
      'aB3dE5fG7hI9jK1lM3nO5pQ7',
      'zebra-body',
      'zebra-header',
    ];
    const { cwd } = await record({
      'main.mjs': `import { ask, read, serve } from './kit.mjs'; const { plain, tls, close } = await serve();
        const paths = ['/a?token=q-value-7f', '/token/8fe2a0c1', '/hooks/aB3dE5fG7hI9jK1lM3nO5pQ7'];
        for (const path of paths) {
          await read(plain + path, { method: 'POST', body: 'zebra-body', headers: { 'x-thing': 'zebra-header' } });
          await ask(plain.replace('//', '//me:hunter2@') + path, { headers: { 'x-thing': 'zebra-header' } });
          await ask(tls + path);
        }
        close();`,
    });
    const paths = (await lines(cwd)).map((line) => line.split(' ')[2].replace(/:[^›]*›/, '›'));
    assert.deepEqual(
      [...new Set(paths)].toSorted((a, b) => a.localeCompare(b)),
      ['/a?token', '/hooks/‹random›', '/token/‹secret›'],
    );
    assert.equal(paths.length, 9);
    const runs = join(cwd, '.intellimap', 'runs');
    // What the program itself is, is there: its sites have no texts.
    for (const file of readdirSync(runs, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    )) {
      const bytes = readFileSync(join(file.parentPath ?? file.path, file.name), 'latin1');
      for (const secret of secrets) assert.ok(!bytes.includes(secret), `${secret} is in ${file.name}`);
    }
  },
};

/** Serves `/shop`, for which it asks another server twice. */
const GATEWAY = `
import http from 'node:http';
import { once } from 'node:events';
import { ask, serve } from './kit.mjs';
const { plain, close } = await serve();
async function getUser(id) { return (await fetch(plain + '/users/' + id)).text(); }
function legacy() {
  const request = http.get(plain + '/stock');
  return once(request, 'response').then(([response]) => once(response.resume(), 'end'));
}
const shop = http.createServer(async function handler(request, response) {
  await getUser(request.url.at(-1));
  await legacy();
  response.end();
});
await once(shop.listen(0, '127.0.0.1'), 'listening');
const url = 'http://127.0.0.1:' + shop.address().port + '/shop/';
await ask(url + '1');
await ask(url + '2');
shop.close();
shop.closeAllConnections();
close();
`;

const MANY = `
import http from 'node:http';
import { ask, serve } from './kit.mjs';
const { plain, close } = await serve();
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
await Promise.all(Array.from({ length: 4 }, async () => { for (let left = 2625; left > 0; left--) await ask(plain + '/text/' + left, { agent }); }));
for (let left = 3; left > 0; left--) { await ask(plain + '/reset'); await ask(plain + '/slow'); }
agent.destroy();
close();
`;

const lines = async (cwd) => (await query(cwd, LINES)).map(({ line }) => line);

const folderWith = (files) => workspaceOf('resources', { 'kit.mjs': KIT, ...files });

async function record(files, options = []) {
  const cwd = folderWith(files);
  const command = ['run', ...options, '--no-summary', '--', process.execPath, 'main.mjs'];
  const { code, stderr } = await execute(intellimapBin(), command, { cwd });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return { cwd };
}

/** @param {string[]} argv parts of cases' names; none: all */
export const run = (argv) => runCases(cases, argv);
