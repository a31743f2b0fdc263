/** `intellimap open` as it is typed: a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openerOf } from './browser.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const workspace = new Workspace();
beforeAll(() => void workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] }));
afterAll(() => workspace.remove());

interface Started {
  child: ChildProcess;
  /** First line of standard output. */
  line: Promise<string>;
  said: () => string;
  ended: Promise<number | null>;
}

function start(...words: string[]): Started {
  const child = spawn(process.execPath, [main, 'open', ...words], { cwd: workspace.root, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
  let said = '';
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes('\n')) resolve(printed.split('\n', 1)[0]);
    });
    child.once('exit', () => resolve(printed));
  });
  return {
    child,
    line,
    said: () => said,
    ended: once(child, 'exit').then(([code]) => code as number | null),
  };
}

/** Whether somebody could listen there. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const [event] = await Promise.race([once(server, 'listening').then(() => [true]), once(server, 'error').then(() => [false])]); // prettier-ignore
  server.close();
  return event;
}

test('it prints the address, answers, and ends at once: its port is free again', async () => {
  const { child, line, ended } = start('r', '--no-browser');
  const address = new URL(await line);
  expect(address.host).toMatch(/^127\.0\.0\.1:\d+$/);
  expect([address.pathname, address.searchParams.get('run')]).toEqual(['/enter', 'r1']);
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')!.split(';', 1)[0];
  const answer = await fetch(new URL('/api/workspace', address), { headers: { cookie } });
  expect(await answer.json()).toMatchObject({ root: workspace.root, runs: [{ id: 'r1' }] });
  const before = performance.now();
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(5000);
  expect(await isFree(Number(address.port))).toBe(true);
});

test('what cannot be opened is said, and nothing is left behind', async () => {
  const other = start('nothing', '--no-browser');
  expect(await other.ended).toBe(3);
  expect(other.said()).toContain('there is no run "nothing"');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const second = start('--port', String(port), '--no-browser');
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`port ${port} is in use`);
  taken.close();
  const wrong = start('--port', '70000');
  expect(await wrong.ended).toBe(2);
});

test('another address than the loopback one is warned of', async () => {
  const { child, line, said, ended } = start('--host', '0.0.0.0', '--no-browser');
  expect(await line).toMatch(/^http:\/\/.+\/enter\?token=/);
  expect(said()).toContain('0.0.0.0 can be reached from other machines');
  child.kill('SIGTERM');
  await ended;
});

test.each([
  ['darwin', {}, ['open']],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
  ['linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', {}, null],
  ['darwin', { CI: 'true' }, null],
] as const)('what opens a browser on %s with %j: %j', (platform, environment, expected) => {
  expect(openerOf(platform, environment)).toEqual(expected);
});
