import { setTimeout as sleep } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
import { EventEmitter, once } from 'node:events';
const c = new AbortController();
const waiting = sleep(1000, null, { signal: c.signal }).catch((e) => e.code);
c.abort();
console.log(await waiting);
const out = [];
await pipeline(
  Readable.from(['a', 'b']),
  async function* (s) {
    for await (const x of s) yield String(x).toUpperCase();
  },
  new Transform({
    transform(x, _, cb) {
      out.push(String(x));
      cb();
    },
  }),
);
console.log(out);
const e = new EventEmitter();
setImmediate(() => e.emit('go', 1, 2));
console.log(await once(e, 'go'));
const results = await Promise.allSettled([
  Promise.any([Promise.reject(1), Promise.resolve(2)]),
  Promise.race([sleep(1, 'slow'), 'fast']),
  (async () => {
    throw 3;
  })(),
]);
console.log(results);
e.on('error', (x) => console.log('error', x.message));
e.emit('error', new Error('told'));
const t = setInterval(function tick() {
  console.log('tick', this === t);
  clearInterval(t);
}, 1);
