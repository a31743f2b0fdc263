/** `intellimap collect` as it is typed: a process of its own, which may be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { COLLECT_PATH, Kind, wordOf } from '@intellimap/probe/wire';
import type { RunFile } from '../base/recording.ts';
import {
  BUILD,
  batchesOf,
  batchOf,
  SAME,
  session,
  stored,
  threadsOf,
  TOKEN,
  type Workspace,
  workspace,
} from '../collect/fixtures/page.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let place: Workspace;
let started: ChildProcess[] = [];
beforeEach(() => {
  place = workspace();
  rmSync(place.runDir, { recursive: true });
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started = [];
  place.remove();
});

interface Started {
  child: ChildProcess;
  /** Where it listens; null: it ended before. */
  url: Promise<string | null>;
  ended: Promise<{ code: number | null; printed: string; said: string }>;
}

const start = (...words: string[]): Started => startCommand('collect', ...words);

function startCommand(...words: string[]): Started {
  const argv = [main, ...words];
  const child = spawn(process.execPath, argv, { cwd: place.root, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let [printed, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const url = new Promise<string | null>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /collecting on (\S+)[^]*Ctrl-C/.exec(said);
      if (found !== null) resolve(found[1]);
    });
    child.once('close', () => resolve(null));
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed, said }));
  return { child, url, ended };
}

async function asked(sql: string): Promise<unknown> {
  const query = spawn(process.execPath, [main, 'query', sql, '--json'], { cwd: place.root });
  let [rows, said] = ['', ''];
  query.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  query.stdout.setEncoding('utf8').on('data', (text: string) => (rows += text));
  await once(query, 'close');
  if (query.exitCode !== 0) throw new Error(said);
  return JSON.parse(rows);
}

const runs = (): string[] => readdirSync(join(place.root, '.intellimap', 'runs'));
const runDir = (): string => join(place.root, '.intellimap', 'runs', runs()[0]);

test('killed again and again, it keeps what it acknowledged, once', async () => {
  const parts = Array.from({ length: 400 }, (_, at) => [
    wordOf(Kind.ENTER, at + 1),
    wordOf(Kind.LEAVE, at + 1),
  ]);
  const page = session(9);
  const batches = batchesOf(page, parts);
  let kept = 0;
  for (let kills = 0; kept < batches.length && kills < 12; kills++) {
    const { child, url, ended } = start('--port', '0', '--json', '--no-summary');
    const socket = new WebSocket(`${(await url)!.replace('http', 'ws')}${COLLECT_PATH}`);
    await once(socket, 'open');
    const goal = Math.min(batches.length, kept + 70);
    await new Promise<void>((done) => {
      socket.on('close', () => done());
      socket.on('message', (data: Buffer) => {
        const { seq } = JSON.parse(data.toString()) as { seq: number };
        kept = Math.max(kept, seq);
        // In the middle of what is on its way.
        if (kept >= goal) child.kill('SIGKILL');
      });
      // Some that it has are sent again, as after a lost acknowledgement.
      for (const bytes of batches.slice(Math.max(0, kept - 5))) socket.send(bytes);
    });
    await ended;
    expect(kept).toBeGreaterThanOrEqual(goal);
  }
  expect(kept).toBe(batches.length);
  expect(runs()).toHaveLength(1);
  expect(stored(runDir(), threadsOf(runDir()).get(page)!)).toMatchObject({
    words: parts.flat(),
    lost: 0,
    hasEnded: true,
  });
});

test('ended and started again, it asks pages who they are, and they go on in another run', async () => {
  const parts = Array.from({ length: 20 }, (_, at) => [wordOf(Kind.ENTER, at + 1), wordOf(Kind.LEAVE, at + 1)]); // prettier-ignore
  const page = session(9);
  const hello = {
    build: BUILD,
    kind: 'page',
    url: 'http://localhost/',
    agent: 'a',
    origin: 1000,
    clock: SAME,
  };
  let waiting = batchesOf(page, parts);
  for (const until of [8, 20]) {
    const { child, url, ended } = start('--port', '0', '--no-summary');
    const socket = new WebSocket(`${(await url)!.replace('http', 'ws')}${COLLECT_PATH}`);
    const first = parts.length - waiting.length;
    await new Promise<void>((done) => {
      const sendAll = (): void => waiting.slice(0, until - first).forEach((bytes) => socket.send(bytes));
      socket.on('open', sendAll);
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { t: string; seq: number };
        if (message.t === 'kept') return message.seq === until ? done() : undefined;
        socket.send(JSON.stringify({ t: 'hello', session: page, token: TOKEN, hello }));
        return sendAll();
      });
    });
    waiting = waiting.slice(until - first);
    child.kill('SIGINT');
    await ended;
  }
  const sql = 'select t.events_lost, count(c.call_id) as calls from all_runs.threads t left join all_runs.calls c using (run_id, thread_id) group by t.run_id, t.events_lost order by calls'; // prettier-ignore
  expect(await asked(sql)).toEqual([
    { events_lost: 0, calls: 8 },
    { events_lost: 0, calls: 12 },
  ]);
}, 30_000);

test('its run begins with the page that makes it begin', async () => {
  const { child, url, ended } = start('--port', '0', '--no-summary');
  const origin = Date.now() - 20_000;
  const hello = { build: BUILD, kind: 'page', url: '', agent: '', origin, clock: [] };
  const body = Buffer.from(batchOf({ session: session(1), seq: 1, at: 0, hello }, []));
  await fetch(`${await url}${COLLECT_PATH}`, { method: 'POST', body });
  child.kill('SIGINT');
  await ended;
  const { startedAt } = JSON.parse(readFileSync(join(runDir(), 'run.json'), 'utf8')) as RunFile;
  expect(Math.abs(startedAt - origin)).toBeLessThan(10_000);
});

test('ended, it says what came; the run can be asked, and has no secrets', async () => {
  writeFileSync(join(place.root, 'intellimap.config.json'), '{"record":{"redact":["carat"]}}');
  const { child, url, ended } = start('--port', '0', '--json');
  const address = (await url)!;
  const file = join(place.root, '.intellimap', 'collector.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { token } = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
  const span = {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'GET /',
    attributes: [{ key: 'carat', value: { stringValue: 'hunter2' } }],
    startTimeUnixNano: `${Date.now()}000000`,
    endTimeUnixNano: `${Date.now() + 5}000000`,
  };
  const record = { timeUnixNano: `${Date.now()}000000`, severityNumber: 9, body: { stringValue: 'hello' } };
  const point = { timeUnixNano: `${Date.now()}000000`, asInt: '3' };
  const metric = {
    name: 'carts',
    sum: { dataPoints: [point], aggregationTemporality: 2, isMonotonic: true },
  };
  const requests = {
    traces: { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] },
    logs: { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] },
    metrics: { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] },
  };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  for (const [signal, request] of Object.entries(requests)) {
    const body = JSON.stringify(request);
    const { status } = await fetch(`${address}/v1/${signal}`, { method: 'POST', headers, body });
    expect(status).toBe(200);
  }
  const maps = `/proc/${child.pid}/maps`;
  expect(readFileSync(maps, 'utf8')).not.toContain('duckdb');
  child.kill('SIGINT');
  const { code, printed } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({ run: runs()[0], spans: 1, logs: 1, points: 1, refused: 0 });
  expect(JSON.parse(readFileSync(join(runDir(), 'run.json'), 'utf8'))).toMatchObject({
    command: ['collect'],
    exitCode: 0,
    endedAt: expect.any(Number),
  });
  expect(readFileSync(join(runDir(), 'imported', 'spans.ndjson'), 'utf8')).not.toContain('hunter2');
  const sql = 'select s.name, l.body, m.name as metric, m.value from spans s, log_records l, metric_points m';
  expect(await asked(sql)).toEqual([{ name: 'GET /', body: 'hello', metric: 'carts', value: 3 }]);
});

test('a file beside it that cannot be written is said, and what was sent is kept', async () => {
  const { child, url, ended } = start('--port', '0', '--json', '--otlp-out', '/dev/full');
  await url;
  const { token } = JSON.parse(readFileSync(join(place.root, '.intellimap', 'collector.json'), 'utf8')) as { token: string }; // prettier-ignore
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'x', startTimeUnixNano: '1', endTimeUnixNano: '2' }; // prettier-ignore
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const headers = { 'content-type': 'application/json', 'x-intellimap-token': token };
  const { status } = await fetch(`${await url}/v1/traces`, { method: 'POST', headers, body });
  expect(status).toBe(200);
  child.kill('SIGINT');
  const { printed, said } = await ended;
  expect(JSON.parse(printed)).toMatchObject({ spans: 1, refused: 0 });
  expect(said).toContain('/dev/full lacks some of it');
});

test('where nothing comes, there is no run; a port that is taken is said', async () => {
  const first = start();
  await first.url;
  const second = await start().ended;
  expect(second.code).toBe(1);
  expect(second.said).toContain('is in use');
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect(runs()).toEqual([]);
});

/** Sends a span to the collector of the workspace, and ends with its answer. */
const PROGRAM = `
const { port, token } = JSON.parse(require('node:fs').readFileSync('.intellimap/collector.json', 'utf8'));
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'of a program', startTimeUnixNano: '1', endTimeUnixNano: '2',
  attributes: [{ key: 'intellimap.node_id', value: { stringValue: 'none' } }] };
const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const headers = { 'content-type': 'application/json', 'x-intellimap-token': token };
fetch('http://127.0.0.1:' + port + '/v1/traces', { method: 'POST', headers, body }).then(({ status }) => { process.exitCode = status === 200 ? 7 : 1; }, () => { process.exitCode = 2; });
`;

test.each([
  ['asked to', ['--collect'], 'dev', 7],
  ['once there is a build', [], 'build', 7],
  ['not without one', [], 'dev', 2],
  ['not where it shall not', ['--no-collect'], 'build', 2],
] as const)('run collects, %s: what comes is of the run of the command', async (_, options, kind, exit) => {
  writeFileSync(join(place.root, '.intellimap', 'builds', 'build-1', 'kind'), kind);
  writeFileSync(join(place.root, 'package.json'), '{"name":"w"}');
  writeFileSync(join(place.root, 'send.cjs'), PROGRAM);
  // Its port is known, whether it listens or not.
  const { collectorFile } = await import('../collect/index.ts');
  collectorFile(place.root);
  const { code } = await startCommand('run', ...options, '--no-summary', '--', process.execPath, 'send.cjs').ended; // prettier-ignore
  expect(code).toBe(exit);
  const file = join(runDir(), 'imported', 'spans.ndjson');
  expect(existsSync(file)).toBe(exit === 7);
  if (exit === 7) expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'of a program' });
});

test('a run whose port is taken records its command without pages', async () => {
  writeFileSync(join(place.root, '.intellimap', 'builds', 'build-1', 'kind'), 'build');
  writeFileSync(join(place.root, 'package.json'), '{"name":"w"}');
  const first = start();
  await first.url;
  const plain = await startCommand('run', '--no-summary', '--', process.execPath, '-e', 'process.exit(3)')
    .ended;
  expect(plain).toMatchObject({ code: 3, said: expect.stringContaining('pages do not join this run') });
  const asked = await startCommand('run', '--collect', '--', process.execPath, '-e', 'process.exit(3)').ended;
  expect(asked).toMatchObject({ code: 1, said: expect.stringContaining('in use') });
  expect(runs()).toHaveLength(1);
  first.child.kill('SIGINT');
  await first.ended;
});

test('open collects beside the page, when it is asked to', async () => {
  writeFileSync(join(place.root, 'package.json'), '{"name":"w"}');
  writeFileSync(join(place.root, 'send.cjs'), PROGRAM);
  const { child, url, ended } = startCommand('open', '--no-browser', '--collect');
  expect(await url).not.toBeNull();
  const sent = spawn(process.execPath, ['send.cjs'], { cwd: place.root, stdio: 'ignore' });
  expect(await once(sent, 'close')).toEqual([7, null]);
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(JSON.parse(readFileSync(join(runDir(), 'run.json'), 'utf8'))).toMatchObject({
    command: ['collect'],
    endedAt: expect.any(Number),
  });
});
