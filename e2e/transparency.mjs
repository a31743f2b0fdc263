/**
 * The first promise: a program behaves exactly as without us. Programs run plain and recorded, at each tier, and all that can be
 * observed of them is compared.
 *
 *   npm run e2e -- transparency                            small programs, each about one thing
 *   npm run e2e -- transparency --nodes 22,24,26           the same on other versions of Node (from npm)
 *   npm run e2e -- transparency --test262 <checkout>       the language's own test suite
 *   npm run e2e -- transparency --ecosystem                real projects
 *   npm run e2e -- transparency --soak <minutes>           memory and handles of the shop under load
 *
 * Each ends with `same N, different M, skipped K`; what differs and what is skipped is named before.
 */
import { parseArgs } from 'node:util';
import { runCorpus } from './transparency/corpus.mjs';
import { nodeOf } from './transparency/versions.mjs';

/** The long ones are parts of their own: option → module and function, given the words after the option. */
const PARTS = {
  '--test262': async (words) => (await import('./transparency/test262/index.mjs')).runTest262(words),
  '--ecosystem': async (words) => (await import('./transparency/ecosystem/index.mjs')).runEcosystem(words),
  '--soak': async (words) => (await import('./transparency/soak.mjs')).runSoak(words),
};

export async function run(argv) {
  const [first, ...rest] = argv;
  const part = PARTS[first];
  return verdict(part ? await part(rest) : await corpora(argv));
}

export const runCi = () => run([]);
export const seconds = 215;

async function corpora(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      only: { type: 'string' },
      nodes: { type: 'string' },
      tier: { type: 'string', multiple: true },
    },
  });
  const total = { same: 0, different: 0, known: 0, skipped: 0 };
  for (const version of values.nodes?.split(',') ?? [undefined]) {
    const node = version === undefined ? process.execPath : nodeOf(version);
    const counts = await runCorpus({ node, only: values.only, tiers: values.tier });
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** `known`: of the different ones, those whose reason docs/compatibility.md tells. */
function verdict({ same, different, known = 0, skipped }) {
  const also = known > 0 ? ` (${known} known)` : '';
  console.log(`same ${same}, different ${different}${also}, skipped ${skipped}`);
  return { passed: same, failed: different - known };
}
