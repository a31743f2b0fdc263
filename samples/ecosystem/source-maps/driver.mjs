// Compiles TypeScript with each kind of map, then runs it with --enable-source-maps: traces, names, quoted lines, console.trace.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
mkdirSync(`${here}out`, { recursive: true });
const variants = [
  { name: 'bundled', options: { bundle: true, sourcemap: 'linked' } },
  { name: 'inline', options: { bundle: true, sourcemap: 'inline', minify: true, keepNames: true } },
  { name: 'contents-left-out', options: { bundle: true, sourcemap: 'linked', sourcesContent: false, format: 'cjs', outExtension: { '.js': '.cjs' } } },
  { name: 'no-map', options: { bundle: true } },
];
for (const { name, options } of variants) {
  const outdir = `${here}out/${name}`;
  const ending = options.outExtension?.['.js'] ?? '.js';
  buildSync({ entryPoints: [`${here}src/main.ts`], outdir, platform: 'node', format: 'esm', logLevel: 'error', ...options });
  for (const mode of ['caught', 'uncaught', 'rejected']) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--enable-source-maps', `${outdir}/main${ending}`, mode], { encoding: 'utf8' });
    console.log(`== ${name}, ${mode}: ${status}\n${stdout}${stderr}`.replaceAll(here, ''));
  }
}
