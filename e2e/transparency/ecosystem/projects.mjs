/** The corpus: each folder of `samples/ecosystem/` with a `project.json`. Pure but for reading those files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../../../samples/ecosystem/', import.meta.url));

/**
 * @typedef {object} Project
 * @property {string} name of its folder
 * @property {string} folder absolute path of it
 * @property {string[]} covers what it is here for, in a few words each
 * @property {Record<string, string>} install packages from npm, each version exact
 * @property {string} [fetch] `github:<owner>/<name>@<commit>`: the checkout that holds the project and its suite
 * @property {string} [subfolder] of the checkout, when the project is one of several in it
 * @property {string[]} [remove] files of the checkout that are left out
 * @property {Record<string, string>} [packageManager] another installer than npm: `{ "pnpm": "10.1.0" }`
 * @property {string[]} include globs of files to instrument beside the project's own
 * @property {string[]} command `node` stands for the Node that was chosen
 * @property {Record<string, string>} [env]
 * @property {[string, string][]} normalise regular expressions (multiline) → replacement, for what differs from run to run
 * @property {boolean} [anyOrder] lines come in another order each time
 * @property {string} [node] range of versions it runs on: `>=22.12`
 * @property {string} [counted] regular expression of an output line that is a passed test
 * @property {number} atLeast calls that prove it was instrumented
 */

/** @returns {Project[]} sorted by name */
export function readProjects() {
  return readdirSync(corpus)
    .filter((name) => existsSync(join(corpus, name, 'project.json')))
    .toSorted()
    .map(readProject);
}

function readProject(name) {
  const folder = join(corpus, name);
  const settings = JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8'));
  const project = { name, folder, install: {}, include: [], normalise: [], ...settings };
  const problem = problemOf(project);
  if (problem !== undefined) throw new Error(`samples/ecosystem/${name}/project.json: ${problem}`);
  return project;
}

function problemOf({ covers, install, command, atLeast, fetch }) {
  if (!Array.isArray(covers) || covers.length === 0) return '"covers" says what the project is here for';
  if (!Array.isArray(command) || command.length === 0) return '"command" is a list of words';
  if (!(atLeast > 0)) return '"atLeast" is the number of calls that prove it was instrumented';
  if (fetch !== undefined && !/^github:[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/.test(fetch))
    return '"fetch" is github:<owner>/<name>@<full commit>';
  const loose = Object.entries(install).find(([, version]) => !/^\d+\.\d+\.\d+/.test(version));
  return loose && `"install": ${loose[0]} is not pinned to one version`;
}
