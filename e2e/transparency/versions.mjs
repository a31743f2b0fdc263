/** Other versions of Node, installed from npm into the temporary folder, where later runs find them. */
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
