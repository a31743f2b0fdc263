// node bench/programs.mjs [--programs a,b] [--variants plain,t0,t1] [--nodes <binary>,…] [--seconds 6] [--repeat 1]
// What recording costs real programs. Libraries do rounds of work with their own code instrumented: time and CPU time of a round as ratios to
// the plain program. `shop` and `shop-all` are the web shop of samples/ under autocannon, recorded as `intellimap run` would, and with
// the code of all its dependencies, too: requests a second, latency, CPU time of a request, in three times as many processes.
// Every measurement is a fresh process; the variants of a program run by turns. Also told: bytes that an event takes on disk, and whether the
// calls that were recorded are those that were made (of libraries T0, edges and T1 count one round, each in its own way; the shop counts its requests).
// `t0@1` and `t1@5` hold a budget of 1 and 5 %, as the plan of a run before had it that is not measured; libraries only.
// Build first (npm run build). The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mean, rounded } from './_figures.mjs';
import { compareLibrary, countByTiers, libraries, measureLibrary, recordings } from './_library.mjs';
import { compareShop, measureShop } from './_shop.mjs';

const VARIANTS = {
  plain: {},
  t0: { tier: 'minimal' },
  't0@1': { tier: 'minimal', budget: 1 },
  edges: { tier: 'edges' },
  t1: { tier: 'performance' },
  't1@5': { tier: 'performance', budget: 5 },
};
/** Of which dependencies the code is instrumented, too. */
const SHOPS = { shop: [], 'shop-all': ['node_modules/**'] };
/** One process of the shop tells little: it shares the processors with those who ask it. */
const SHOP_TURNS = 3;

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: [...libraries, ...Object.keys(SHOPS)].join() },
    variants: { type: 'string', default: Object.keys(VARIANTS).join() },
    nodes: { type: 'string', default: process.execPath },
    seconds: { type: 'string', default: '6' },
    repeat: { type: 'string', default: '1' },
  },
});
const variants = values.variants.split(',');
const unheld = variants.filter((variant) => VARIANTS[variant].budget === undefined);
const programs = values.programs.split(',');
const seconds = Number(values.seconds);
const repeat = Number(values.repeat);
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const summary = {};
try {
  for (const node of values.nodes.split(',')) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    const found = {};
    for (const program of programs) {
      const { line, found: figures } = await (program in SHOPS ? ofShop : ofLibrary)(node, program);
      console.log(`${version} ${program.padEnd(11)} ${line}`);
      found[program] = figures;
    }
    summary[version] = summed(found);
  }
} finally {
  for (const place of [scratch, recordings]) fs.rmSync(place, { recursive: true, force: true });
}
console.log(JSON.stringify(summary));

/** @param {(variant: { tier?: string, budget?: number }, runDir: string) => Promise<object>} measure one process */
async function inTurns(program, turns, names, measure) {
  const seen = Object.fromEntries(names.map((variant) => [variant, []]));
  for (let turn = 0; turn < turns; turn++)
    for (const variant of names)
      seen[variant].push(await measure(VARIANTS[variant], path.join(scratch, `${program}-${variant}`)));
  return seen;
}

async function ofLibrary(node, program) {
  const seen = await inTurns(program, repeat, variants, (variant, runDir) =>
    measureLibrary({ node, program, seconds, runDir, ...variant }),
  );
  const counts = await countByTiers({ node, program, runDir: path.join(scratch, `${program}-counted`) });
  return compareLibrary(program, seen, counts);
}

async function ofShop(node, program) {
  const seen = await inTurns(program, repeat * SHOP_TURNS, unheld, (variant, runDir) =>
    measureShop({ node, seconds, runDir, ...variant, own: SHOPS[program] }),
  );
  return compareShop(seen);
}

/** Geometric means: of the libraries' times, and of what an event takes in any program. */
function summed(found) {
  const of = (list) => rounded(Math.exp(mean(list.map(Math.log))), 3);
  const timed = programs.filter((program) => !(program in SHOPS)).map((program) => found[program]);
  const geomeanOf = (figure) =>
    Object.fromEntries(
      timed.length === 0
        ? []
        : variants.slice(1).map((variant) => [variant, of(timed.map((each) => each[variant][figure]))]),
    );
  const sizes = Object.values(found).flatMap(({ bytesPerEvent }) => bytesPerEvent ?? []);
  return {
    geomean: geomeanOf('wall'),
    geomeanBest: geomeanOf('best'),
    bytesPerEvent: sizes.length === 0 ? null : of(sizes),
    programs: found,
  };
}
