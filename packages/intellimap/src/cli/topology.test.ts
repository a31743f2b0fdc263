/** A text whose functions have the names of the pictures' letters, and what runs saw of its routes, topics, timers and requests. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { query } from './commands/query.ts';
import { topology } from './commands/topology.ts';
import { runCommand } from './fixtures/terminal.ts';
import { SCHEMAS } from './shapes/index.ts';
import type { TopologyAnswer } from './topology/joined.ts';
import { dotText, mermaidText } from './topology/pictures.ts';

const TEXT = `import express from 'express';
import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
export function a() {
  const app = express();
  app.get('/carts/:id', b);
  app.get('/carts/special', c);
  app.post('/orders', d);
  setInterval(e, 60000);
  bus.on('placed', f);
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, g);
  app.listen(80);
}
export function b(req, res) { bus.emit('placed'); bus.emit('nobody hears'); }
export function c() {}
export function d() {}
export function e() {}
export function f() {}
export function g() {}
export function h() { return fetch('https://stock.example/items/' + id); }
export function i() { express().get('/never', j).listen(81); }
export function j() {}
setTimeout(somewhere.else, 1);
`;

const workspace = new Workspace();
const bare = new Workspace();
const put = ({ root }: Workspace): void => {
  mkdirSync(join(root, 'src'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "scripts": { "start": "node src/a.ts" } }');
  writeFileSync(join(root, 'src/a.ts'), TEXT);
};
const task = (id: number, name: string) => ({ t: 'task', id, kind: 'request', name });
const resource = (id: number, url: string) => ({ t: 'resource', id, kind: 'fetch', method: 'GET', url, micros: 1000 + id }); // prettier-ignore

beforeAll(() => {
  put(workspace);
  put(bare);
  // Two requests at once, one of a path that no route has; `k` runs by a timer that no text sets.
  const picture =
    '[1 a{ =0<1timeout }a ]1 .1 [7 b{ f{ }f }b ]7 [8 b{ f{ }f }b ]8 .7 .8 [9 c{ }c ]9 .9 [10 k{ }k ]10 .10 [11 k{ }k ]11 .11 [12 ]12 .12 [1 h{ @1 @2 }h ]1 .1';
  const notes = [
    task(7, 'GET /carts/1'),
    task(8, 'GET /carts/2'),
    task(9, 'GET /carts/special'),
    task(10, 'GET /favicon.ico'),
    // The function that adds this route did not run.
    task(11, 'GET /never'),
    // A server in front of this one: nothing of the workspace ran for it.
    task(12, 'GET /carts/3'),
    resource(1, 'https://stock.example/items/1'),
    resource(2, 'https://other.example/'),
  ];
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] }, { startedAt: 1 });
  workspace.run('r2', { '7-0': [{ picture: 'a{ }a e{ }e e{ }e g{ }g', end: true }] }, { startedAt: 2 });
});
afterAll(() => [workspace, bare].forEach((each) => each.remove()));

const lines = async (of: Workspace, values = {}): Promise<string[]> => {
  const { stdout } = await runCommand(topology, of.root, [], values);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  return stdout.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, '  '));
};
const answer = async (of = workspace): Promise<TopologyAnswer> =>
  JSON.parse((await runCommand(topology, of.root, [], { json: true })).stdout) as TopologyAnswer;

test('what the text foretells, with what all runs saw of it', async () => {
  const all = await lines(workspace);
  const part = (from: string, to: string): string[] =>
    all.slice(all.indexOf(from) + 1, all.indexOf(to) - 1).map((line) => line.replaceAll(/p95 [\d.]+ \S+/g, 'p95 …')); // prettier-ignore
  expect(part('Programs, and what they start and answer', 'Topics, messages, queues: who sends ←, who hears →')).toEqual([
    'src/a.ts, script "start"  not recorded',
    'express server in a, port 80  function ran  src/a.ts:5',
    'GET /carts/:id  2× p95 …  src/a.ts:14',
    'GET /carts/special  1× p95 …  src/a.ts:15',
    'POST /orders  never  src/a.ts:16',
    'express server in i, port 81  never  src/a.ts:21',
    'GET /never  never  src/a.ts:22',
    '1 emitter, 1 client, 1 timer, 2 signals',
  ]);
  expect(part('Topics, messages, queues: who sends ←, who hears →', 'Requests')).toEqual([
    'bus, events.EventEmitter  src/a.ts:3',
    'placed  2×',
    '← b  2×  src/a.ts:14',
    '→ f  2×  src/a.ts:18',
    'nobody hears: no receiver found  function ran',
    '← b  function ran  src/a.ts:14',
  ]);
  expect(part('Timers', 'Where the time went, in the newest run')).toEqual([
    'every 60 s in a  2×  src/a.ts:9',
    '',
    'Signals',
    // One function for both: nobody knows which it was.
    'SIGTERM  function ran  src/a.ts:11',
    '→ g  1×  src/a.ts:19',
    'SIGINT  function ran  src/a.ts:11',
    '→ g  1×  src/a.ts:19',
  ]);
}); // prettier-ignore

test('requests: by whom, and which a run saw that no text makes', async () => {
  const { nodes, edges, blindSpots } = await answer();
  const client = nodes.find(({ kind }) => kind === 'client')!;
  expect([client.name, client.evidence, client.count]).toEqual(['GET https://stock.example/items/*', 'seen', 1]);
  expect(edges.filter(({ dst }) => dst === client.id && client.kind === 'client').map(({ evidence, count, kind }) => [kind, evidence, count])).toContainEqual(['requests', 'seen', 1]);
  expect(blindSpots.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`)).toEqual([
    'client GET other.example/: made by code outside',
    'route GET /favicon.ico: no such route in the text',
    'route GET /never: no such route in the text',
  ]);
}); // prettier-ignore

test('requests of a route that were under way at once; time by what it was spent for', async () => {
  const { nodes, loads } = await answer();
  const cart = nodes.find(({ name }) => name === 'GET /carts/:id')!;
  expect([cart.mostAtOnce, cart.runs, cart.last]).toEqual([2, 1, 'r1']);
  expect(loads.map(({ id, count }) => [id, count])).toEqual([['timer:every 60 s in a@src/a.ts', 2]]);
});

test('as JSON, as its schema says; as SQL', async () => {
  const validate = new Ajv2020({ strict: false }).compile(SCHEMAS.topology);
  expect(validate(await answer()), JSON.stringify(validate.errors)).toBe(true);
  const { stdout } = await runCommand(query, workspace.root, ["select name, evidence from topology_node_evidence where kind = 'route' order by name"], { json: true }); // prettier-ignore
  expect(JSON.parse(stdout)).toEqual([
    { name: 'GET /carts/:id', evidence: 'never' },
    { name: 'GET /carts/special', evidence: 'never' },
    { name: 'GET /never', evidence: 'never' },
    { name: 'POST /orders', evidence: 'never' },
  ]);
});

test('where nothing was recorded: what the text says, and no trace', async () => {
  const all = await lines(bare);
  expect(all).toContain('GET /carts/:id  not recorded  src/a.ts:14');
  expect(all.at(-1)).toBe('14 things in 1 file; nothing was recorded');
  expect(existsSync(join(bare.root, '.intellimap'))).toBe(false);
});

test('two pictures at once are refused', async () => {
  await expect(runCommand(topology, bare.root, [], { json: true, dot: true })).rejects.toThrow(/exclude/);
});

test('names of strangers do not end a label, nor become markup or links', () => {
  const name = 'a"] --> x; click n0 "javascript:b" <img onerror=c>\\" \n%% #d';
  const node = { id: 'topic:x', kind: 'topic', name, evidence: 'seen', count: 1, path: 'a.js', line: 1 };
  const other = { ...node, id: 'f', kind: 'function', name: 'f' };
  const edge = { src: 'f', dst: 'topic:x', kind: 'sends', label: name, evidence: 'seen', count: 1 };
  const it = { nodes: [node, other], edges: [edge] } as unknown as TopologyAnswer;
  const mermaid = mermaidText(it).split('\n');
  expect(mermaid.slice(1, 4)).toEqual([
    '  n0>"topic a#34;#93; --#62; x#59; click n0 #34;javascript:b#34; #60;img onerror#61;c#62;#92;#34;  #37;#37; #35;d 1×"]:::seen',
    '  n1["f 1×"]:::seen',
    '  n1 ==>|"a#34;#93; --#62; x#59; click n0 #34;javascript:b#34; #60;img onerror#61;c#62;#92;#34;  #37;#37; #35;d 1×"| n0',
  ]);
  expect(dotText(it).split('\n')[2]).toBe(
    String.raw`  n0 [label="topic a\"] --> x; click n0 \"javascript:b\" <img onerror=c>\\\"  %% #d 1×", shape=cds, style=bold];`,
  );
});
