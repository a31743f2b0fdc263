import { Worker, SHARE_ENV } from 'node:worker_threads';
process.env.SET_BY_PARENT = 'yes';
async function run(options) {
  const worker = new Worker(new URL('./worker.cjs', import.meta.url), options);
  worker.on('message', (m) => console.log(m));
  worker.on('error', (e) => console.log('error', e.code, e.message));
  await new Promise((done) =>
    worker.on('exit', (code) => {
      console.log('exit', code);
      done();
    }),
  );
}
await run();
await run({ env: { A: '1' } });
await run({ env: {} });
await run({ env: SHARE_ENV, workerData: { x: [1] } });
console.log('shared', process.env.SET_BY_WORKER);
await run({ execArgv: [], argv: ['x', 'y'] });
await run({ execArgv: ['--no-warnings', '--conditions=foo'] });
await run({
  env: { A: '1' },
  execArgv: [],
  resourceLimits: { maxOldGenerationSizeMb: 32 },
  name: 'named',
  trackUnmanagedFds: false,
});
