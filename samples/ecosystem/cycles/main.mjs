// Modules that import each other: hoisted functions, live bindings, TDZ errors, half-filled exports, top-level await.
import { even, count } from './esm/even.mjs';
import { odd, parity } from './esm/odd.mjs';
import { createRequire } from 'node:module';
import './mixed/entry.mjs';

console.log(even(100), odd(7), count, parity);
await import('./esm/tdz-a.mjs').catch((error) => console.log(error.stack.replaceAll(import.meta.url.replace('main.mjs', ''), './')));
const namespace = await import('./esm/self.mjs');
console.log(Object.keys(namespace), namespace.me === namespace, namespace.default());
const require = createRequire(import.meta.url);
const a = require('./cjs/a.cjs');
console.log(a, require('./cjs/b.cjs').seen, a.late());
console.log(require('./cjs/class-a.cjs').create().chain(3));
console.log(await Promise.all([import('./esm/wait-a.mjs'), import('./esm/wait-b.mjs')]).then((all) => all.map(({ order }) => [...order].sort())));
