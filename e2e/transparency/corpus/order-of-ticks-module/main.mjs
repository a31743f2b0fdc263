const log = (what) => () => console.log(what);
Promise.resolve().then(log('microtask')).then(log('second microtask'));
process.nextTick(log('tick'));
async function deep(n) {
  if (n === 0) return new Error('x').stack;
  await null;
  return deep(n - 1);
}
console.log((await deep(2)).replaceAll(import.meta.url, 'main.mjs'));
