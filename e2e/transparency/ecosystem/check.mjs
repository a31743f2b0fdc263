/** One project: run plain twice, then recorded at each tier. Finds what differs, what it cost, and whether it was recorded. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execute, intellimapBin } from '../../_consumer.mjs';
import { difference, sizeOf, steadyOf } from './compare.mjs';
import { outputsOf } from './install.mjs';

/** ms that one run may take; the slowest project needs a tenth of it. */
const TIMEOUT = 300_000;

/**
 * @typedef {object} TierResult
 * @property {number} ratio wall time recorded / plain
 * @property {number} calls counted in the recording
 * @property {string[]} leftAlone files in scope that ran without probes, with the reason
 * @property {string[]} problems what differs, was lost or was not recorded
 */

/**
 * @param {import('./projects.mjs').Project} project
 * @param {{ folder: string, node: string, tiers: string[] }} options
 * @returns {Promise<{ size: string, unfit?: string, plainMs: number, tiers: Record<string, TierResult> }>}
 */
export async function checkProject(project, { folder, node, tiers }) {
  const [command, ...args] = project.command.map((word) => (word === 'node' ? node : word));
  const env = { ...project.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  const outputs = outputsOf(project.name);
  const keep = (label, { stdout, stderr }) => {
    writeFileSync(join(outputs, `${label}.stdout`), stdout);
    writeFileSync(join(outputs, `${label}.stderr`), stderr);
  };
  const timed = async (label, ...words) => {
    const started = performance.now();
    const outcome = await execute(words[0], words.slice(1), { cwd: folder, env, timeout: TIMEOUT });
    keep(label, outcome);
    return { outcome, ms: performance.now() - started };
  };
  const steady = steadyOf(project);

  const first = await timed('plain-1', command, ...args);
  const second = await timed('plain-2', command, ...args);
  const plainMs = Math.min(first.ms, second.ms);
  const size = sizeOf(first.outcome, project.counted);
  const unfit = difference(steady(first.outcome), steady(second.outcome));
  if (unfit) return { size, plainMs, unfit: `two plain runs differ in ${unfit}`, tiers: {} };

  const results = {};
  for (const tier of tiers) {
    rmSync(join(folder, '.intellimap'), { recursive: true, force: true });
    const include = project.include.flatMap((glob) => ['--include', glob]);
    const words = ['run', '--no-summary', '--tier', tier, ...include, '--', command, ...args];
    const recorded = await timed(tier, process.execPath, intellimapBin(), ...words);
    const differs = difference(steady(first.outcome), steady(recorded.outcome));
    const facts = await recordedFacts(project, folder);
    results[tier] = {
      ratio: recorded.ms / plainMs,
      ...facts,
      problems: [...(differs ? [`differs in ${differs}`] : []), ...facts.problems],
    };
  }
  return { size, plainMs, tiers: results };
}

/** What the recording itself says: that there is one, that nothing is missing, and what was left alone. */
async function recordedFacts(project, folder) {
  const ask = async (sql) => {
    const words = [intellimapBin(), 'query', sql, '--json'];
    const { code, stdout, stderr } = await execute(process.execPath, words, {
      cwd: folder,
      timeout: TIMEOUT,
    });
    if (code !== 0) throw new Error(`intellimap query failed with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };
  try {
    const [{ calls }] = await ask('select coalesce(sum(hits), 0) as calls from nodes_runtime');
    const [{ lost, gaps }] = await ask(
      'select (select sum(events_lost) from runs) as lost, (select sum(gaps) from threads) as gaps',
    );
    const skipped = await ask('select distinct path, reason from skipped_files order by all');
    const problems = [];
    if (Number(calls) < project.atLeast)
      problems.push(`only ${calls} calls were recorded, not ${project.atLeast}`);
    if (Number(lost) > 0) problems.push(`${lost} ring words were lost`);
    if (Number(gaps) > 0) problems.push(`${gaps} gaps in the recording`);
    return {
      calls: Number(calls),
      leftAlone: skipped.map(({ path, reason }) => `${path}: ${reason}`),
      problems,
    };
  } catch (error) {
    return { calls: 0, leftAlone: [], problems: [error.message] };
  }
}

/** Versions that a reader wants to know: the pinned ones, and that of a checkout with its commit. */
export function versionsOf(project, folder) {
  const tools = { ...project.install, ...project.packageManager };
  const covered = Object.entries(tools)
    .filter(([name]) => !project.fetch || project.covers.some((word) => name === word))
    .map(([name, version]) => `${name} ${version}`);
  if (!project.fetch) return covered;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [, name, commit] = /\/([^@]+)@(.*)$/.exec(project.fetch);
  return [[name, version, `(${commit.slice(0, 7)})`].filter(Boolean).join(' '), ...covered];
}
