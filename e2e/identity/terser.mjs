import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { minify } from 'terser';

const require = createRequire(import.meta.url);
const text = readFileSync(require.resolve('acorn'), 'utf8');
for (const options of [
  { compress: true, mangle: true, sourceMap: true },
  { compress: { passes: 2 }, mangle: false, format: { beautify: true } },
]) {
  const { code, map } = await minify(text, options);
  console.log(code, map ?? '');
}
