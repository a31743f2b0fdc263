import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
const als = new AsyncLocalStorage();
const log = (w) => console.log(w, als.getStore());
async function work(n) {
  log('start ' + n);
  await null;
  log('after ' + n);
  await new Promise((r) => setTimeout(r, 1));
  log('timer ' + n);
}
async function* gen() {
  for (let i = 0; i < 2; i++) {
    log('gen');
    yield i;
  }
}
await Promise.all([1, 2].map((n) => als.run({ n }, work, n)));
await als.run('outer', async () => {
  for await (const i of gen()) als.run('inner' + i, () => log('body'));
});
const emitter = new EventEmitter();
als.run('bound', () =>
  emitter.on(
    'x',
    AsyncResource.bind(function listener() {
      log('listener');
    }),
  ),
);
emitter.emit('x');
als.enterWith('entered');
await 1;
log('end');
