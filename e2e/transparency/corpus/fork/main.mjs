import { fork } from 'node:child_process';
function start(options, ...args) {
  return new Promise((done) => {
    const child = fork('./child.cjs', args, options);
    child.on('message', (m) => {
      console.log(m);
      child.send({ big: 5 });
    });
    child.on('exit', (code, signal) => {
      console.log('exit', code, signal);
      done();
    });
  });
}
await start({}, 'a');
await start({ env: {} });
await start({
  env: { NODE_OPTIONS: '--no-deprecation', X: '1' },
  execArgv: ['--stack-size=800'],
  serialization: 'advanced',
});
