import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
process.chdir('/');
const { f } = await import('./lib.mjs');
console.log(f(), createRequire(import.meta.url)('./lib.cjs')(), process.cwd());
console.log(String(execFileSync(process.execPath, [new URL('./lib.cjs', import.meta.url).pathname])));
