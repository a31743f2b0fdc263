// Takes away and replaces what programs rarely miss, as sandboxes and test tools do, then goes on working.
import { setTimeout as wait } from 'node:timers/promises';
import { readFileSync } from 'node:fs';

const before = Reflect.ownKeys(globalThis).length;
console.log('globals', before, Reflect.ownKeys(globalThis).filter((key) => typeof key === 'symbol').map(String).sort());
console.log('enumerable', Object.keys(globalThis));
const { log } = console;
const now = Date.now();

const victims = ['SharedArrayBuffer', 'Atomics', 'Symbol', 'Reflect', 'Proxy', 'WeakMap', 'WeakRef', 'Map', 'Set', 'Promise', 'Int32Array', 'BigInt', 'performance', 'queueMicrotask', 'setImmediate', 'structuredClone', 'Buffer', 'URL', 'TextEncoder', 'Function', 'Error'];
const kept = Object.fromEntries(victims.map((name) => [name, globalThis[name]]));
for (const name of victims) delete globalThis[name];
log('gone', victims.filter((name) => name in globalThis));

const { default: late, Counter } = await import('./late.mjs');
log(late(10), [...new Counter(3)], await Counter.later(2));
await wait(5);
try {
  late(-1);
} catch (error) {
  log(error.message, error.stack.split('\n')[1].trim().replace(/file:.*\//, ''));
}
globalThis.Date = class {
  static now() {
    throw new kept.Error('no time');
  }
};
globalThis.process = { env: {} };
Array.prototype.push = function () {
  throw new kept.Error('no push');
};
Array.prototype[kept.Symbol.iterator] = undefined;
const again = await import('./late.mjs?again');
log(again.default(12), typeof Date.now, readFileSync(new kept.URL('late.mjs', import.meta.url), 'utf8').length);
Object.defineProperty(globalThis, 'Error', { get: () => { throw 'no errors here'; }, configurable: true });
await wait(5);
log(again.default(5), now > 0);
let total = 0;
for (let i = 0; i < 2000; i += 1) total += late(3);
log(total);
