const calls = {};
const count = (holder, name, label) => {
  const f = holder[name];
  calls[label] = 0;
  holder[name] = function (...a) {
    calls[label]++;
    return Reflect.apply(f, this, a);
  };
};
count(Array.prototype, 'push', 'push');
count(Array.prototype, 'map', 'map');
count(Map.prototype, 'get', 'Map.get');
count(WeakMap.prototype, 'get', 'WeakMap.get');
count(WeakMap.prototype, 'set', 'WeakMap.set');
count(Promise.prototype, 'then', 'then');
count(String.prototype, 'replace', 'replace');
count(performance, 'now', 'now');
count(Date, 'now', 'Date.now');
count(Atomics, 'load', 'load');
count(process, 'hrtime', 'hrtime');
function work(n) {
  try {
    if (n === 2) throw new Error('two');
    return n;
  } catch (e) {
    return e.message;
  }
}
async function later(n) {
  await null;
  return work(n);
}
for (let i = 0; i < 4; i++) work(i);
later(2).then((v) => process.stdout.write(v + ' ' + JSON.stringify(calls) + '\n'));
