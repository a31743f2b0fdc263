/**
 * Large programs that nobody here wrote, driven on fixed inputs with their own code instrumented: what they put out must
 * be identical, byte for byte, with and without. They find what no language test thinks of.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consumer, execute, intellimapBin, query } from './_consumer.mjs';

/** Each a language of its own in one way: modules; a class of many methods; nine megabytes in one file. */
export const runCi = () => run(['prettier', 'acorn', 'typescript']);
export const seconds = 110;

/** Each driver prints everything the program made of its inputs; `atLeast` calls prove that the program was instrumented. */
const PROGRAMS = {
  prettier: { include: 'node_modules/prettier/**', atLeast: 1_000_000 },
  acorn: { include: 'node_modules/acorn/**', atLeast: 500_000 },
  terser: { include: 'node_modules/terser/**', atLeast: 500_000 },
  babel: { include: 'node_modules/@babel/**', atLeast: 300_000 },
  typescript: { include: 'node_modules/typescript/**', atLeast: 2_000_000 },
};

/** @param {string[]} argv names of programs; none = all */
export async function run(argv) {
  const names = argv.length === 0 ? Object.keys(PROGRAMS) : argv;
  let failed = 0;
  for (const name of names) {
    const started = performance.now();
    try {
      const note = await check(name);
      console.log(
        `  same  ${name.padEnd(11)} ${note}  (${((performance.now() - started) / 1000).toFixed(1)} s)`,
      );
    } catch (error) {
      failed += 1;
      console.log(`  DIFFERENT  ${name}\n${error.stack}`);
    }
  }
  return { passed: names.length - failed, failed };
}

async function check(name) {
  const { include, atLeast } = PROGRAMS[name];
  // The project is the consumer itself: scope globs are relative to the folder that holds node_modules.
  const cwd = consumer();
  const work = mkdtempSync(join(cwd, `identity-${name}-`));
  const driver = join(work, 'driver.mjs');
  cpSync(fileURLToPath(new URL(`identity/${name}.mjs`, import.meta.url)), driver);
  writeFileSync(join(work, 'package.json'), '{ "type": "module", "private": true }');

  const plain = await execute(process.execPath, [driver], { cwd, timeout: 300_000 });
  assert.equal(plain.code, 0, plain.stderr);
  assert.ok(plain.stdout.length > 10_000, 'the driver prints what the program made');
  const told = {};
  for (const tier of ['performance', 'edges', 'minimal']) {
    const command = ['run', '--tier', tier, '--include', include, '--', process.execPath, driver];
    const recorded = await execute(intellimapBin(), command, { cwd, timeout: 300_000 });
    assert.equal(recorded.code, 0, recorded.stderr);
    if (recorded.stdout !== plain.stdout) {
      const at = firstDifference(plain.stdout, recorded.stdout);
      assert.fail(
        `${tier}: output differs from character ${at}:\n${plain.stdout.slice(at, at + 200)}\n---\n${recorded.stdout.slice(at, at + 200)}`,
      );
    }
    told[tier] = await countsOf(cwd);
  }
  assert.equal(told.minimal.hits, told.performance.hits, 'hits of minimal and performance');
  assert.equal(told.edges.hits, told.performance.hits, 'hits of edges and performance');
  assert.equal(told.edges.roots, told.performance.roots, 'roots of edges and performance');
  assert.equal(told.edges.edges, told.performance.edges, 'callers and callees of edges and performance');
  const [{ calls }] = await query(cwd, 'select sum(hits) as calls from nodes_runtime');
  assert.ok(Number(calls) >= atLeast, `only ${calls} calls were recorded`);
  const [{ skipped }] = await query(cwd, 'select count(*) as skipped from skipped_files');
  return `${plain.stdout.length} bytes, sha ${createHash('sha256').update(plain.stdout).digest('hex').slice(0, 8)}, ${calls} calls, ${skipped} files left alone`;
}

/** What the latest run says of calls, as digests: two tiers shall say the same. */
async function countsOf(cwd) {
  const [counts] = await query(
    cwd,
    `select
      (select md5(string_agg(ast_node_id || ' ' || hits, chr(10) order by ast_node_id)) from nodes_runtime) as hits,
      (select md5(string_agg(ast_node_id || ' ' || roots, chr(10) order by ast_node_id)) from nodes_runtime) as roots,
      (select md5(string_agg(src || ' ' || dst || ' ' || count, chr(10) order by src, dst)) from edges_runtime) as edges`,
  );
  return counts;
}

function firstDifference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
