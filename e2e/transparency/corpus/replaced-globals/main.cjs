// Everything a careless library would lean on is somebody else's from here on.
const { log } = console;
log("begins");
const fail = (what) => () => {
  throw new Error(`${what} is the program's own`);
};
class Mine {
  constructor(...given) {
    this.given = given;
  }
}
for (const name of ['Map', 'Set', 'WeakMap', 'WeakSet', 'Int32Array', 'Uint8Array', 'RegExp', 'URL', 'TextDecoder'])
  Object.defineProperty(globalThis, name, { value: Mine, writable: true, configurable: true });
JSON.stringify = fail('JSON.stringify');
JSON.parse = fail('JSON.parse');
Object.prototype.toJSON = fail('toJSON');
Object.defineProperty(Object.prototype, 'toJSON', { enumerable: false });
Buffer.from = fail('Buffer.from');
Buffer.alloc = fail('Buffer.alloc');
for (const name of ['wait', 'notify', 'load', 'store', 'add', 'compareExchange']) Atomics[name] = fail(`Atomics.${name}`);
require('node:fs').appendFileSync = fail('fs.appendFileSync');
require('node:worker_threads').Worker = fail('Worker');
require('node:module').syncBuiltinESMExports();

const { double, names } = require('./lib.cjs');
log(double(21), names(), double.toString());
try {
  double();
} catch (error) {
  log(error.message, error.stack.split('\n')[1].replace(/\(.*[/\\]/, '('));
}
import('./late.mjs').then(({ late }) => log(late(), new Mine(1).given));
