// node bench/run.mjs <name> [...]: runs bench/<name>.mjs in a fresh process; without a name, lists what there is.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('.', import.meta.url);
// A leading underscore marks code shared by benchmarks.
const names = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs' && !file.startsWith('_'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .toSorted();

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log(names.length === 0 ? 'no benchmark yet' : names.join('\n'));
} else if (!names.includes(name)) {
  console.error(`unknown benchmark: ${name}; there is: ${names.join(', ') || 'none'}`);
  process.exitCode = 2;
} else {
  const file = fileURLToPath(new URL(`${name}.mjs`, folder));
  process.exitCode = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' }).status ?? 1;
}
