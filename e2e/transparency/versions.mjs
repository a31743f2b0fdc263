/** Versions of Node: others, installed from npm into the temporary folder, where later runs find them, and ranges of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns {string} path of the executable of the newest Node of a major version, or of exactly that version */
export function nodeOf(version) {
  if (!/^\d+(\.\d+){0,2}$/.test(version)) throw new Error(`not a version of Node: "${version}"`);
  const folder = join(realpathSync(tmpdir()), `intellimap-e2e-node-${version}`);
  const executable = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(executable)) return executable;
  console.log(`e2e: installing Node ${version} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm install node@${version} failed:\n${stderr}`);
  return executable;
}

/** @returns {string} such as v22.23.3 */
export const versionOf = (executable) =>
  spawnSync(executable, ['--version'], { encoding: 'utf8' }).stdout.trim();

/** Does a version satisfy `>=22.12`, `<24` or several of them with spaces between? */
export function inRange(version, range = '') {
  const have = numbers(version.replace(/^v/, ''));
  return range.split(/\s+/).every((part) => {
    const [, sign, wanted] = /^(>=|<)(.+)$/.exec(part) ?? [];
    if (sign === undefined) return part === '';
    const order = compare(have, numbers(wanted));
    return sign === '<' ? order < 0 : order >= 0;
  });
}

const numbers = (version) => version.split('.').map(Number);

function compare(a, b) {
  for (let i = 0; i < 3; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
