// Minifies acorn with terser, in two ways.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { minify } from 'terser';

const text = readFileSync(createRequire(import.meta.url).resolve('acorn'), 'utf8');
for (const options of [
  { compress: true, mangle: true, sourceMap: true },
  { compress: { passes: 2 }, mangle: false, format: { beautify: true } },
])
  console.log((await minify(text, options)).code.length);
