const ns = require('./lib.mjs');
console.log(ns, ns.__esModule, ns.f(), Object.keys(require.cache).length);
console.log(require('./exports.mjs'));
try {
  require('./tla.mjs');
} catch (e) {
  console.log(e.code, e.message.split('\n')[0]);
}
import('./lib.mjs').then((m) => console.log(m === ns, m.default));
