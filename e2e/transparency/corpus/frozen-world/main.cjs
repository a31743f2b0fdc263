const seen = new Set();
function freeze(o) {
  if (o === null || (typeof o !== 'object' && typeof o !== 'function') || seen.has(o)) return;
  seen.add(o);
  for (const k of Reflect.ownKeys(o)) {
    const d = Reflect.getOwnPropertyDescriptor(o, k);
    if (d && 'value' in d) freeze(d.value);
  }
  freeze(Reflect.getPrototypeOf(o));
  Object.freeze(o);
}
for (const name of [
  'Object',
  'Function',
  'Array',
  'Promise',
  'Map',
  'Set',
  'WeakMap',
  'Error',
  'TypeError',
  'Symbol',
  'Reflect',
  'Proxy',
  'JSON',
  'Math',
  'Date',
  'RegExp',
  'String',
  'Number',
  'Atomics',
  'SharedArrayBuffer',
  'Int32Array',
])
  freeze(globalThis[name]);
console.log(require('./lib.cjs').f(2), seen.size > 100);
require('./lib.cjs').g().then(console.log);
try {
  Array.prototype.x = 1;
  console.log('x' in []);
} catch (e) {
  console.log(e.message);
}
setTimeout(() => {
  try {
    null.x;
  } catch (e) {
    console.log(e.stack.split('\n')[1].replace(/\(.*[/]/, '('));
  }
}, 1);
