/** What is being recorded now, as it comes over the wire. */
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFile, Workspace } from '../store/fixtures/workspace.ts';
import { type Browser, opened } from './fixtures/browser.ts';
import type { LiveCounters, LiveEvent } from './contract.ts';

const workspace = new Workspace();
const COUNTERS: LiveCounters = { processes: 1, threads: 2, events: 10, bytes: 100, lost: 0, heldMs: 0 };
let events = 10;
let browser: Browser;
const write = (facts: object): string =>
  workspace.write('r1', 'run.json', JSON.stringify({ ...runFile('r1'), recorder: process.pid, endedAt: undefined, ...facts })); // prettier-ignore
beforeAll(async () => {
  write({});
  browser = await opened(workspace.root, { askLive: async () => ({ ...COUNTERS, events }) });
});
afterAll(async () => {
  await browser.server.close();
  workspace.remove();
});

/** All that comes, as it comes. */
async function listen(): Promise<{
  heard: LiveEvent[];
  stop: () => void;
  headers: http.IncomingHttpHeaders;
}> {
  const request = http.get({ host: '127.0.0.1', port: browser.server.port, path: '/api/live', agent: false, headers: { cookie: browser.cookie } }); // prettier-ignore
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const heard: LiveEvent[] = [];
  response.setEncoding('utf8').on('error', () => undefined);
  let text = '';
  response.on('data', (part: string) => {
    text += part;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const each of parts)
      if (each.startsWith('data: ')) heard.push(JSON.parse(each.slice(6)) as LiveEvent);
  });
  request.on('error', () => undefined);
  return { heard, stop: () => request.destroy(), headers: response.headers };
}

async function until(test: () => boolean): Promise<void> {
  for (let tries = 0; !test(); tries++) {
    if (tries > 500) throw new Error('it did not come');
    await sleep(20);
  }
}
const last = (heard: LiveEvent[], kind: LiveEvent['kind']) => heard.findLast((event) => event.kind === kind);

test('counters while it runs, word when it ends, and silence where nothing changes', async () => {
  const { heard, stop, headers } = await listen();
  expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-content-type-options': 'nosniff' });
  const live = { run: 'r1', command: ['node', 'app.js'], startedAt: 1_790_000_000_000 };
  await until(() => last(heard, 'live') !== undefined && JSON.stringify(last(heard, 'live')).includes('r1'));
  expect(last(heard, 'live')).toEqual({
    kind: 'live',
    runs: [{ ...live, counters: { ...COUNTERS, events: 10 } }],
  });
  events = 20;
  await until(() => JSON.stringify(last(heard, 'live')).includes('"events":20'));
  const before = heard.length;
  await sleep(2500);
  expect(heard.length).toBe(before);
  expect(last(heard, 'runs')).toBeUndefined();
  write({ endedAt: 1_790_000_001_000 });
  await until(() => last(heard, 'runs') !== undefined);
  expect(last(heard, 'live')).toEqual({ kind: 'live', runs: [] });
  stop();
});

test('who comes later hears what runs now', async () => {
  write({});
  const first = await listen();
  await until(() => JSON.stringify(first.heard).includes('r1'));
  const second = await listen();
  await until(() => second.heard.length > 0);
  expect(JSON.stringify(second.heard[0])).toContain('r1');
  first.stop();
  second.stop();
});

test('who asks for the head alone is no listener', async () => {
  const { status } = await browser.bare('/api/live', { method: 'HEAD', headers: { cookie: browser.cookie } });
  expect(status).toBe(404);
});
