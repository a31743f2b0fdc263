import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioRecording } from './recording.ts';

const SECRET = 'correct horse battery staple';
const TOKEN = 'k3yOfTheShop7Qx';
let root = '';
beforeEach(() => {
  process.env['SHOP_PASSWORD'] = SECRET;
  root = mkdtempSync(join(tmpdir(), 'intellimap-scenario-'));
});
afterEach(() => {
  delete process.env['SHOP_PASSWORD'];
  rmSync(root, { recursive: true });
});

/** A browser that answers, and tells what it is made to tell. */
function browser() {
  const heard = new Map<string, (params: never) => void>();
  return {
    tell: (event: string, params: object) => heard.get(event)?.(params as never),
    send: async (method: string) =>
      await Promise.resolve(
        method === 'Page.getFrameTree' ? { frameTree: { frame: { id: 'frame' } } } : { result: [] },
      ),
    on: (event: string, hear: (params: never) => void) => heard.set(event, hear),
    detach: async () => await Promise.resolve(),
  };
}

test('neither what fails nor what pages ask for and say is written down with secrets in it', async () => {
  const run = { root, patterns: { include: [], exclude: [] } };
  const watched = { coverage: false, cpu: undefined, heap: false, pictures: false };
  const about = { name: 'buy', file: 'buy.mjs', agent: 'chromium 1' };
  const recording = new ScenarioRecording({ run, runDir: root, ...about, watched });
  const cdp = browser();
  await recording.watch(cdp, `http://localhost:1/start?token=${TOKEN}`);
  const asked = {
    requestId: '1',
    loaderId: '1',
    frameId: 'frame',
    type: 'Document',
    timestamp: 1,
    wallTime: 1,
  };
  const url = `http://localhost:1/cart?token=${TOKEN}`;
  cdp.tell('Network.requestWillBeSent', { ...asked, request: { url, method: 'GET' } });
  const said = [{ type: 'string', value: `password ${SECRET}` }];
  cdp.tell('Runtime.consoleAPICalled', { type: 'error', args: said, timestamp: 1 });
  const description = `Error: no\nlogged in with ${SECRET}\n    at f (http://localhost:1/a.js:1:2)`;
  cdp.tell('Runtime.exceptionThrown', {
    timestamp: 1,
    exceptionDetails: {
      text: 'Uncaught',
      lineNumber: 0,
      columnNumber: 0,
      exception: { type: 'object', description },
    },
  });
  const fails = (): never => {
    throw new Error(`expected ${SECRET}`);
  };
  await expect(recording.step('log in', fails)).rejects.toThrow('expected');
  await recording.end('failed', new Error(`also ${SECRET}`));
  const written = (readdirSync(root, { recursive: true }) as string[])
    .map((name) => join(root, name))
    .filter((file) => statSync(file).isFile() && file.endsWith('.seg'))
    .map((file) => readFileSync(file, 'latin1'));
  expect(written).toHaveLength(2);
  const all = written.join('\n');
  for (const kept of ['log in', '/cart?token', 'password', 'logged in with', 'expected '])
    expect(all).toContain(kept);
  for (const secret of [SECRET, TOKEN]) expect(all).not.toContain(secret);
});

test('what a step failed with is told once, though the runner tells a copy of it at the end; anything else is told, too', async () => {
  const run = { root, patterns: { include: [], exclude: [] } };
  const watched = { coverage: false, cpu: undefined, heap: false, pictures: false };
  const about = { name: 'buy', file: 'buy.mjs', agent: 'chromium 1' };
  const told = async (atEnd: string): Promise<number> => {
    const recording = new ScenarioRecording({ run, runDir: root, ...about, watched });
    const fails = (): never => {
      throw new Error('\u001B[31mno total\u001B[39m');
    };
    await expect(recording.step('look', fails)).rejects.toThrow('no total');
    await recording.end('failed', new Error(atEnd));
    const thread = readdirSync(join(root, 'threads')).toSorted().at(-1)!;
    const bytes = readFileSync(join(root, 'threads', thread, '000001.seg'), 'latin1');
    return bytes.split('"t":"uncaught"').length - 1;
  };
  expect([await told('no total'), await told('no server')]).toEqual([1, 2]);
});
