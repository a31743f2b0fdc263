import json from './data.json' with { type: 'json' };
import cjs, { named } from './lib.cjs';
import * as cycle from './cycle.mjs';
import { self } from 'pkg/self';
import data from 'data:text/javascript,export default function d() { return import.meta.url.slice(0, 5) }';
console.log(json, cjs.named(), named(), cycle.value(), self(), data());
console.log(
  Object.keys(import.meta)
    .sort()
    .join(),
  import.meta.filename === new URL(import.meta.url).pathname,
  import.meta.resolve('./x.mjs').endsWith('/x.mjs'),
);
const [a, b] = [await import('./counted.mjs?1'), await import('./counted.mjs?2#h')];
console.log(a.count(), a.count(), b.count(), a.url.slice(-2), b.url.slice(-4));
console.log(
  await import('./data.json').catch((e) => e.code),
  Object.prototype.toString.call(cycle),
  Reflect.ownKeys(a),
);
export const late = () => 'late';
