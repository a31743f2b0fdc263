/** Each answer that docs/collector.md tells of, as whoever sends gets it. */
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createRedaction } from '@intellimap/probe/core';
import { COLLECT_PATH, Kind, MAX_BATCH_BYTES, wordOf } from '@intellimap/probe/wire';
import {
  BUILD,
  batchesOf,
  batchOf,
  redact,
  SAME,
  session,
  stored,
  TOKEN,
  type Workspace,
  workspace,
} from './fixtures/page.ts';
import { type Collector, type CollectorOptions, startCollector } from './server.ts';

const SECRET = 'the-token-of-the-workspace';
const PAGE = session(3);
const call = (site: number) => [wordOf(Kind.ENTER, site), wordOf(Kind.LEAVE, site)];

let place: Workspace;
let collector: Collector;

async function start(options: Partial<CollectorOptions> = {}): Promise<void> {
  collector = await startCollector({
    root: place.root,
    run: () => ({ folder: place.runDir, startedAt: 1_000 }),
    host: '127.0.0.1',
    hosts: (port) => [`localhost:${port}`, `127.0.0.1:${port}`],
    port: 0,
    token: SECRET,
    redact,
    texts: createRedaction(),
    ...options,
  });
}

beforeEach(async () => {
  place = workspace();
  await start();
});
afterEach(async () => {
  await collector.close();
  place.remove();
});

async function restart(options: Partial<CollectorOptions>): Promise<void> {
  await collector.close();
  await start(options);
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  json: unknown;
}

async function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: Uint8Array | string = '',
): Promise<Answer> {
  const request = ask({ port: collector.port, host: '127.0.0.1', method, path, headers });
  // Who is refused is not read to the end.
  request.on('error', () => {});
  request.end(body);
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const json = (response.headers['content-type'] ?? '').includes('json')
    ? JSON.parse(bytes.toString())
    : undefined;
  return { status: response.statusCode ?? 0, headers: response.headers, body: bytes, json };
}

const span = (number: number) => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: number.toString(16).padStart(16, '0'),
  name: `span ${number}`,
  kind: 2,
  startTimeUnixNano: '1001000000',
  endTimeUnixNano: '1002000000',
});
const traces = (...spans: object[]) =>
  JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] });
const JSON_TYPE = { 'content-type': 'application/json' };
const OTLP = { ...JSON_TYPE, 'x-intellimap-token': SECRET };
const TEXT = { 'content-type': 'text/plain' };
const first = () => batchesOf(PAGE, [call(1), call(2)])[0];

describe('what is taken', () => {
  test('200: a batch, also as a beacon of another origin', async () => {
    const answer = await send('POST', COLLECT_PATH, { ...TEXT, origin: 'http://localhost:5173' }, first());
    expect(answer).toMatchObject({ status: 200, json: { kept: 1 } });
    expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(stored(place.runDir, '10000001-0').words).toEqual(call(1));
  });

  test('200: spans, stored once', async () => {
    expect(await send('POST', '/v1/traces', OTLP, traces(span(1), span(2)))).toMatchObject({
      status: 200,
      json: {},
    });
    await send('POST', '/v1/traces', OTLP, traces(span(2), span(3)));
    const rows = readFileSync(join(place.runDir, 'imported', 'spans.ndjson'), 'utf8')
      .trim()
      .split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { name: string }).name)).toEqual([
      'span 1',
      'span 2',
      'span 3',
    ]);
    expect(JSON.parse(rows[0])).toMatchObject({ kind: 'server', start_us: 1000, end_us: 2000 });
    expect(collector.collected()).toMatchObject({ spans: 3 });
  });

  test('200: by the other header, and compressed', async () => {
    const headers = { ...JSON_TYPE, authorization: `Bearer ${SECRET}`, 'content-encoding': 'gzip' };
    expect(await send('POST', '/v1/traces', headers, gzipSync(traces(span(1))))).toMatchObject({
      status: 200,
    });
    expect(collector.collected().spans).toBe(1);
  });

  test('200: what is no span is passed over, and said', async () => {
    const { status, json } = await send('POST', '/v1/traces', OTLP, traces(span(1), { name: 'x' }));
    expect(status).toBe(200);
    expect(json).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('spans[1]') },
    });
    expect(collector.collected().spans).toBe(1);
  });

  test('200: an empty request makes no run', async () => {
    let asked = 0;
    await restart({ run: () => (asked++, { folder: place.runDir, startedAt: 0 }) });
    expect(await send('POST', '/v1/metrics', OTLP, '{}')).toMatchObject({ status: 200, json: {} });
    expect(asked).toBe(0);
  });

  test('200: healthz', async () => {
    expect(await send('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } });
  });

  test('204: what browsers ask beforehand', async () => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' };
    const answer = await send('OPTIONS', '/v1/traces', headers);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-methods': 'POST, GET',
      vary: 'origin',
    });
    expect(answer.headers['access-control-allow-headers']).toContain('x-intellimap-token');
  });
});

describe('what is refused', () => {
  test.each([
    ['400: no batch', 'POST', COLLECT_PATH, TEXT, 'hello', 400],
    ['400: no JSON', 'POST', '/v1/logs', OTLP, '{', 400],
    ['400: no object', 'POST', '/v1/logs', OTLP, '[]', 400],
    ['400: no list', 'POST', '/v1/logs', OTLP, '{"resourceLogs":3}', 400],
    ['400: not compressed', 'POST', '/v1/logs', { ...OTLP, 'content-encoding': 'gzip' }, '{}', 400],
    ['401: no token', 'POST', '/v1/traces', JSON_TYPE, '{}', 401],
    ['401: another token', 'POST', '/v1/traces', { ...OTLP, 'x-intellimap-token': 'x' }, '{}', 401],
    ['404: another place', 'GET', '/', {}, '', 404],
    ['404: another method', 'GET', '/v1/traces', OTLP, '', 404],
    ['415: another type', 'POST', '/v1/traces', { ...OTLP, 'content-type': 'text/xml' }, '{}', 415],
    ['415: another encoding', 'POST', '/v1/logs', { ...OTLP, 'content-encoding': 'br' }, '{}', 415],
  ])('%s', async (_, method, path, headers, body, status) => {
    expect((await send(method, path, headers, body)).status).toBe(status);
    expect(existsSync(join(place.runDir, 'imported'))).toBe(false);
  });

  test('401 and 404: batches of another token, and of another build', async () => {
    const other = batchOf({ session: PAGE, seq: 1, at: 0, token: 'x' }, call(1));
    expect((await send('POST', COLLECT_PATH, TEXT, other)).status).toBe(401);
    const hello = { build: 'none', kind: 'page', url: '', agent: '', origin: 0, clock: [] };
    const unknown = batchOf({ session: PAGE, seq: 1, at: 0, hello }, call(1));
    expect((await send('POST', COLLECT_PATH, TEXT, unknown)).status).toBe(404);
  });

  test('403: under a name that is none of this machine', async () => {
    expect((await send('GET', '/healthz', { host: 'evil.example' })).status).toBe(403);
    expect((await send('POST', COLLECT_PATH, { host: `evil.example:${collector.port}` })).status).toBe(403);
  });

  test.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
  ])('403: a page of %s', async (origin) => {
    const answer = await send('POST', COLLECT_PATH, { ...TEXT, origin }, first());
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect((await send('OPTIONS', '/v1/traces', { origin })).status).toBe(403);
  });

  test('of origins that were named, pages may send', async () => {
    await restart({ origins: ['https://shop.example'] });
    const answer = await send('POST', COLLECT_PATH, { ...TEXT, origin: 'https://shop.example' }, first());
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });

  test('413: too much, as it is and when it is inflated', async () => {
    const huge = Buffer.alloc(MAX_BATCH_BYTES + 1);
    expect((await send('POST', COLLECT_PATH, TEXT, huge)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(20 << 20, 32));
    const headers = { ...OTLP, 'content-encoding': 'gzip' };
    expect((await send('POST', '/v1/traces', headers, bomb)).status).toBe(413);
  });

  test('429: too fast, with the seconds to wait', async () => {
    await restart({ limits: { rate: { rate: 1000, burst: 5000 } } });
    const statuses = [];
    for (let at = 0; at < 4; at++) statuses.push(await send('GET', '/healthz'));
    expect(statuses.map(({ status }) => status)).toContain(429);
    const { headers } = statuses.find(({ status }) => status === 429)!;
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  test('507: a full disk, and what was acknowledged is kept', async () => {
    await send('POST', '/v1/traces', OTLP, traces(span(1)));
    await restart({});
    const file = join(place.runDir, 'imported', 'spans.ndjson');
    const aside = join(place.root, 'aside');
    renameSync(file, aside);
    symlinkSync('/dev/full', file);
    const other = { ...OTLP, 'content-type': 'application/json' };
    const answer = await send('POST', '/v1/traces', other, traces(span(2)));
    expect(answer).toMatchObject({
      status: 507,
      json: { code: 8, message: expect.stringContaining('full') },
    });
    rmSync(file);
    renameSync(aside, file);
    expect((await send('POST', '/v1/traces', OTLP, traces(span(1), span(2)))).status).toBe(200);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('429: also by what nobody announced', async () => {
    await restart({ limits: { rate: { rate: 1000, burst: 1 << 20 } } });
    const headers = { ...TEXT, 'transfer-encoding': 'chunked' };
    expect((await send('POST', COLLECT_PATH, headers, Buffer.alloc(2 << 20))).status).toBe(400);
    expect((await send('GET', '/healthz')).status).toBe(429);
  });

  test('what was announced and did not come is given back', async () => {
    await restart({ limits: { rate: { rate: 1000, burst: 1 << 20 } } });
    const headers = { ...TEXT, 'transfer-encoding': 'chunked' };
    expect((await send('POST', COLLECT_PATH, headers, first())).status).toBe(200);
    expect((await send('GET', '/healthz')).status).toBe(200);
  });

  test('400: nothing at all', async () => {
    const answer = await send('POST', COLLECT_PATH);
    expect(answer).toMatchObject({ status: 400, json: { message: 'too short for a batch' } });
  });

  test('each is counted', async () => {
    await restart({ limits: { rate: { rate: 1, burst: 3 * 4096 - 1 } } });
    await send('GET', '/', {});
    await send('GET', '/healthz', { host: 'evil.example' });
    for (let at = 0; at < 3; at++) await send('GET', '/healthz');
    // Another place, another name, and the third, which was too fast.
    expect(collector.collected().refused).toBe(3);
  });

  test('in the encoding of the request, whatever the reason', async () => {
    await restart({ limits: { rate: { rate: 1, burst: 1 } } });
    const headers = { 'content-type': 'application/x-protobuf', 'x-intellimap-token': SECRET };
    await send('POST', '/v1/traces', headers);
    const answer = await send('POST', '/v1/traces', headers);
    expect(answer.status).toBe(429);
    expect(answer.headers['content-type']).toBe('application/x-protobuf');
  });

  test('in the encoding of the request', async () => {
    const headers = { 'content-type': 'application/x-protobuf' };
    const answer = await send('POST', '/v1/traces', headers, '');
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toBe('application/x-protobuf');
    // google.rpc.Status: code 16, and a message.
    expect([...answer.body.subarray(0, 3)]).toEqual([8, 16, 18]);
  });
});

describe('who is slow', () => {
  beforeEach(() => restart({ limits: { headMs: 200, requestMs: 400, helloMs: 200 } }));

  /** Sends, and reads until the other side ends it. */
  async function raw(...texts: string[]): Promise<string> {
    const socket = connect(collector.port, '127.0.0.1');
    for (const text of texts) socket.write(text);
    let told = '';
    for await (const part of socket) told += String(part);
    return told;
  }

  test('408: with the head of a request', async () => {
    expect(await raw('GET /healthz HTTP/1.1\r\nhost: a\r\n')).toContain('408');
  });

  test('408: with its body', async () => {
    const head = `POST ${COLLECT_PATH} HTTP/1.1\r\nhost: 127.0.0.1:${collector.port}\r\ncontent-length: 100\r\n\r\n`;
    expect(await raw(head, 'x')).toContain('408');
  });

  test('a WebSocket that says nothing is closed', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${collector.port}${COLLECT_PATH}`);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });
});

describe('WebSockets', () => {
  const open = async (headers: Record<string, string> = {}): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${collector.port}${COLLECT_PATH}`, { headers });
    await once(socket, 'open');
    return socket;
  };
  const heard = async (socket: WebSocket): Promise<unknown> => {
    const [data] = (await once(socket, 'message')) as [Buffer];
    return JSON.parse(data.toString());
  };

  test('a batch is acknowledged, a ping answered with the time', async () => {
    const socket = await open({ origin: 'http://localhost:1' });
    socket.send(JSON.stringify({ t: 'ping', sent: 5 }));
    expect(await heard(socket)).toMatchObject({ t: 'pong', sent: 5, at: expect.any(Number) });
    socket.send(first());
    expect(await heard(socket)).toEqual({ t: 'kept', seq: 1 });
    socket.close();
  });

  test.each([
    ['of another origin', { origin: 'https://evil.example' }, COLLECT_PATH, 403],
    ['under another name', { host: 'evil.example' }, COLLECT_PATH, 403],
    ['elsewhere', {}, '/other', 404],
  ])('one %s is refused', async (_, headers, path, status) => {
    const socket = new WebSocket(`ws://127.0.0.1:${collector.port}${path}`, { headers });
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      import('node:http').IncomingMessage,
    ];
    expect(response.statusCode).toBe(status);
    response.resume();
  });

  test('what is no batch ends it, with the reason', async () => {
    const socket = await open();
    const closed = once(socket, 'close');
    socket.send(Buffer.from('hello'));
    expect(await heard(socket)).toMatchObject({ t: 'refused', reason: expect.stringContaining('batch') });
    expect((await closed)[0]).toBe(1008);
  });

  test('what comes after that is not looked at any more', async () => {
    const socket = await open();
    const closed = once(socket, 'close');
    for (const bytes of [Buffer.from('hello'), first(), Buffer.from('hello')]) socket.send(bytes);
    await closed;
    expect(collector.collected()).toMatchObject({ refused: 1, batches: 0 });
  });

  test.each(['hello', 'null', '[]'])('the text %s ends it', async (text) => {
    const socket = await open();
    const closed = once(socket, 'close');
    socket.send(text);
    expect(await heard(socket)).toEqual({ t: 'refused', reason: 'a text is a JSON object' });
    expect((await closed)[0]).toBe(1008);
  });

  test('a page that this run does not know is asked who it is, and goes on', async () => {
    const socket = await open();
    const late = (seq: number) => batchOf({ session: PAGE, seq, at: seq * 2 }, call(seq));
    socket.send(late(4));
    socket.send(late(5));
    expect(await heard(socket)).toEqual({ t: 'who' });
    const hello = { build: BUILD, kind: 'page', url: '', agent: '', origin: 0, clock: SAME };
    socket.send(JSON.stringify({ t: 'hello', session: PAGE, token: TOKEN, hello }));
    socket.send(late(4));
    socket.send(late(5));
    await expect.poll(() => collector.collected().batches).toBe(2);
    expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: [...call(4), ...call(5)], lost: 0 });
    socket.close();
  });

  test('a full disk ends it; the page comes again', async () => {
    const page = batchesOf(PAGE, [call(1), call(2)]);
    await send('POST', COLLECT_PATH, TEXT, page[0]);
    await restart({});
    // That thread is known, and its file is not open.
    await send('POST', COLLECT_PATH, TEXT, page[0]);
    const file = join(place.runDir, 'threads', '10000001-0', '000001.seg');
    rmSync(file);
    symlinkSync('/dev/full', file);
    const socket = await open();
    const closed = once(socket, 'close');
    socket.send(page[1]);
    expect((await closed)[0]).toBe(1013);
  });

  test('who reads no answers is not answered for ever', async () => {
    await restart({ limits: { rate: { rate: 1e12, burst: 1e12 } } });
    const socket = await open();
    const closed = once(socket, 'close');
    socket.pause();
    const asks = setInterval(() => {
      for (let at = 0; at < 10_000; at++) socket.send('{"t":"ping","sent":1}');
    }, 10);
    await closed;
    clearInterval(asks);
  }, 20_000);

  test('what a page hands on for its worker is kept, and acknowledged to nobody', async () => {
    const socket = await open();
    socket.send(first());
    expect(await heard(socket)).toEqual({ t: 'kept', seq: 1 });
    const said: unknown[] = [];
    socket.on('message', (data: Buffer) => said.push(JSON.parse(data.toString())));
    for (const batch of batchesOf(session(4), [call(1), call(2), call(3)])) socket.send(batch);
    socket.send('{"t":"ping","sent":1}');
    expect(await heard(socket)).toMatchObject({ t: 'pong' });
    expect(said).toEqual([{ t: 'pong', sent: 1, at: expect.any(Number) }]);
    expect(stored(place.runDir, '10000002-0').words).toEqual([...call(1), ...call(2), ...call(3)]);
  });

  test('a message that is too long ends it', async () => {
    const socket = await open();
    const closed = once(socket, 'close');
    socket.send(Buffer.alloc(MAX_BATCH_BYTES + 1));
    expect((await closed)[0]).toBe(1009);
  });

  test('more than are allowed are told to come later', async () => {
    await restart({ limits: { sockets: 1 } });
    await open();
    const socket = new WebSocket(`ws://127.0.0.1:${collector.port}${COLLECT_PATH}`);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      import('node:http').IncomingMessage,
    ];
    expect(response.statusCode).toBe(503);
    response.resume();
  });

  test('who sends too fast is read more slowly, and loses nothing', async () => {
    await restart({ limits: { rate: { rate: 200_000, burst: 20_000 } } });
    const parts = Array.from({ length: 20 }, (_, at) => call(at + 1));
    const socket = await open();
    const acknowledged: number[] = [];
    socket.on('message', (data: Buffer) =>
      acknowledged.push((JSON.parse(data.toString()) as { seq: number }).seq),
    );
    for (const bytes of batchesOf(PAGE, parts)) socket.send(bytes);
    await expect.poll(() => acknowledged.at(-1), { timeout: 5000 }).toBe(20);
    expect(acknowledged).toEqual([...new Set(acknowledged)].toSorted((a, b) => a - b));
    expect(stored(place.runDir, '10000001-0').words).toEqual(parts.flat());
    socket.close();
  });
});
