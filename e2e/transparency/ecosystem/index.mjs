/**
 * Real projects behave exactly as without us: each of `samples/ecosystem/` runs plain and recorded, with its own code
 * and that of the libraries instrumented.
 *
 *   --only <name>         this project (repeatable)
 *   --tier <tier>         minimal or performance (default: both)
 *   --checkouts <folder>  Git clones of the projects which are not taken from npm; without it they are skipped
 *   --node <path>         another Node to choose from (repeatable); a project runs on the first one in its range
 *   --write               put the rows of what ran into the table of docs/compatibility.md
 */
import { parseArgs } from 'node:util';
import { checkProject, versionsOf } from './check.mjs';
import { inRange, versionOf } from '../versions.mjs';
import { installed } from './install.mjs';
import { readProjects } from './projects.mjs';
import { line, writePage } from './report.mjs';

const OPTIONS = {
  only: { type: 'string', multiple: true },
  tier: { type: 'string' },
  checkouts: { type: 'string' },
  node: { type: 'string', multiple: true },
  write: { type: 'boolean' },
};

/** @param {string[]} argv @returns {Promise<{ same: number, different: number, skipped: number }>} */
export async function runEcosystem(argv) {
  const { values } = parseArgs({ args: argv, options: OPTIONS });
  const projects = chosen(readProjects(), values.only);
  const tiers = values.tier ? [values.tier] : ['minimal', 'performance'];
  const nodes = [process.execPath].concat(values.node ?? []).map((path) => ({
    path,
    version: versionOf(path),
  }));
  const results = [];
  for (const project of projects) {
    const result = await resultOf(project, { nodes, tiers, checkouts: values.checkouts });
    console.log(line(result));
    results.push(result);
  }
  if (values.write) writePage(results);
  return countsOf(results);
}

function chosen(projects, only) {
  if (only === undefined) return projects;
  const unknown = only.find((name) => !projects.some((project) => project.name === name));
  if (unknown)
    throw new Error(`no such project: ${unknown}; there is: ${projects.map(({ name }) => name).join(', ')}`);
  return projects.filter(({ name }) => only.includes(name));
}

async function resultOf(project, { nodes, tiers, checkouts }) {
  const node = nodes.find(({ version }) => inRange(version, project.node));
  if (node === undefined) return { project, skipped: `needs Node ${project.node} (--node <path>)` };
  try {
    const place = installed(project, checkouts);
    if (place.skipped) return { project, skipped: place.skipped };
    const checked = await checkProject(project, { folder: place.folder, node: node.path, tiers });
    return { project, node: node.version, versions: versionsOf(project, place.folder), ...checked };
  } catch (error) {
    return {
      project,
      node: node.version,
      versions: [],
      size: '',
      plainMs: 0,
      tiers: {},
      unfit: error.message,
    };
  }
}

function countsOf(results) {
  const skipped = results.filter((result) => result.skipped).length;
  const same = results.filter(
    (result) =>
      !result.skipped &&
      !result.unfit &&
      Object.values(result.tiers).every(({ problems }) => problems.length === 0),
  ).length;
  return { same, different: results.length - skipped - same, skipped };
}
