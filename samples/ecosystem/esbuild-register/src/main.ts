// Compiled by esbuild at load, with the names of functions kept; a CommonJS program that imports ESM lazily.
import { strictEqual } from 'node:assert';
import path = require('node:path');
import { EventBus } from './bus';

const bus = new EventBus<{ add: [number, number]; done: [] }>();
let total = 0;
bus.on('add', (a, b) => void (total += a + b));
bus.once('done', function finished() {
  console.log('done with', total, new Error('trace').stack!.split('\n')[1]!.trim());
});
for (let i = 0; i < 100; i += 1) bus.emit('add', i, i ** 2);
bus.emit('done');
bus.emit('done');
strictEqual(total, 333300);
console.log(path.basename(__filename), require.main === module, bus.names(), EventBus.name, bus.on.name);

enum Colour {
  Red = 'red',
  Green = 'green',
}
console.log(Object.values(Colour), `${Colour.Red}`, [1, 2, 3].map((n) => n * 2));

const lazy = async (): Promise<void> => {
  const { default: value, twice } = await import('./lazy.mjs');
  console.log(value, twice(21));
  const nullish = (value as { none?: { deep: number } }).none?.deep ?? 'nothing';
  console.log(nullish);
  bus.on('done', () => {
    throw new Error('from a listener');
  });
  bus.emit('done');
};
lazy().catch((error: Error) => {
  console.log(error.stack);
  process.exitCode = 3;
});
