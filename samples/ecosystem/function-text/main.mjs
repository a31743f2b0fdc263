// Programs that read functions as text: injection by parameter names, functions sent to a worker, and an own Function.prototype.toString.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { inject } from './inject.mjs';
import * as samples from './samples.cjs';

const native = Function.prototype.toString;
console.log(native.name, native.length, native.toString(), Object.getOwnPropertyNames(native), typeof native.prototype);
for (const [name, value] of Object.entries(samples.default)) console.log(name, JSON.stringify(`${value}`));
console.log(inject(samples.default.needs, { first: 1, second: 2 }), inject(samples.default.Needs, { log: 'log', db: 'db' }));
for (const strange of [Math.max, Proxy, new Proxy(samples.default.plain, {}), samples.default.plain.bind(null), class {}, Object.getOwnPropertyDescriptor(Map.prototype, 'size').get]) console.log(native.call(strange));
for (const wrong of [{}, null, 'text', Object.create(samples.default.plain)]) {
  try {
    native.call(wrong);
  } catch (error) {
    console.log(error.name, error.message, error.stack.split('\n')[1].trim().replace(/\(?file:.*\//, ''));
  }
}
const worker = new Worker(`const { parentPort } = require('node:worker_threads'); const work = ${samples.default.work}; parentPort.postMessage(work(20));`, { eval: true });
console.log('worker', (await once(worker, 'message'))[0]);
console.log(new Function(`return (${samples.default.work})(12)`)(), eval(`(${samples.default.arrow})(4)`));

// Some mask their wrappers: the override answers for them and passes on the rest.
const masks = new WeakMap();
Function.prototype.toString = function toString() {
  return masks.get(this) ?? Reflect.apply(native, this, []);
};
masks.set(Function.prototype.toString, String(native));
const masked = (...args) => samples.default.plain(...args);
masks.set(masked, 'function fetch() { [native code] }');
console.log(`${masked}`, `${Function.prototype.toString}`, `${samples.default.plain}` === native.call(samples.default.plain), masked(3));
console.log(Object.keys(Object.getOwnPropertyDescriptors(Function.prototype)).join());
Object.defineProperty(Function.prototype, 'toString', { value: native, writable: false, configurable: false });
console.log(String(samples.default.plain).length, samples.default.plain.name, samples.default.plain.length);
let total = 0;
for (let i = 0; i < 2000; i += 1) total += samples.default.arrow(i);
console.log(total, /native code/.test(String(console.log)), `${setTimeout}`.length, `${queueMicrotask}`.length, `${process.emit}`.length, `${Worker}`.length);
