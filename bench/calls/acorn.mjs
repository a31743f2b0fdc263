// Parses large files with acorn, and some that are broken.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as acorn from 'acorn';

const { resolve } = createRequire(import.meta.url);
for (const name of ['acorn', 'terser'])
  acorn.parse(readFileSync(resolve(name), 'utf8'), { ecmaVersion: 'latest', locations: true, onComment: [] });
for (const broken of [
  'a b',
  'let let',
  'for(;',
  '({a:1,a(})',
  'class { #x; #x }',
  '`${',
  'async () => { await }',
])
  try {
    acorn.parse(broken, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    console.log(error.message);
  }
