/** What the text foretells of processes, routes, topics and timers, and what a run says of it: a server, a worker, a bus and a child that asks, as installed. */
import assert from 'node:assert/strict';
import { execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';
import { runCases } from './_cases.mjs';

export const ci = true;
export const seconds = 25;

const MAIN = `
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { Bus } from './bus.mjs';
import { answer } from './answer.mjs';

const bus = new Bus();
const worker = new Worker(new URL('./square.mjs', import.meta.url));
worker.on('message', ({ square }) => bus.emit('squared', square));
bus.once('squared', function first(square) {
  const server = createServer(answer(bus));
  server.listen(0, '127.0.0.1', () => {
    const child = fork(new URL('./visitor.mjs', import.meta.url), [String(server.address().port)]);
    child.on('exit', function over() { clearInterval(beat); server.close(); worker.terminate(); });
  });
});
bus.on('asked', function count() {});
bus.on('never', function unheard() {});
const beat = setInterval(function tick() {}, 20);
setTimeout(() => worker.postMessage({ type: 'square', of: 7 }), 50);
`;
const BUS = `
import { EventEmitter } from 'node:events';
export class Bus extends EventEmitter {}
`;
const ANSWER = `
export const answer = (bus) => function onRequest(request, response) {
  bus.emit('asked', request.url);
  if (request.url === '/health') return response.end('ok');
  if (request.method === 'POST' && request.url === '/orders') return response.end('thanks');
  if (request.url === '/nowhere') return response.end();
  response.statusCode = 404;
  response.end();
};
`;
const SQUARE = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ of }) => { parentPort.postMessage({ square: of * of }); });
`;
const VISITOR = `
const base = 'http://127.0.0.1:' + process.argv[2];
async function ask(path, method = 'GET') { await (await fetch(base + path, { method })).text(); }
await ask('/health');
await ask('/health');
await ask('/orders', 'POST');
await ask('/other');
`;

async function recorded() {
  const cwd = workspaceOf('topology', {
    'package.json': JSON.stringify({ name: 'topology', private: true, type: 'module', scripts: { start: 'node main.mjs' } }),
    'main.mjs': MAIN,
    'bus.mjs': BUS,
    'answer.mjs': ANSWER,
    'square.mjs': SQUARE,
    'visitor.mjs': VISITOR,
  }); // prettier-ignore
  const { code, stderr } = await execute(intellimapBin(), ['run', '--', 'node', 'main.mjs'], { cwd });
  assert.equal(code, 0, stderr);
  return cwd;
}

const cases = {
  async 'what is foretold, what a run saw of it, and what it saw besides'() {
    const cwd = await recorded();
    const { code, stdout, stderr } = await execute(intellimapBin(), ['topology', '--json'], { cwd });
    assert.equal(code, 0, stderr);
    const { nodes, edges, blindSpots } = JSON.parse(stdout);
    const seen = (kind) =>
      nodes
        .filter((node) => node.kind === kind)
        .map(({ name, evidence, count }) => `${name}: ${evidence}${count > 0 ? ` ${count}` : ''}`)
        .toSorted();
    assert.deepEqual(seen('program'), ['main.mjs: seen 1', 'square.mjs: seen 1', 'visitor.mjs: seen 1']);
    assert.deepEqual(seen('worker'), ['square.mjs: seen 1']);
    assert.deepEqual(seen('process'), ['visitor.mjs: seen 1']);
    assert.deepEqual(seen('route'), ['* /health: seen 2', '* /nowhere: never', 'POST /orders: seen 1']);
    assert.deepEqual(seen('topic'), ['asked: seen 4', 'never: never', 'squared: seen 1']);
    assert.deepEqual(seen('channel'), ['messages from square.mjs: seen 1', 'messages to square.mjs: seen 1']);
    assert.match(
      seen('timer').find((each) => each.startsWith('every 20 ms')),
      /: seen \d+$/,
    );
    assert.deepEqual(seen('client'), ['GET http://127.0.0.1:*/health: seen 2', 'GET http://127.0.0.1:*/other: seen 1', 'POST http://127.0.0.1:*/orders: seen 1']); // prettier-ignore
    const asks = edges.filter(({ kind, dst }) => kind === 'requests' && dst.startsWith('route:'));
    assert.deepEqual(asks.map(({ src, dst }) => `${src.split('@')[0]} → ${dst.split('@')[0]}`).toSorted(), [
      'client:GET http://127.0.0.1:*/health → route:* /health',
      'client:POST http://127.0.0.1:*/orders → route:POST /orders',
    ]);
    const spots = blindSpots.map(({ kind, name }) => `${kind} ${name}`);
    assert.ok(spots.includes('route GET /other'), spots.join('\n'));
    assert.ok(!spots.some((spot) => spot.startsWith('program')), spots.join('\n'));
    const rows = await query(cwd, "SELECT name, p95_ms > 0 AS timed FROM topology_node_evidence WHERE kind = 'route' AND evidence = 'seen' ORDER BY name"); // prettier-ignore
    assert.deepEqual(rows, [
      { name: '* /health', timed: true },
      { name: 'POST /orders', timed: true },
    ]);
    const watched = edges.filter(({ kind }) => kind === 'supervises');
    assert.deepEqual(
      watched.map(({ label, count }) => [label, count]),
      [['exit', 1]],
    );
  },
};

export const run = async (parts) => runCases(cases, parts);
