// Started with NODE_OPTIONS of the user's own: what they preload ran, each process sees the same options, and children inherit them.
import { execFileSync, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';

console.log('NODE_OPTIONS', process.env.NODE_OPTIONS, 'execArgv', process.execArgv);
console.log('preloaded', globalThis.preloaded, Math.round(getHeapStatistics().heap_size_limit / 2 ** 20) < 400);
console.log('variables', Object.keys(process.env).filter((name) => /intelli|node_/i.test(name)).sort());
console.log('in', 'INTELLIMAP_RUN' in process.env, Object.hasOwn(process.env, 'NODE_OPTIONS'), JSON.stringify(process.env).includes('ntelli'));
const child = new URL('child.cjs', import.meta.url);
const run = (env, ...args) => spawnSync(process.execPath, [...args, child.pathname], { encoding: 'utf8', env });
for (const [label, env, ...args] of [
  ['inherited', undefined],
  ['copied', { ...process.env }],
  ['changed', { ...process.env, NODE_OPTIONS: '--no-warnings --stack-trace-limit=3' }],
  ['emptied', { ...process.env, NODE_OPTIONS: '' }],
  ['bare', { PATH: process.env.PATH }],
  ['own arguments', process.env, '--no-deprecation'],
]) {
  const { stdout, stderr, status } = run(env, ...args);
  console.log(`== ${label} ${status}\n${stdout}${stderr}`);
}
delete process.env.NODE_OPTIONS;
console.log('deleted', process.env.NODE_OPTIONS, run(undefined).stdout);
process.env.NODE_OPTIONS = '--title=renamed';
const forked = fork(child, ['forked'], { execArgv: ['--no-warnings'], silent: true });
let said = '';
forked.stdout.on('data', (chunk) => (said += chunk));
await once(forked, 'close');
console.log('forked', said);
console.log(execFileSync('/bin/sh', ['-c', 'node -p "process.title + process.env.NODE_OPTIONS"'], { encoding: 'utf8', env: { ...process.env, EMPTY: '' } }));
const worker = new Worker('require("node:worker_threads").parentPort.postMessage([process.env.NODE_OPTIONS, process.execArgv, typeof preloaded])', { eval: true, execArgv: [], env: { A: '1' } });
console.log('worker', (await once(worker, 'message'))[0]);
function work(n) {
  return n < 2 ? n : work(n - 1) + work(n - 2);
}
console.log(work(15));
