/**
 * The sample corpus: folders of `corpus/`, each a program about one thing that instrumentation could disturb. It prints all
 * there is to see of that thing. `case.json`:
 *
 *   variants  name → fields of their own, where one program runs in several ways
 *   command   words; `node` is the version under test
 *   why       a sentence: what it observes
 *   node      versions it is for, such as ">=22" (default: all)
 *   input     what it reads from stdin
 *   signal    { "send": "SIGTERM", "when": "ready" }: sent when its output contains the text
 *   env       variables
 *   include   globs, as for `intellimap run`
 *   recorded  false: nothing of it can be instrumented; a list: files that must be
 *   normalise pairs of a pattern and what it becomes: what differs from run to run
 *   known     why it differs, at least at one tier
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consumer } from '../_consumer.mjs';
import { differences, observe } from './observe.mjs';
import { inRange, versionOf } from './versions.mjs';

const folder = fileURLToPath(new URL('corpus', import.meta.url));
const TIERS = ['performance', 'minimal'];
/** Cases at a time. */
const JOBS = 2;

/** @returns {Promise<{same: number, different: number, known: number, skipped: number}>} one each for a case at a tier; `known`: of the different ones */
export async function runCorpus({ node, only = '', tiers = TIERS }) {
  const version = versionOf(node);
  const cases = readdirSync(folder)
    .flatMap(casesOf)
    .filter(({ name }) => name.includes(only));
  console.log(`  ${cases.length} programs on Node ${version}, tiers ${tiers.join(', ')}`);
  const counts = { same: 0, different: 0, known: 0, skipped: 0 };
  const queue = cases.map(({ name, facts }) => async () => {
    if (!inRange(version, facts.node)) {
      counts.skipped += tiers.length;
      console.log(`  skipped    ${name}: for Node ${facts.node}`);
      return;
    }
    for (const { tier, lines } of await compare(name, facts, node, tiers))
      tell(counts, name, facts, tier, lines);
  });
  await Promise.all(Array.from({ length: JOBS }, () => work(queue)));
  return counts;
}

/** A program, or one for each of its variants. */
function casesOf(program) {
  const { variants, ...facts } = JSON.parse(readFileSync(join(folder, program, 'case.json'), 'utf8'));
  if (variants === undefined) return [{ name: program, facts: { ...facts, program } }];
  return Object.entries(variants).map(([name, own]) => ({
    name: `${program}-${name}`,
    facts: { ...facts, ...own, program },
  }));
}

function tell(counts, name, { why, known }, tier, lines) {
  const isDifferent = lines.length > 0;
  counts[isDifferent ? 'different' : 'same'] += 1;
  if (isDifferent && known) {
    counts.known += 1;
    console.log(`  known      ${name} (${tier}): ${known}`);
  } else if (isDifferent) console.log(`  DIFFERENT  ${name} (${tier}): ${why}\n    ${lines.join('\n    ')}`);
  else if (known) console.log(`  same, though said to differ: ${name} (${tier})`);
}

async function work(queue) {
  for (let job = queue.shift(); job; job = queue.shift()) await job();
}

/** @returns {Promise<{tier: string, lines: string[]}[]>} what differs at each tier */
async function compare(name, facts, node, tiers) {
  const cwd = mkdtempSync(join(consumer(), `corpus-${name}-`));
  const ways = [];
  const plain = await runIn(cwd, facts, node, null);
  for (const tier of tiers) {
    const recorded = await runIn(cwd, facts, node, tier);
    const lines = differences(plain, recorded);
    lines.push(...leftAlone(cwd, facts.recorded ?? true));
    ways.push({ tier, lines });
  }
  rmSync(cwd, { recursive: true, force: true });
  return ways;
}

/** Each run finds the folder as it is in the repository. */
async function runIn(cwd, facts, node, tier) {
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  cpSync(join(folder, facts.program), cwd, { recursive: true });
  if (!existsSync(join(cwd, 'package.json'))) writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
  const seen = await observe({ ...facts, cwd, node, tier });
  const steady = (text) =>
    [NODES_WARNING, ...(facts.normalise ?? [])].reduce(
      (result, [pattern, becomes]) => result.replace(new RegExp(pattern, 'g'), becomes),
      text,
    );
  return { ...seen, stdout: steady(seen.stdout), stderr: steady(seen.stderr) };
}

/** They name the process. */
const NODES_WARNING = ['\\(node:\\d+\\)', '(node:PID)'];

/** What should have been instrumented according to the recording in the folder, and was not. */
function leftAlone(cwd, wanted) {
  const runs = join(cwd, '.intellimap', 'runs');
  const lines = readdirSync(runs).flatMap((id) => {
    const modules = join(runs, id, 'modules');
    if (!existsSync(modules)) return [];
    return readdirSync(modules).flatMap((file) =>
      readFileSync(join(modules, file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  });
  const loaded = new Set(lines.filter(({ t }) => t === 'load').map(({ path }) => path));
  if (Array.isArray(wanted))
    return wanted.filter((path) => !loaded.has(path)).map((path) => `${path} was not instrumented`);
  return wanted && loaded.size === 0 ? ['nothing of it was instrumented'] : [];
}
