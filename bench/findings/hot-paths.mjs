/**
 * Hot call chains: seeded programs of some fifty functions in five files, of which three chains do most of the work. Work is scattered over all others,
 * one chain is recursive, one calls its last function ten thousand times, and a decoy waits for longer than anything works.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANALYSES } from '../../packages/intellimap/dist/analyses/index.js';
import { openSession } from '../../packages/intellimap/dist/query/index.js';

const SEEDS = [1, 2, 3];
const FILES = 5;
const FUNCTIONS = 50;
/** Work of the chains, of all. */
const SHARES = [0.4, 0.25, 0.15];
/** What a chain must make to be a truth, and to be found; what lies between is neither. The program itself measures how long its chains take. */
const [TRUTH_SHARE, FOUND_SHARE] = [0.12, 0.08];
const ALL_MS = 1200;
/** Calls of the function that is called very often. */
const OFTEN = 10_000;

/** What share of the time of all each took. */
const TELL_SHARES = `const all = Object.values(took).reduce((a, b) => a + b);
console.log(JSON.stringify(Object.fromEntries(Object.entries(took).map(([name, ms]) => [name, ms / all]))));`;

export default {
  name: 'hot paths',
  async run({ scratch, intellimap }) {
    const truth = [];
    const found = [];
    for (const seed of SEEDS) {
      const folder = join(scratch, `hot-paths-${seed}`);
      const chains = writeProgram(folder, seed);
      const { status, stdout, stderr } = await intellimap(['run', '--no-summary', '--', 'node', 'main.mjs'], {
        cwd: folder,
      });
      if (status !== 0) throw new Error(`the program of seed ${seed} ended with ${status}: ${stderr}`);
      const shares = JSON.parse(stdout);
      const isClear = ([root]) => !(shares[root] >= FOUND_SHARE && shares[root] < TRUTH_SHARE);
      const told = (all) => all.filter(isClear).map((chain) => `${seed}: ${chain.join(' > ')}`);
      truth.push(...told(chains.filter(([root]) => shares[root] >= TRUTH_SHARE)));
      found.push(...told(await hotChains(folder)));
    }
    return {
      truth,
      found,
      note: `chains of ${TRUTH_SHARE * 100} % of all work or more; the decoy waits, and is no truth`,
    };
  },
};

async function hotChains(folder) {
  const session = await openSession(folder);
  try {
    const answer = await ANALYSES.hotPaths.check(session);
    if (answer.holds !== 'yes') return [];
    return (
      answer.findings
        .filter(({ chain }) => chain.measure === 'work' && chain.share >= FOUND_SHARE)
        .map(({ chain }) => chain.functions.map(({ name }) => name).filter((name) => !name.includes('.')))
        // The program's start alone is no chain.
        .filter((names) => names.length > 0)
    );
  } finally {
    session.close();
  }
}

/** Numbers from 0 to below 1 (Lehmer). */
function generator(seed) {
  let state = seed * 7919 + 17;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Writes the program, and answers with its chains: names of functions. */
function writeProgram(folder, seed) {
  const next = generator(seed);
  const whole = (below) => Math.floor(next() * below);
  const names = Array.from({ length: FUNCTIONS }, (_, k) => `step${k}`);
  const free = [...names];
  const take = () => free.splice(whole(free.length), 1)[0];
  const chains = SHARES.map(() => Array.from({ length: 3 + whole(4) }, take));
  const calls = new Map(names.map((name) => [name, []]));
  const work = new Map(names.map((name) => [name, 0]));
  chains.forEach((chain, nth) => {
    chain.slice(1).forEach((callee, at) => calls.get(chain[at]).push({ callee, times: 1 }));
    work.set(chain.at(-1), SHARES[nth] * ALL_MS);
  });
  // The last function of one chain is called very often, one function of another calls itself.
  const [, often, deep] = chains;
  calls.get(often.at(-2)).find(({ callee }) => callee === often.at(-1)).times = OFTEN;
  const recursive = deep[1];
  // What is left is scattered.
  const scattered = (1 - SHARES.reduce((a, b) => a + b, 0)) * ALL_MS;
  const rest = [...free];
  for (const name of rest) work.set(name, scattered / rest.length);
  const files = Array.from({ length: FILES }, () => []);
  const fileOf = new Map(names.map((name, k) => [name, k % FILES]));
  for (const name of names)
    files[fileOf.get(name)].push(functionText(name, calls.get(name), work, often, recursive));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"hot-paths","private":true,"type":"module"}');
  files.forEach((functions, k) => {
    const imports = files
      .map((_, other) => other)
      .filter((other) => other !== k)
      .map((other) => `import * as file${other} from './file${other}.mjs';`);
    const bodies = functions
      .join('\n')
      .replace(/@(\w+)/g, (_, name) => (fileOf.get(name) === k ? name : `file${fileOf.get(name)}.${name}`));
    writeFileSync(join(folder, `file${k}.mjs`), `${imports.join('\n')}\n${bodies}\n`);
  });
  const begin = [...chains.map((chain) => chain[0]), ...rest];
  const timed = (name) =>
    `begin = performance.now(); file${fileOf.get(name)}.${name}(); took.${name} = performance.now() - begin;`;
  const main = `const took = {};\nlet begin;\n${begin.map(timed).join('\n')}\n${TELL_SHARES}`;
  const imports = files.map((_, k) => `import * as file${k} from './file${k}.mjs';`).join('\n');
  const decoy = `async function decoy() { await new Promise((done) => setTimeout(done, ${2 * ALL_MS})); }\nawait decoy();`;
  writeFileSync(join(folder, 'main.mjs'), `${imports}\n${main}\n${decoy}\n`);
  return chains;
}

/** Work is a loop that ends after so many ms; of a function that is called very often, after a part of them. */
function functionText(name, callees, work, often, recursive) {
  const ms = work.get(name) / (name === often.at(-1) ? OFTEN : 1);
  const own =
    ms > 0 ? `const end = performance.now() + ${ms.toFixed(4)}; while (performance.now() < end);` : '';
  const asked = callees.map(({ callee, times }) =>
    times === 1 ? `@${callee}();` : `for (let k = 0; k < ${times}; k++) @${callee}();`,
  );
  if (name !== recursive) return `export function ${name}() { ${asked.join(' ')} ${own} }`;
  return `export function ${name}(depth = 8) { if (depth > 0) return ${name}(depth - 1); ${asked.join(' ')} ${own} }`;
}
