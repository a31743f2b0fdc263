const { log } = console;
for (const name of [
  'Atomics',
  'SharedArrayBuffer',
  'WeakRef',
  'performance',
  'structuredClone',
  'queueMicrotask',
  'Int32Array',
  'Map',
  'Proxy',
  'WeakMap',
  'BroadcastChannel',
  'Reflect',
])
  delete globalThis[name];
globalThis.Date = function () {
  throw new Error('no dates');
};
Math.floor = () => NaN;
Object.keys = () => {
  throw new Error('no keys');
};
const { f, g } = require('./lib.cjs');
log(f(1));
delete globalThis.Math;
for (let i = 0; i < 10_000; i++) f(i);
g().then(log);
import('./lib.mjs').then((m) => log(m.h()));
