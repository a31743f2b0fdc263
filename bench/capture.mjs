// npm run bench -- capture [--node <binary>] [--calls N] [--repeat N]
// What one call of an instrumented function costs, in ns over the same call of the uninstrumented program (bench/capture/program.cjs), for each
// way to record it, beside the least it could cost (`floor`, bench/_floor.mjs) and beside what others take. Every measurement is a fresh process;
// the variants run by turns, `repeat` times; the median of the processes counts (of a floor the best: it is the least), of each the best burst, or for
// what is meant to last, the whole of so many `calls`. Of both parts of the program the mean; both are told. Ours run under the recorder, text and probes as `intellimap run`
// makes them; whether as many calls were recorded as were made is counted in the recording.
// Build first (npm run build); `npm run bench` installs what bench/capture needs. The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mean, median, rounded } from './_figures.mjs';
import { recordedBy, recordedIn } from './_recorded.mjs';
import { instrumented } from './_replaced.mjs';
import { variantsOf } from './_variants.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    calls: { type: 'string', default: '20000000' },
    repeat: { type: 'string', default: '5' },
  },
});
const { node } = values;
const calls = Number(values.calls);
const repeat = Number(values.repeat);
const VARIANTS = variantsOf(calls);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const driver = here('_capture.mjs');

const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
try {
  await main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

async function main() {
  const code = await instrumented(here('capture/program.cjs'));
  const names = Object.keys(VARIANTS);
  const seen = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < repeat; turn++)
    for (const name of names) seen[name].push(measure(name, code, `${name}-${turn}`));
  const ns = {};
  const lines = [];
  for (const name of Object.keys(VARIANTS)) {
    ns[name] = added(name, seen);
    lines.push(lineOf(name, ns[name]));
  }
  const heads = ['mean', 'fib', 'mix', 'best', 'worst'];
  console.log('ns a call'.padEnd(53) + heads.map((head) => head.padStart(9)).join(''));
  console.log(lines.join('\n'));
  console.log(JSON.stringify(summary(ns, seen)));
}

/** One process. Its folder holds the program, so that it is a workspace of its own to whoever records. */
function measure(name, code, id) {
  const { settings, tier, options, env, run = [], recorded, check } = VARIANTS[name];
  const folder = path.join(scratch, id);
  fs.mkdirSync(folder);
  const program = path.join(folder, 'program.cjs');
  fs.copyFileSync(here('capture/program.cjs'), program);
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const runDir = path.join(folder, '.intellimap', 'runs', 'bench');
  const given = { way: 'program', ...settings, program, ...(settings.way && { code }) };
  const { status, stdout, stderr } = spawnSync(node, [...run, driver, JSON.stringify(given)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...(tier && recordedBy(runDir, folder, tier, [], options)), ...env?.(folder) },
  });
  if (status !== 0 || (tier && stderr !== '')) throw new Error(`${name} failed:\n${stdout}${stderr}`);
  // appmap-node talks, too.
  const made = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')));
  const found = { ...made, ...(tier && recordedIn(runDir)), ...recorded?.(folder) };
  if (check && !check(found)) throw new Error(`${name} has not recorded what ran: ${JSON.stringify(found)}`);
  fs.rmSync(folder, { recursive: true, force: true });
  return made;
}

/** ns a call of each part, the mean of the parts, and what the processes say, from the best to the worst: over plain where there is a plain of it. */
function added(name, seen) {
  const { over, best } = VARIANTS[name];
  const each = (variant, part) =>
    seen[variant].map(({ burst, go }) => (VARIANTS[variant].settings.go ? go : burst)[part]);
  const names = Object.keys(seen[name][0].burst);
  const base = Object.fromEntries(names.map((part) => [part, over ? median(each(over, part)) : 0]));
  const parts = Object.fromEntries(
    names.map((part) => [
      part,
      (best ? Math.min(...each(name, part)) : median(each(name, part))) - base[part],
    ]),
  );
  const means = seen[name].map((_, at) => mean(names.map((part) => each(name, part)[at] - base[part])));
  return { mean: mean(Object.values(parts)), ...parts, spread: [Math.min(...means), Math.max(...means)] };
}

function lineOf(name, ns) {
  const { says, over } = VARIANTS[name];
  const shown = (number) => (rounded(number)?.toFixed(2) ?? '-').padStart(9);
  const figures = [ns.mean, ns.fib, ns.mix, ...ns.spread].map(shown);
  return `${says.padEnd(52)}${over ? '+' : ' '}${figures.join('')}`;
}

function summary(ns, seen) {
  const of = (name) => rounded(ns[name].mean, 3);
  const ratio = (name, base) => rounded(ns[name].mean / ns[base].mean, 3);
  return {
    bench: 'capture',
    node: seen.plain[0].node,
    calls,
    repeat,
    ...Object.fromEntries(Object.keys(VARIANTS).map((name) => [`${name}_ns`, of(name)])),
    t1_over_floor: ratio('t1', 'floor'),
    t1_over_floor_register: ratio('t1', 'floor_register'),
    otel_over_t1: ratio('otel', 't1'),
    appmap_over_t1: ratio('appmap', 't1'),
    parts: Object.fromEntries(
      ['plain', 'gate_closed', 't0', 't1', 't1_stream'].map((name) => [
        name,
        { fib: rounded(ns[name].fib, 3), mix: rounded(ns[name].mix, 3) },
      ]),
    ),
  };
}
