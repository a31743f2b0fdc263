// Terser minifies handlebars.
import fs from 'node:fs';
import { createRequire } from 'node:module';

export const own = ['node_modules/terser/**'];

export function prepare() {
  const { minify } = createRequire(import.meta.url)('terser');
  const text = fs.readFileSync('node_modules/handlebars/dist/handlebars.js', 'utf8');
  return async () => `${(await minify(text)).code.length}`;
}
