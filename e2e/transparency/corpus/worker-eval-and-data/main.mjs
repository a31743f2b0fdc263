import { Worker } from 'node:worker_threads';
const lib = JSON.stringify(new URL('./lib.mjs', import.meta.url).href);
const sources = [
  [
    "const { parentPort } = require('worker_threads'); parentPort.postMessage(require('./lib.cjs').f(1));",
    { eval: true },
  ],
  [
    new URL(
      'data:text/javascript,' +
        encodeURIComponent(
          'import { f } from ' +
            lib +
            '; import { parentPort } from "node:worker_threads"; parentPort.postMessage(f(2));',
        ),
    ),
    {},
  ],
  ['process.exit(4)', { eval: true }],
  ["require('./lib.cjs').fail()", { eval: true }],
  ['throw null', { eval: true }],
  [new URL('./nowhere.mjs', import.meta.url), {}],
];
for (const [source, options] of sources) {
  const worker = new Worker(source, options);
  worker.on('message', (m) => console.log('message', m));
  worker.on('error', (e) =>
    console.log('error', e === null ? e : e.constructor.name + ' ' + e.code + ' ' + (e.code ? '' : e.stack)),
  );
  await new Promise((done) =>
    worker.on('exit', (code) => {
      console.log('exit', code);
      done();
    }),
  );
}
