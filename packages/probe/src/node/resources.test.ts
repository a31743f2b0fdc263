import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Note } from '../wire/index.ts';
import { TestRun, build, picture } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun;
afterEach(() => run.remove());

/** A server that answers by path, and `get`, which reads an answer of `node:http` to its end. */
const SERVER = `
  $imB();
  import http from 'node:http';
  import { once } from 'node:events';
  const server = http.createServer((request, response) => {
    const [, what] = request.url.split(/[/?]/);
    if (what === 'hang') return;
    if (what === 'reset') return request.socket.destroy();
    if (what === 'moved') return response.writeHead(302, { location: '/text' }).end();
    if (what === 'cut') { response.writeHead(200, { 'content-length': 100 }).write('x'); setTimeout(() => request.socket.destroy(), 20); return; }
    if (what === 'slow') { response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).write('a'); setTimeout(() => response.end('bc'), 60); return; }
    response.writeHead(what === 'missing' ? 404 : 200, { 'content-type': 'text/plain', 'content-length': 5 }).end(request.method === 'HEAD' ? '' : 'hello');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  const url = 'http://127.0.0.1:' + port;
  const ask = (path, options = {}) => new Promise((done) => {
    const request = http.request(url + path, options, (response) => response.on('error', () => {}).on('close', done).resume());
    request.on('error', done).end();
  });
  const close = () => { server.close(); server.closeAllConnections(); };
`;

interface Told {
  kind: string;
  method: string;
  url: string;
  took?: number;
  ttfb?: number;
  [key: string]: unknown;
}

/** What was told of each request: both notes in one, by the order in which they were made. */
function told(notes: Note[]): Told[] {
  const byId = new Map<unknown, Told>();
  for (const { t, id, micros: _, ...rest } of notes as (Note & { id: unknown; micros: unknown })[])
    if (t === 'resource') byId.set(id, { ...byId.get(id), ...rest } as Told);
  return [...byId.values()];
}

/** `GET /path 200 5 bytes text/plain`; open: not ended. */
const line = ({ kind, method, url, took, status, bytes, type, failure }: Told): string =>
  [
    kind,
    method,
    url.replace(/^https?:\/\/[^/]+/, ''),
    status,
    bytes,
    type,
    failure,
    took === undefined ? 'open' : undefined,
  ]
    .filter((each) => each !== undefined)
    .map(String)
    .join(' ');

const record = (code: string, env: Record<string, string> = {}): Told[] => {
  run = new TestRun(env);
  const { status, stderr } = run.run(SERVER + code);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return told(run.main().notes);
};

describe('node:http', () => {
  test('what was asked for, and what came of it', () => {
    const all = record(`
      await ask('/text?token=secret');
      await ask('/text', { method: 'HEAD' });
      await ask('/missing');
      await ask('/slow', { headers: ['Host', 'shop.example'] });
      await ask('/reset');
      await ask('/cut');
      await ask('/hang', { signal: AbortSignal.timeout(50) });
      await ask('/text', { port: 1, agent: false }); 
      close();`);
    expect(all.map(line)).toEqual([
      'http GET /text?token 200 5 text/plain',
      'http HEAD /text 200 text/plain',
      'http GET /missing 404 5 text/plain',
      'http GET /slow 200 text/plain',
      'http GET /reset ECONNRESET',
      'http GET /cut 200 aborted',
      'http GET /hang ABORT_ERR',
      'http GET /text ECONNREFUSED',
    ]);
    expect(all[3].url).toBe('http://shop.example/slow');
    const { ttfb = 0, took = 0 } = all[3];
    expect(took - ttfb).toBeGreaterThan(40_000);
  });

  test('one that has not ended is told, and one whose body nobody reads', () => {
    const all = record(`
      http.get(url + '/hang').on('error', () => {});
      http.get(url + '/text', () => setTimeout(() => process.exit(), 100));`);
    expect(all.map(line)).toEqual(['http GET /hang open', 'http GET /text 200 5 text/plain']);
  });

  test('over one connection, one after the other', () => {
    const all = record(`
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      await Promise.all(['/slow', '/text', '/slow'].map((path) => ask(path, { agent })));
      close();`);
    expect(all.map(line)).toEqual([
      'http GET /slow 200 text/plain',
      'http GET /text 200 5 text/plain',
      'http GET /slow 200 text/plain',
    ]);
  });

  test('a mark stands where it was made', () => {
    record(
      `await new Promise((done) => { $imE(17); http.get(url + '/text', (r) => r.resume().on('end', done)); $imL(18); }); close();`,
    );
    const shown = picture(run.main().words);
    const isSync = Number(process.versions.node.split('.')[0]) >= 22;
    expect(shown).toContain(isSync ? 'ENTER 1, TASK 3, LEAVE 1' : 'ENTER 1, LEAVE 1, TASK');
    expect(shown).toContain('TASK 3');
  });
});

describe('fetch', () => {
  test('what was asked for, and what came of it', () => {
    const all = record(`
      const get = (path, options) => fetch(url + path, options).then((response) => response.text()).catch(() => {});
      await get('/text?token=secret');
      await get('/text', { method: 'HEAD' });
      await get('/text', { method: 'POST', body: 'x' });
      await get('/moved');
      await get('/slow');
      await get('/reset');
      await get('/cut');
      await get('/hang', { signal: AbortSignal.timeout(50) });
      close();
      await fetch('http://127.0.0.1:2').catch(() => {});`);
    const hasChunks = Number(process.versions.node.split('.')[0]) >= 24;
    expect(all.map(line)).toEqual([
      'fetch GET /text?token 200 5 text/plain',
      'fetch HEAD /text 200 text/plain',
      'fetch POST /text 200 5 text/plain',
      'fetch GET /moved 302',
      'fetch GET /text 200 5 text/plain',
      `fetch GET /slow 200${hasChunks ? ' 3' : ''} text/plain`,
      'fetch GET /reset UND_ERR_SOCKET',
      `fetch GET /cut 200${hasChunks ? ' 1' : ''} UND_ERR_SOCKET`,
      'fetch GET /hang aborted',
      'fetch GET / ECONNREFUSED',
    ]);
  });
});

test('in workers', () => {
  run = new TestRun();
  run.file(
    'worker.mjs',
    `import { workerData as url } from 'node:worker_threads'; await (await fetch(url + '/text')).text();`,
  );
  const { stderr } = run.run(`${SERVER}
    import { Worker } from 'node:worker_threads';
    await once(new Worker(new URL('worker.mjs', import.meta.url), { workerData: url }), 'exit');
    close();`);
  expect(stderr).toBe('');
  expect(told(run.main().notes)).toEqual([]);
  const worker = run.threads().find(({ name }) => name.startsWith('worker'));
  expect(told(worker?.notes ?? []).map(line)).toEqual(['fetch GET /text 200 5 text/plain']);
});

test('what was made before a kill is told', async () => {
  run = new TestRun();
  const child = run.start(`${SERVER}
    await ask('/text');
    http.get(url + '/hang');
    setTimeout(() => console.log('asked'), 100);`);
  await new Promise((asked) => child.stdout.once('data', asked));
  child.kill('SIGKILL');
  await new Promise((exited) => child.once('exit', exited));
  expect(told(run.main().notes).map(line)).toEqual([
    'http GET /text 200 5 text/plain',
    'http GET /hang open',
  ]);
});

test('where turns are not told, nobody knows when an answer of node:http is whole', () => {
  const [one] = record(`await ask('/slow'); close();`, { INTELLIMAP_LINKS: 'off' });
  expect([line(one), one.took, typeof one.ttfb]).toEqual([
    'http GET /slow 200 text/plain open',
    undefined,
    'number',
  ]);
});

test('not where it is not wanted, nor of undici where it is to tell its own events', () => {
  expect(record(`await ask('/text'); close();`, { INTELLIMAP_RESOURCES: 'off' })).toEqual([]);
  run.remove();
  run = new TestRun({ NODE_DEBUG: 'fetch' });
  run.run(`${SERVER} await ask('/text'); await (await fetch(url + '/text')).text(); close();`);
  expect(told(run.main().notes).map(line)).toEqual(['http GET /text 200 5 text/plain']);
});

test('a program that replaced what we use, and throws where it is called', () => {
  const all = record(`
    const fail = () => { throw new Error('called'); };
    for (const of of [WeakMap, WeakRef]) for (const name of ['get', 'set', 'delete', 'deref']) of.prototype[name] = fail;
    Object.assign(Atomics, { load: fail, store: fail });
    Object.assign(JSON, { stringify: fail });
    globalThis.WeakMap = globalThis.WeakRef = fail;
    await ask('/text');
    close();`);
  expect(all.map(line)).toEqual(['http GET /text 200 5 text/plain']);
});
