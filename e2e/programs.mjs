/**
 * Programs whose calls were counted by hand, each recorded the way a user would: `npx intellimap run -- <command>`.
 * A case is a folder in `programs/` with a `case.json`; it runs plain and recorded, and then
 * - standard output, exit code and the program's own standard error are the same,
 * - there is one run with all threads, exact hits, errors at their place, and no event lost.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, project, query } from './_consumer.mjs';

export const ci = true;
export const seconds = 65;

const folder = new URL('programs/', import.meta.url);
const cases = readdirSync(folder);

/** @param {string[]} argv names of cases; none = all */
export async function run(argv) {
  const chosen = argv.length === 0 ? cases : argv;
  let failed = 0;
  for (const name of chosen) {
    try {
      await check(name);
      console.log(`  ok    ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAIL  ${name}\n${error.stack}`);
    }
  }
  return { passed: chosen.length - failed, failed };
}

async function check(name) {
  const expected = JSON.parse(readFileSync(new URL(`${name}/case.json`, folder), 'utf8'));
  const [command, ...args] = expected.command;
  const plain = await execute(command, args, { cwd: project(name) });
  const cwd = project(name);
  const recorded = await execute('npx', ['intellimap', 'run', '--', command, ...args], { cwd });
  const [ownError, summary] = splitSummary(recorded.stderr);
  if (process.env.E2E_SHOW) console.log(recorded.stderr);

  assert.equal(recorded.code, expected.exitCode, `exit code; stderr: ${recorded.stderr}`);
  assert.equal(plain.code, expected.exitCode, `exit code when run plain: ${plain.stderr}`);
  assert.equal(steady(recorded.stdout), steady(plain.stdout), 'standard output');
  assert.equal(steady(ownError), steady(plain.stderr), 'standard error of the program');
  assert.match(summary, /calls/);

  const hits = Object.fromEntries(
    (await query(cwd, 'select f.name, n.hits from nodes_runtime n join functions f using (ast_node_id)')).map(
      ({ name: key, hits }) => [key, Number(hits)],
    ),
  );
  for (const [key, count] of Object.entries(expected.hits))
    assert.equal(hits[key], count, `hits of ${key}; all: ${JSON.stringify(hits)}`);
  for (const key of expected.never ?? []) assert.ok(!hits[key], `${key} never ran`);
  if (expected.threads) {
    const [{ threads }] = await query(cwd, 'select count(*) as threads from threads');
    assert.equal(Number(threads), expected.threads, 'threads');
  }
  const [{ lost }] = await query(cwd, 'select events_lost as lost from runs');
  assert.equal(Number(lost), 0, 'events lost');
  const errors = await query(
    cwd,
    'select message, sum(count) as count, min(path) as path from errors group by message',
  );
  for (const error of expected.errors ?? []) {
    const found = errors.find(({ message }) => message.includes(error.message));
    assert.ok(found, `error "${error.message}" in ${JSON.stringify(errors)}`);
    assert.deepEqual(
      { count: Number(found.count), path: found.path },
      { count: error.count, path: error.path },
    );
  }
  const { code, stdout } = await execute(
    join(cwd, '..', 'node_modules', '.bin', 'intellimap'),
    ['runs', '--json'],
    { cwd },
  );
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).length, 1, 'one run');
}

/** Our summary is the last thing on standard error, and starts with a line of its own. */
function splitSummary(stderr) {
  const at = stderr.lastIndexOf('\nintellimap recorded ');
  return at < 0
    ? [stderr.startsWith('intellimap recorded ') ? '' : stderr, stderr]
    : [stderr.slice(0, at), stderr.slice(at)];
}

/** Durations, folders and clock times differ between any two runs. */
function steady(text) {
  return text
    .replaceAll(/\/\S*?intellimap-e2e-[0-9a-f]+\/[a-z]+-\w{6}/g, '<project>')
    .replaceAll(/\d+(\.\d+)?\s?(ms|s)\b/g, '<time>')
    .replaceAll(/Start at .*/g, 'Start at <clock>')
    .replaceAll(/\(transform .*\)|, estimated .*/g, '<timing>')
    .trimEnd();
}
