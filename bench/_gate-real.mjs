// Two builds of a program that are run: acorn, its own code instrumented, parses itself. The slower one has a loop in one of its functions.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRecorder, lastProcessor } from '../packages/intellimap/dist/cli/gate/record.js';
import { gather } from '../packages/intellimap/dist/cli/gate/gather.js';
import { askedFor } from '../packages/intellimap/dist/cli/run-options.js';
import { removeRuns } from '../packages/intellimap/dist/store/index.js';

/** The function that is slowed: it reads a word, at each name and keyword. */
export const SLOWED = 'pp.readWord1';
const INSIDE = 'pp.readWord1 = function() {';
const silent = { print() {}, say() {}, progress() {} };
const asked = askedFor({}, ['node', 'app.mjs']);

/** A workspace with a build in it. @param loops rounds of the loop in each call of the slowed function */
export function build(folder, acorn, loops) {
  fs.mkdirSync(path.join(folder, 'src'), { recursive: true });
  const text = fs.readFileSync(acorn, 'utf8');
  if (!text.includes(INSIDE)) throw new Error(`${acorn} has no ${SLOWED}`);
  const loop =
    loops > 0
      ? ` for (var slow = 0, sum = 0; slow < ${loops}; slow++) { sum += slow % 7; } if (sum < 0) { return }`
      : '';
  fs.writeFileSync(path.join(folder, 'src/acorn.mjs'), text.replace(INSIDE, INSIDE + loop));
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"parses","type":"module"}\n');
  fs.copyFileSync(acorn, path.join(folder, 'input.txt'));
  fs.writeFileSync(
    path.join(folder, 'app.mjs'),
    `import fs from 'node:fs';
import { parse } from './src/acorn.mjs';
const text = fs.readFileSync('input.txt', 'utf8');
let nodes = 0;
for (let round = 0; round < 4; round++) nodes += parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body.length;
console.log(nodes);
`,
  );
  return folder;
}

/** Facts of both builds, from so many pairs of runs at the same time. */
export async function recordPairs(base, candidate, pairs) {
  const processor = lastProcessor();
  const recorder = createRecorder(asked, silent, processor);
  const ids = { [base]: [], [candidate]: [] };
  try {
    for (let at = 0; at < pairs; at++) {
      const order = Math.random() < 0.5 ? [base, candidate] : [candidate, base];
      const files =
        processor === undefined
          ? [await recorder.record(order[0]), await recorder.record(order[1])]
          : await Promise.all(order.map((folder) => recorder.record(folder)));
      files.forEach((file, which) => ids[order[which]].push(file.id));
    }
  } finally {
    recorder.close();
  }
  const facts = {};
  for (const folder of [base, candidate]) {
    facts[folder] = (await gather(folder, 'build', { ids: ids[folder] }, silent)).facts;
    await removeRuns(folder, ids[folder]);
    for (const id of ids[folder])
      fs.rmSync(path.join(folder, '.intellimap/runs', id), { recursive: true, force: true });
  }
  return {
    base: facts[base],
    candidate: facts[candidate],
    design: processor === undefined ? 'in turn' : 'together',
  };
}

/** Facts of some of the pairs. */
export function somePairs({ base, candidate }, chosen) {
  const pick = (column) => chosen.map((at) => column[at]);
  const of = (facts) => ({
    ...facts,
    runs: pick(facts.runs),
    functions: mapped(facts.functions, (each) => ({
      ...each,
      hits: pick(each.hits),
      selfMs: pick(each.selfMs),
    })),
    tasks: mapped(facts.tasks, (each) => ({
      ...each,
      ...mapped(each, (column) => (Array.isArray(column) ? pick(column) : column)),
    })),
  });
  return { base: of(base), candidate: of(candidate) };
}

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

export const nodeVersion = () => spawnSync('node', ['--version'], { encoding: 'utf8' }).stdout.trim();
