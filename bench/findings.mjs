/**
 * Dead code, unused dependencies and imports in repositories of which the truth is known: what IntelliMap finds after one or two runs of each,
 * and what `knip` and `fallow` find by reading. Precision: how many of the claims are true. Recall: how much of the truth is claimed.
 * Of IntelliMap's findings those count that are `certain` or `likely`.
 *
 *   node bench/findings.mjs [--seeds 3] [--seed 1] [--kinds server,cli] [--verbose] [--keep]
 *
 * Each file of findings/ adds a kind of its own; see the head of `others`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { askFallow, askIntelliMap, askKnip } from './seeded/ask.mjs';
import { repositories } from './seeded/repositories.mjs';
import { stage } from './seeded/scene.mjs';
import { precision, recall, score, total } from './seeded/score.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '3' },
    kinds: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const here = fileURLToPath(new URL('.', import.meta.url));
const cli = join(here, '..', 'packages', 'intellimap', 'dist', 'cli', 'main.js');
const bin = (name) => join(here, 'findings', 'node_modules', '.bin', name);
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-findings-')));

const intellimap = (args, { cwd }) =>
  spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });

const TOOLS = {
  intellimap: (cwd) => askIntelliMap(intellimap, cwd),
  knip: (cwd, repository) => askKnip(bin('knip'), cwd, repository),
  fallow: (cwd, repository) => askFallow(bin('fallow'), cwd, repository),
};

try {
  const scores = seeded();
  print(scores);
  const extra = await others();
  const result = Object.fromEntries(Object.entries(scores).map(([tool, sum]) => [tool, figures(sum)]));
  console.log(JSON.stringify({ bench: 'findings', ...result, ...extra }));
} finally {
  if (!values.keep) rmSync(scratch, { recursive: true, force: true });
  else console.error(`kept: ${scratch}`);
}

/** Scores of all repositories by tool. */
function seeded() {
  const scores = Object.fromEntries(Object.keys(TOOLS).map((tool) => [tool, []]));
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed++)
    for (const repository of repositories(seed, values.kinds?.split(','))) {
      const cwd = stage(repository, scratch, intellimap, { tsx: bin('tsx') });
      console.log(`${repository.name}  seed ${seed}, about ${repository.functions} functions, ${repository.truth.dead.length} of them dead`); // prettier-ignore
      for (const [tool, ask] of Object.entries(TOOLS)) {
        const found = score(repository.truth, ask(cwd, repository));
        scores[tool].push(found);
        if (values.verbose) explain(tool, found);
      }
    }
  return Object.fromEntries(Object.entries(scores).map(([tool, list]) => [tool, total(list)]));
}

function explain(tool, found) {
  for (const [kind, value] of Object.entries(found)) {
    if (value === null) continue;
    for (const key of value.wrong) console.log(`    ${tool}, ${kind}, wrong: ${key}`);
    if (kind !== 'dead functions')
      for (const key of value.missed) console.log(`    ${tool}, ${kind}, missed: ${key}`);
  }
}

function figures(sum) {
  return Object.fromEntries(
    Object.entries(sum).map(([kind, value]) => [
      kind.replaceAll(' ', '_'),
      value === null
        ? null
        : { precision: rounded(precision(value)), recall: rounded(recall(value)), truth: value.all },
    ]),
  );
}
function rounded(share) {
  return share === null ? null : Math.round(share * 1000) / 1000;
}

function print(scores) {
  const tools = Object.keys(scores);
  const percent = (share) => (share === null ? '-' : `${Math.round(share * 100)} %`).padStart(6);
  console.log(`\n${''.padEnd(22)}${tools.map((tool) => tool.padEnd(18)).join('')}`);
  console.log(`${''.padEnd(22)}${tools.map(() => 'precis. recall    ').join('')}`);
  for (const kind of Object.keys(scores[tools[0]])) {
    // What is wrong is not told by kind of function: a wrong claim is of none.
    const isPart = /^dead (exports|internals|methods)$/.test(kind);
    const cells = tools.map((tool) => {
      const value = scores[tool][kind];
      if (value === null) return 'does not look     ';
      return `${isPart ? '      ' : percent(precision(value))} ${percent(recall(value))}     `;
    });
    console.log(`${kind.padEnd(22)}${cells.join('')}`);
  }
}

/** Kinds of findings that have a file of their own: it exports `{ name, async run({ scratch, intellimap }) }` → `{ truth, found, note? }`, lists of texts. */
async function others() {
  const result = {};
  const files = readdirSync(join(here, 'findings')).filter((file) => file.endsWith('.mjs'));
  for (const file of files.toSorted()) {
    const { default: kind } = await import(pathToFileURL(join(here, 'findings', file)).href);
    const { truth, found, note } = await kind.run({
      scratch: mkdtempSync(join(scratch, 'kind-')),
      intellimap,
    });
    const right = found.filter((each) => truth.includes(each)).length;
    const p = found.length === 0 ? null : right / found.length;
    const r = truth.length === 0 ? null : truth.filter((each) => found.includes(each)).length / truth.length;
    console.log(`${kind.name.padEnd(22)}precision ${rounded(p) ?? '-'}, recall ${rounded(r) ?? '-'}, of ${truth.length}${note ? `: ${note}` : ''}`); // prettier-ignore
    result[kind.name.replaceAll(/[ -]/g, '_')] = {
      precision: rounded(p),
      recall: rounded(r),
      truth: truth.length,
    };
  }
  return result;
}
