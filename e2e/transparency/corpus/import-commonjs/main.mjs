import lib from './lib.cjs';
import { createRequire } from 'node:module';
console.log(lib.stack.replaceAll(import.meta.dirname, '.'));
const require = createRequire(import.meta.url);
console.log(
  lib.info,
  require('./lib.cjs') === lib,
  Object.keys(require.cache).map((f) => f.replace(import.meta.dirname, '.')),
);
