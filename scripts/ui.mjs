// Builds packages/ui into packages/intellimap/dist/ui, unless what is there was made from the same files.
// Vite runs in a process of its own: it makes NODE_ENV `production`, which tests and what they start would inherit.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { EnsureError } from './ensure.mjs';
import { root, runTool, say } from './run.mjs';

const ui = path.join(root, 'packages/ui');
const built = path.join(root, 'packages/intellimap/dist/ui');
const stamp = path.join(built, '.made-from');
/** What the page is made of, beside the packages, which the lock names. */
const SOURCES = [
  'packages/ui',
  'packages/intellimap/src/base',
  'packages/intellimap/src/layout',
  'package-lock.json',
];

export async function buildUi() {
  const wanted = hashOf(SOURCES);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  say('building the UI (vite)');
  // What it prints goes to stderr: stdout belongs to the program that was asked for.
  const code = await runTool('vite', ['build', '--logLevel', 'warn'], { cwd: ui, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new EnsureError('the UI could not be built.');
  fs.writeFileSync(stamp, wanted);
}

function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names)
    for (const file of filesOf(path.join(root, name)))
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(fs.readFileSync(file))
        .update('\0');
  return hash.digest('hex');
}

function filesOf(place) {
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !name.includes('.test.'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesOf(path.join(place, name)));
}
