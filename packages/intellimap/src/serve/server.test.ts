/** Who may ask, and what they get: a real server, real requests. */
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Browser, builtUi, opened } from './fixtures/browser.ts';
import { startServer } from './index.ts';

const workspace = new Workspace();
const ui = builtUi();
let browser: Browser;
beforeAll(async () => {
  const notes = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];
  workspace.run('r1', { '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', notes, end: true }] });
  mkdirSync(join(workspace.root, 'src'));
  writeFileSync(join(workspace.root, 'src', 'a.ts'), 'export const a = 1;\n');
  browser = await opened(workspace.root, { ui });
});
afterAll(async () => {
  await browser.server.close();
  workspace.remove();
  rmSync(ui, { recursive: true });
});

describe('who is not let in', () => {
  test.each(['/', '/map', '/assets/a-1.js', '/api/workspace', '/api/live', '/enter', '/enter?token=x'])(
    'gets nothing at %s without the cookie',
    async (path) => {
      const answer = await browser.bare(path);
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain('the page');
    },
  );
  test('nor at an address that is none', async () => {
    for (const path of ['/%zz', '/api/%zz']) {
      expect((await browser.bare(path)).status).toBe(401);
      expect((await browser.get(path, { host: 'evil.example' })).status).toBe(403);
      const { status, headers, json } = await browser.get(path);
      expect([status, json]).toEqual([400, { message: expect.stringContaining('not a valid url') }]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });
  test('nor with a wrong cookie, a foreign Host, a foreign Origin', async () => {
    const asked = (headers: http.OutgoingHttpHeaders) => browser.get('/api/workspace', headers);
    expect((await asked({ cookie: browser.cookie.replace(/.$/, '-') })).status).toBe(401);
    expect((await asked({ host: 'evil.example' })).status).toBe(403);
    expect((await asked({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await asked({})).status).toBe(200);
  });
  test('SQL takes no POST of another page, nor of a form', async () => {
    const ask = { sql: 'select 1 as one' };
    expect((await browser.post('/api/sql', ask)).json.rows).toEqual([[1]]);
    expect((await browser.post('/api/sql', ask, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await browser.post('/api/sql', ask, { 'content-type': 'text/plain' })).status).toBe(415);
    const { cookie } = browser;
    const headers = { cookie, 'content-type': 'application/json' };
    expect((await browser.bare('/api/sql', { method: 'POST', headers }, JSON.stringify(ask))).status).toBe(
      403,
    );
  });
});

describe('the token', () => {
  test('is exchanged for a cookie, and stands in no address from then on', async () => {
    const { pathname, search } = new URL(await browser.server.addressOf());
    const entered = await browser.bare(pathname + search);
    expect([entered.status, entered.headers.location]).toEqual([303, '/']);
    expect(entered.headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict$/);
  });
  test('leads to the run that was asked for', async () => {
    const { pathname, search } = new URL(await browser.server.addressOf('r'));
    expect((await browser.bare(pathname + search)).headers.location).toBe('/?run=r1');
    await expect(browser.server.addressOf('other')).rejects.toThrow('there is no run "other"');
  });
  test('from a link of another page, a page of our own goes on: a redirect would go without the cookie', async () => {
    const { pathname, search } = new URL(await browser.server.addressOf('r1'));
    const entered = await browser.bare(pathname + search, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(entered.status).toBe(200);
    expect(entered.text).toContain('<meta http-equiv="refresh" content="0;url=/?run=r1">');
    const hostile = await browser.bare(`${pathname}${search}%22%3E%3Cscript%3E`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(hostile.text).not.toContain('<script>');
  });
});

test('every answer tells the browser to load nothing from elsewhere, and to run nothing inline', async () => {
  for (const path of ['/', '/assets/a-1.js', '/api/workspace', '/api/nothing', '/nothing.js']) {
    const { headers } = await browser.get(path);
    const policy = String(headers['content-security-policy']);
    expect(policy, path).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

describe('files', () => {
  test('the page is there under every path of a screen, what it loads may be kept', async () => {
    expect((await browser.get('/')).text).toContain('the page');
    expect((await browser.get('/cinema?t=1')).text).toContain('the page');
    const script = await browser.get('/assets/a-1.js');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..\\..\\package.json',
    '/%00.js',
    '//etc/passwd.txt',
    '/assets/',
    '/assets/b.js',
  ])('%s is none', async (path) => {
    const answer = await browser.get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
  test('what the build keeps for itself is none', async () => {
    expect((await browser.get('/.made-from')).text).not.toContain('a hash');
  });
  test('a clone without a built UI says so', async () => {
    const other = await opened(workspace.root, { ui: '/nowhere' });
    expect((await other.get('/')).text).toContain('The UI was not built');
    await other.server.close();
  });
});

describe('the text of a file', () => {
  const ask = (path: string) => browser.get(`/api/source?path=${encodeURIComponent(path)}`);
  test('is told with what is known of it', async () => {
    const { json } = await ask('src/a.ts');
    expect(json).toMatchObject({ text: 'export const a = 1;\n', isRecorded: false });
    expect(json.functions[1]).toMatchObject({ name: 'b', line: 20, calls: 2 });
  });
  test('of files that the run knows, and in the workspace, only', async () => {
    for (const path of ['/etc/passwd', '../../etc/passwd', 'package.json', 'src/../../etc/passwd'])
      expect((await ask(path)).status, path).toBe(404);
    rmSync(join(workspace.root, 'src', 'b.ts'), { force: true });
    symlinkSync('/etc/passwd', join(workspace.root, 'src', 'b.ts'));
    const answer = await ask('src/b.ts');
    expect([answer.status, answer.json.message]).toEqual([404, 'src/b.ts is outside of the workspace']);
    rmSync(join(workspace.root, 'src', 'b.ts'));
    expect((await ask('src/b.ts')).json.text).toBeNull();
  });
});

describe('what fails is an answer', () => {
  test.each([
    ['/api/nothing', 404, /nothing at/],
    ['/api/summary?run=zzz', 404, /no run "zzz"/],
    ['/api/functions', 400, /'text'/],
    ['/api/functions?text=a&more=1', 400, /additional/],
    ['/api/report?name=x', 400, /no analysis "x"/],
    ['/api/tasks?t0=a&t1=1', 400, /t0 must be number/],
    ['/api/tasks?t0=1e20&t1=1', 400, /t0 must be <= 9007199254740991/],
    ['/api/tree?thread=1&call=-1e300', 400, /call must be >= -9007199254740991/],
    ['/api/tree?thread=-1&call=1', 400, /thread must be >= 0/],
    [`/api/functions?text=${'a'.repeat(20_000)}`, 431, /./],
  ])('%.40s: %i', async (path, status, message) => {
    const answer = await browser.get(path);
    expect(answer.status).toBe(status);
    if (answer.json !== null) expect(answer.json.message).toMatch(message);
  });
  test('SQL: refused, wrong with the place, too late, too long', async () => {
    expect((await browser.post('/api/sql', { sql: 'drop table calls' })).status).toBe(400);
    expect((await browser.post('/api/sql', { sql: 'select hitz from functions' })).json).toMatchObject({
      at: 7,
    });
    const late = await browser.post('/api/sql', { sql: ENDLESS, timeout: 100 });
    expect([late.status, late.json.message]).toEqual([
      400,
      'the query took longer than 0.1 s and was stopped',
    ]);
    expect((await browser.post('/api/sql', { sql: `select '${'x'.repeat(2 ** 20)}'` })).status).toBe(413);
    expect((await browser.post('/api/sql', { sql: 1, other: 2 })).status).toBe(400);
  });
});

const ENDLESS = 'select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7';

test('SQL that nobody waits for any more is stopped, and keeps nothing waiting meanwhile', async () => {
  const { cookie, origin, server } = browser;
  const request = http.request({
    host: '127.0.0.1', port: server.port, path: '/api/sql', method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
  }); // prettier-ignore
  request.on('error', () => undefined);
  request.end(JSON.stringify({ sql: ENDLESS, timeout: 60_000 }));
  await running(1);
  expect((await browser.get('/api/functions?text=b')).status).toBe(200);
  request.destroy();
  await running(0);
});

/** Until so many statements run. */
async function running(count: number): Promise<void> {
  const { data } = browser.server.context;
  for (let tries = 0; tries < 200; tries++) {
    if (data.asking === count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${data.asking} questions are asked, not ${count}`);
}

test('a connection that asks again and again is watched once for each question, not ever more', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const { cookie, origin, server } = browser;
  const warned: string[] = [];
  const warn = ({ name }: Error): void => void warned.push(name);
  process.on('warning', warn);
  const headers = { cookie, origin, 'content-type': 'application/json' };
  for (let times = 0; times < 12; times++) {
    const asked = { method: 'POST', agent, headers };
    const { json } = await browser.bare('/api/sql', asked, JSON.stringify({ sql: `select ${times}` }));
    expect(json.rows).toEqual([[times]]);
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warn);
  agent.destroy();
  expect(warned).toEqual([]);
  expect(server.context.data.asking).toBe(0);
});

test('nothing but the loopback address is bound', async () => {
  const { port } = browser.server;
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
  // On Linux all of 127.0.0.0/8 is there: who listens everywhere listens here, too.
  const alike = process.platform === 'linux' ? ['127.0.0.2'] : [];
  for (const address of [...others.map((each) => each.address), ...alike]) {
    const socket = net.connect({ host: address, port });
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  }
});

test('where others can reach it, they start no programs', async () => {
  const other = await opened(workspace.root, { ui, host: '0.0.0.0' });
  const answer = await other.post('/api/edit', { path: 'src/a.ts' });
  expect([answer.status, answer.json.hint]).toEqual([400, 'Open it without --host.']);
  await other.server.close();
});

test('a port in use, and an address of elsewhere, are the user’s to mend', async () => {
  const options = { version: '1', ui };
  const { port } = browser.server;
  await expect(startServer(workspace.root, { ...options, port })).rejects.toThrow(`port ${port} is in use`);
  await expect(startServer(workspace.root, { ...options, host: '203.0.113.9' })).rejects.toThrow(
    '203.0.113.9 is no address of this machine',
  );
});

test('it ends at once, with connections open, and its port is free again', async () => {
  const other = await opened(workspace.root, { ui });
  const { port } = other.server;
  await other.get('/api/summary');
  const live = http.get({ host: '127.0.0.1', port, path: '/api/live', headers: { cookie: other.cookie } });
  live.on('error', () => undefined);
  const [response] = (await once(live, 'response')) as [http.IncomingMessage];
  response.on('error', () => undefined).resume();
  const idle = net.connect({ host: '127.0.0.1', port });
  await once(idle, 'connect');
  idle.on('error', () => undefined);
  const slow = other.post('/api/sql', { sql: ENDLESS, timeout: 60_000 }).catch(() => 'cut off');
  while (other.server.context.data.asking === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await other.server.close();
  expect(await slow).toBe('cut off');
  const again = await startServer(workspace.root, { version: '1', ui, port });
  expect(again.port).toBe(port);
  await again.close();
});

test('a run that cannot be read hides no other', async () => {
  workspace.write('r9', 'run.json', '{');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { json } = await browser.get('/api/workspace');
  expect(json.runs.map(({ id }: { id: string }) => id)).toEqual(['r1']);
  expect(json.failed).toEqual([{ run: 'r9', reason: expect.stringContaining('run.json') }]);
  expect((await browser.get('/api/summary?run=r1')).status).toBe(200);
  // Who asks for the latest is told, and not given another one.
  expect((await browser.get('/api/summary')).status).toBe(422);
  expect(await browser.server.addressOf()).toContain('/enter?token=');
  rmSync(workspace.runDir('r9'), { recursive: true });
});

test('a workspace without recordings is an answer, and nothing is made in it', async () => {
  const empty = new Workspace();
  writeFileSync(
    join(empty.root, 'package.json'),
    JSON.stringify({ name: 'till', scripts: { start: 'node x' } }),
  );
  const other = await opened(empty.root, { ui });
  expect((await other.get('/api/workspace')).json).toEqual({
    name: 'till', root: empty.root, version: '1.2.3', runs: [], failed: [], suggestion: 'npx intellimap run -- npm start',
  }); // prettier-ignore
  const home = await other.get('/api/home');
  expect([home.status, home.json.hint]).toEqual([404, 'Make one: npx intellimap run -- <command>']);
  await other.server.close();
  expect(existsSync(join(empty.root, '.intellimap'))).toBe(false);
  empty.remove();
});
