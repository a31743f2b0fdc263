// npm run bench -- probes [--node <binary>] [--programs calls,typescript] [--alternatives a,b] [--seconds N] [--repeat N]
// Why the probes of enter and leave are what they are: alternatives to them (bench/_alternatives.mjs) behind the text that the real transform makes, on
// two programs: `calls` (bench/capture/program.cjs) and `typescript` (the compiler checks the DOM's declarations, as in `programs`). The
// ratio of the time of a round to that of the plain program. Every measurement is a fresh process, alternatives run by turns; nobody reads the ring.
// Build first (npm run build); `npm run bench` installs bench/programs. The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ALTERNATIVES } from './_alternatives.mjs';
import { median, rounded } from './_figures.mjs';
import { instrumented } from './_replaced.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
/**
 * `by`: long rounds are judged by the time of processors, which others on the machine disturb least (nobody else works in these processes but V8);
 * short ones by the clock, the best of them is undisturbed. `share` of the seconds. V8 makes a short program fast or slow for a whole process, as chance will have it: hence `times`.
 */
const PROGRAMS = {
  calls: { file: here('capture/program.cjs'), by: 'wall', share: 0.1, times: 5 },
  typescript: {
    file: here('programs/node_modules/typescript/lib/typescript.js'),
    work: here('programs/work/typescript.mjs'),
    by: 'cpu',
    share: 1,
    times: 1,
  },
};
const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    programs: { type: 'string', default: Object.keys(PROGRAMS).join() },
    alternatives: { type: 'string', default: Object.keys(ALTERNATIVES).join() },
    seconds: { type: 'string', default: '6' },
    repeat: { type: 'string', default: '1' },
  },
});
const alternatives = values.alternatives.split(',');
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const ratios = {};
let version;
try {
  for (const program of values.programs.split(',')) ratios[program] = await compare(program);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
console.log(JSON.stringify({ bench: 'probes', node: version, ...ratios }));

async function compare(program) {
  const { file, by, times } = PROGRAMS[program];
  const texts = await textsOf(file, program);
  const names = ['plain', ...alternatives];
  const seen = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < Number(values.repeat) * times; turn++)
    for (const name of names) seen[name].push(measure(program, name, texts[name]));
  const [{ result: expected, node }] = seen.plain;
  version = node;
  const plain = steady(seen.plain, by);
  console.log(`${program}, ${node}: plain ${plain.toFixed(2)} ms (${by})`);
  const overPlain = {};
  for (const name of alternatives) {
    const wrong = seen[name].find(({ result }) => result !== expected);
    if (wrong) throw new Error(`${program} ${name}: ${wrong.result} instead of ${expected}`);
    overPlain[name] = rounded(steady(seen[name], by) / plain, 3);
    const ratio = overPlain[name].toFixed(3);
    console.log(`  ${name.padEnd(14)} ${ratio.padStart(7)}  ${ALTERNATIVES[name].says}`);
  }
  return overPlain;
}

/** Files with the instrumented text, one for each alternative. */
async function textsOf(file, program) {
  const code = await instrumented(file);
  return Object.fromEntries(
    alternatives.map((name) => {
      const text = ALTERNATIVES[name].text?.(code) ?? code;
      if (ALTERNATIVES[name].text && text.includes('$imG[')) throw new Error(`${name}: gates are left`);
      const place = path.join(scratch, `${program}-${name}.js`);
      fs.writeFileSync(place, text);
      return [name, place];
    }),
  );
}

function measure(program, name, code) {
  const { file, work, share } = PROGRAMS[program];
  const seconds = Number(values.seconds) * share;
  const given = { file, work, seconds, ...(name !== 'plain' && { alternative: name, code }) };
  const { status, stdout, stderr } = spawnSync(
    values.node,
    [here('_probes.mjs'), JSON.stringify(given)],
    // Programs look for their files from here.
    { cwd: here('programs'), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${program} ${name} failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

/** The best round of each process, for everything else that the machine does makes a round longer; the median of the processes. */
function steady(runs, by) {
  return median(
    runs.map(({ rounds }) => rounds.reduce((best, round) => Math.min(best, round[by]), Infinity)),
  );
}
