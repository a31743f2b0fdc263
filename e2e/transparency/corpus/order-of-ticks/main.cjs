const log = (what) => () => console.log(what);
setImmediate(log('immediate'));
Promise.resolve().then(log('microtask')).then(log('second microtask'));
queueMicrotask(log('queued'));
process.nextTick(log('tick'));
(async function main() {
  console.log('start');
  await null;
  console.log('resumed', new Error('x').stack.split('\n').length);
})();
console.log('end of main');
