/**
 * Plans: made from the text, from an earlier run, from what was measured; carried out by the next run, function by function; and what was foretold is told
 * beside what came.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 60;

/** `hot` is called a thousand times as often as `warm`, `rare` once; two functions have the same name. */
const PROGRAM = `
const state = { sum: 0 };
function hot(x) { for (let i = 0; i < 100; i++) x = (x * 31 + i) | 0; return x; }
function warm(n) { let s = 0; for (let i = 0; i < 1700; i++) s = hot(s + i); state.sum = s; return s; }
function rare(label) { return label + state.sum; }
function never() { return 1; }
async function later(x) { await null; return x; }
const other = { rare() { return 'other'; } };
const turns = Number(process.argv[2] ?? 6000);
for (let i = 0; i < turns; i++) warm(i);
other.rare();
later(1).then(() => console.log(rare('sum ').startsWith('sum ')));
`;
const COMMAND = [process.execPath, 'main.cjs'];

const cases = {
  async 'of the text alone, all is said to be a guess'() {
    const cwd = workspaceOf('plan', { 'main.cjs': PROGRAM });
    const { from, foretold, functions } = await plan(cwd, ['--budget', '5%']);
    assert.equal(from, null);
    assert.equal(foretold.basis, 'text');
    const called = Object.fromEntries(functions.map(({ name, perSecond }) => [name, perSecond]));
    assert.ok(called.hot > 4 * called.warm && called.warm > 4 * called.rare, JSON.stringify(called));
    assert.notEqual(strategyOf(functions, 'hot'), 'performance');
    const { stdout } = await command(cwd, ['plan', '--budget', '5%', '--', ...COMMAND]);
    assert.match(stdout, /guessed/);
  },

  async 'an earlier run is asked, and the next one carries it out'() {
    const cwd = await recorded();
    const { from, foretold, functions } = await plan(cwd, ['--budget', '2']);
    assert.match(from, /^\d{8}-/);
    assert.equal(foretold.basis, 'counted');
    assert.deepEqual(
      ['rare', 'never', 'later'].map((name) => strategyOf(functions, name)),
      ['performance', 'performance', 'performance'],
    );
    // Whether there is room to count it is up to the machine.
    const hot = strategyOf(functions, 'hot');
    assert.ok(hot === 'off' || hot === 'minimal', hot);
    const explained = await command(cwd, ['plan', '--budget', '2', '--explain', 'hot', '--', ...COMMAND]);
    assert.match(explained.stdout, /hot {2}(off|minimal) {2}main\.cjs:3/);
    assert.match(explained.stdout.replaceAll(/\s+/g, ' '), /calls in a second .* does not fit into 2 %/);
    const { stderr } = await command(cwd, ['run', '--budget', '2', '--', ...COMMAND]);
    assert.match(stderr.replaceAll(/\s+/g, ' '), /foretold [\d.]+ % \([\d.]+ % to [\d.]+ %\)/);
    const kept = await query(
      cwd,
      "SELECT name, kept FROM functions WHERE kind <> 'module' AND kept <> 'calls'",
    );
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['hot'],
    );
    const after = await plan(cwd, ['--budget', '2']);
    assert.equal(after.runs.length, 1);
    assert.ok(after.runs[0].foretold > 0 && after.runs[0].told > 0, JSON.stringify(after.runs));
  },

  async 'a file of a plan is carried out, values of single functions included'() {
    const cwd = await recorded();
    const answer = await plan(cwd, []);
    assert.equal(answer.budget, null);
    const wanted = { hot: 'off', warm: 'state_only', 'other.rare': 'full_trace', never: 'minimal' };
    const functions = answer.functions.map((line) => ({
      ...line,
      strategy: wanted[line.name] ?? line.strategy,
    }));
    writeFileSync(join(cwd, 'plan.json'), JSON.stringify({ ...answer, functions }));
    await command(cwd, ['run', '--plan', 'plan.json', '--no-summary', '--', ...COMMAND, '50']);
    const calls = await query(
      cwd,
      "SELECT name, count(*)::INTEGER AS calls FROM calls JOIN functions USING (function_id) WHERE kind NOT IN ('module', 'arrow') GROUP BY name ORDER BY name",
    );
    assert.deepEqual(
      calls.map(({ name, calls: times }) => `${name} ${times}`),
      ['later 1', 'other.rare 1', 'rare 1', 'warm 50'],
    );
    const values = await query(
      cwd,
      'SELECT DISTINCT f.name FROM call_values v JOIN calls c USING (thread_id, call_id) JOIN functions f USING (function_id)',
    );
    assert.deepEqual(values, [{ name: 'other.rare' }]);
    const writes = await query(cwd, 'SELECT count(*)::INTEGER AS n FROM state_changes');
    assert.equal(writes[0].n > 0, true);
  },

  async 'what is no plan is refused, and nothing runs'() {
    const cwd = workspaceOf('plan', { 'main.cjs': PROGRAM, 'bad.json': '{"version":1}' });
    for (const [file, problem] of [
      ['bad.json', 'holds no plan'],
      ['none.json', 'cannot read the plan'],
    ]) {
      const { code, stdout, stderr } = await execute(
        intellimapBin(),
        ['run', '--plan', file, '--', ...COMMAND],
        { cwd },
      );
      assert.equal(stdout, '');
      assert.ok(code !== 0 && stderr.includes(problem), stderr);
    }
  },

  async 'what recording takes is measured beside plain runs, and known from then on'() {
    const cwd = await recorded();
    const { measured, foretold } = await plan(cwd, ['--measure', '2']);
    assert.equal(measured.rounds, 2);
    assert.deepEqual(measured.foretold, foretold);
    assert.ok(measured.plainMs > 100 && measured.withStart > measured.percent, JSON.stringify(measured));
    // Of a machine that is busy with other things, nothing may be learned.
    const next = await plan(cwd, ['--budget', '5']);
    assert.equal(next.foretold.basis, measured.cost === null ? 'counted' : 'measured');
    assert.equal(next.measured.at, measured.at);
    const { code, stderr } = await execute(
      intellimapBin(),
      ['plan', '--measure', '1', '--', process.execPath, '-e', 'process.exit(3)'],
      { cwd },
    );
    assert.ok(code === 1 && /ended with 3/.test(stderr), stderr);
    const runs = JSON.parse((await command(cwd, ['runs', '--json'])).stdout);
    assert.ok(!JSON.stringify(runs).includes('process.exit(3)'), JSON.stringify(runs));
  },

  async 'a run that is too short to tell is known nevertheless'() {
    const cwd = workspaceOf('plan', { 'main.cjs': 'console.log(1);' });
    await command(cwd, ['run', '--no-summary', '--', ...COMMAND]);
    const { from, passedOver } = await plan(cwd, ['--budget', '5%']);
    assert.equal(from, null);
    assert.equal(passedOver.why, 'short');
    assert.ok(passedOver.cpuMs > 0 && passedOver.cpuMs < 1000, JSON.stringify(passedOver));
  },
};

const strategyOf = (functions, name) => functions.find((each) => each.name === name)?.strategy;

/** A workspace in which the program was counted once. */
async function recorded() {
  const cwd = workspaceOf('plan', { 'main.cjs': PROGRAM });
  await command(cwd, ['run', '--tier', 'minimal', '--no-summary', '--', ...COMMAND]);
  return cwd;
}

async function plan(cwd, options) {
  const { stdout } = await command(cwd, ['plan', '--json', ...options, '--', ...COMMAND]);
  return JSON.parse(stdout);
}

async function command(cwd, words) {
  const outcome = await execute(intellimapBin(), words, { cwd, timeout: 300_000 });
  assert.equal(outcome.code, 0, outcome.stderr);
  return outcome;
}

/** @param {string[]} argv parts of names of cases; all by default */
export const run = (argv) => runCases(cases, argv);
