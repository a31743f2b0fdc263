const { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource } = require('node:async_hooks');
const events = [];
const names = new Map();
const tell = (what) => (id) => {
  if (names.has(id)) events.push(what + ' ' + names.get(id));
};
const hook = createHook({
  init(id, type, trigger) {
    names.set(id, type + names.size);
    events.push('init ' + type + ' by ' + (names.get(trigger) ?? 'main'));
  },
  before: tell('before'),
  after: tell('after'),
  promiseResolve: tell('resolve'),
});
console.log(executionAsyncId(), triggerAsyncId(), Object.keys(executionAsyncResource()));
setTimeout(() => {
  hook.enable();
  async function f() {
    await 1;
    return 2;
  }
  f().then(() =>
    setTimeout(() => {
      hook.disable();
      console.log(events.join('\n'));
    }, 1),
  );
  process.nextTick(() => {});
}, 50);
