/** Paths with numbers: recordings have `*` in their place, the text does not; and routes that one function answers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { topology } from './commands/topology.ts';
import { runCommand } from './fixtures/terminal.ts';
import type { TopologyAnswer } from './topology/joined.ts';

const TEXT = `import { createServer } from 'node:http';
export function a() { createServer(b).listen(80); }
export function b(req, res) {
  if (req.url === '/status/200') return res.end();
  if (req.url === '/status/404') return res.end();
  if (req.url === '/status/500') return res.end();
  if (req.url === '/orders/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f/lines') return res.end();
}
export function c() { fetch('http://localhost:54321/status/200'); fetch('http://localhost:54321/status/404'); }
export function d() { fetch('http://localhost:54321/status/500'); }
export function e(id) { fetch('http://localhost:54321/files/report-' + id); fetch('http://localhost:54321/reports/daily-' + id); }
export function f(id) { fetch('http://localhost:54321/users/' + id); }
`;

const workspace = new Workspace();
let answer: TopologyAnswer;

const task = (id: number, name: string) => ({ t: 'task', id, kind: 'request', name });
const resource = (id: number, path: string) => ({ t: 'resource', id, kind: 'fetch', method: 'GET', url: `http://localhost:54321${path}`, micros: 1000 + id }); // prettier-ignore

beforeAll(async () => {
  mkdirSync(join(workspace.root, 'src'));
  writeFileSync(join(workspace.root, 'src/a.ts'), TEXT);
  const asked = ['/status/200', '/status/200', '/status/404', '/status/418', '/orders/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f/lines', '/orders/7/lines']; // prettier-ignore
  const fetched = ['/status/200', '/status/200', '/status/404', '/files/report-0191e2b0-5f63-7b1c', '/reports/1', '/users/7', '/users/8']; // prettier-ignore
  const answered = asked.map((_, n) => `[${n + 11} b{ }b ]${n + 11} .${n + 11}`).join(' ');
  const picture = `[1 a{ }a c{ @1 @2 @3 }c d{ }d e{ @4 }e @5 f{ @6 @7 }f ]1 .1 ${answered}`;
  const notes = [...asked.map((path, n) => task(n + 11, `GET ${path}`)), ...fetched.map((path, n) => resource(n + 1, path))]; // prettier-ignore
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] });
  answer = JSON.parse((await runCommand(topology, workspace.root, [], { json: true })).stdout) as TopologyAnswer; // prettier-ignore
});
afterAll(() => workspace.remove());

const seen = (kind: string): string[] =>
  answer.nodes
    .filter((node) => node.kind === kind)
    .map(({ name, evidence, count }) => `${name.replace('http://localhost:54321', '')}: ${evidence} ${count}`)
    .toSorted();

test('a route that names a number has the requests of that number, and of no other', () => {
  expect(seen('route')).toEqual([
    '* /orders/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f/lines: seen 1',
    '* /status/200: seen 2',
    '* /status/404: seen 1',
    '* /status/500: never 0',
  ]);
});

test('so has a client, also where only a part of the number or id is known', () => {
  expect(seen('client')).toEqual([
    'GET /files/report-*: seen 1',
    'GET /reports/daily-*: never 0',
    'GET /status/200: seen 2',
    'GET /status/404: seen 1',
    'GET /status/500: never 0',
    'GET /users/*: seen 2',
  ]);
});

test('so have the functions that make the requests', () => {
  const made = answer.edges.filter(({ kind, src }) => kind === 'requests' && !src.startsWith('client'));
  const shown = made.map(({ dst, evidence, count }) => `${dst.split('54321')[1].split('@')[0]}: ${evidence} ${count}`); // prettier-ignore
  expect(shown.toSorted()).toEqual([
    '/files/report-*: seen 1',
    '/reports/daily-*: function ran null',
    '/status/200: seen 2',
    '/status/404: seen 1',
    '/status/500: function ran null',
    '/users/*: seen 2',
  ]);
});

test('time of the function that answers several is told with those that had requests', () => {
  const ids = new Map(answer.nodes.map(({ id, name }) => [id, name]));
  expect(answer.loads.map(({ id, count }) => `${ids.get(id)}: ${count}`).toSorted()).toEqual([
    '* /orders/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f/lines: 1',
    '* /status/200: 2',
    '* /status/404: 1',
  ]);
});

test('what is left is not foretold', () => {
  expect(answer.blindSpots.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`).toSorted()).toEqual([
    'client GET localhost:*/reports/*: made by code outside',
    'route GET /orders/*/lines: no such route in the text',
    'route GET /status/*: no such route in the text',
  ]);
});
