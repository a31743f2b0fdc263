// Modules that are not JavaScript: JSON with an attribute, WebAssembly as a module and by hand, data: URLs.
import { readFile } from 'node:fs/promises';
import settings from './settings.json' with { type: 'json' };
import * as wasm from './add.wasm';
import { createRequire } from 'node:module';
import value, { double } from 'data:text/javascript,export default 20; export const double = (n) => n * 2;';

const require = createRequire(import.meta.url);
console.log(settings, require('./settings.json').name, settings === require('./settings.json'));
console.log(wasm.add(2, 40), wasm.callBack(5), Object.keys(wasm), double(value));
const later = await import('./settings.json', { with: { type: 'json' } });
console.log(later.default === settings, Object.keys(later));
for (const [specifier, options] of [['./settings.json'], ['./broken.json', { with: { type: 'json' } }], ['./main.mjs', { with: { type: 'json' } }]]) {
  await import(specifier, options).catch(({ name, code }) => console.log(specifier, name, code));
}
const bytes = await readFile(new URL('add.wasm', import.meta.url));
const imports = { './host.mjs': { twice: (n) => n * 3 } };
const { instance, module } = await WebAssembly.instantiate(bytes, imports);
let total = 0;
for (let i = 0; i < 2000; i += 1) total += instance.exports.callBack(i);
console.log(total, WebAssembly.Module.imports(module), WebAssembly.Module.exports(module).map(({ name }) => name));
console.log(instance.exports.add.toString(), instance.exports.add.name, instance.exports.add.length);
try {
  (await WebAssembly.instantiate(bytes, { './host.mjs': { twice: () => { throw new Error('from the host'); } } })).instance.exports.callBack(1);
} catch (error) {
  console.log(error.stack.split('\n').slice(0, 3).map((line) => line.trim().replace(/file:.*\//, '')));
}
