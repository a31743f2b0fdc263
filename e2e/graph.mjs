/**
 * What is known of a program from its text, its repository and its runs: a small project in git, changed by some commits and recorded once. All figures are counted by hand.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, intellimapBin, put, query, workspaceOf } from './_consumer.mjs';
import { described } from './_schemas.mjs';
import { until } from './_until.mjs';

export const ci = true;
export const seconds = 40;

/** `priceOf`: for 1, if 2, && 1, else if 1, else 1, ?: 3 = 9; decisions: a default, for, if, &&, if, ?:, and one more = 7. */
const CART = `export function priceOf(lines, rebate = 0) {
  let sum = 0;
  for (const line of lines) {
    if (line.free && rebate > 0) continue;
    else if (line.fixed) sum += line.fixed;
    else sum += line.old ? line.old : line.price;
  }
  return sum - rebate;
}
export function idle(a) {
  if (a) { while (a--) if (a % 2) return a; }
  return 0;
}
`;
const STORE = `export function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
export function settle(order, charge) {
  try {
    charge(order);
  } catch {}
  return 'paid';
}
`;
const MAIN = `import { priceOf } from './cart.js';
import { read, settle } from './store.js';
function main() {
  for (const text of ['[{"price":3},{"old":4}]', 'broken']) console.log(priceOf(read(text) ?? []));
  settle({}, () => { throw new Error('no money'); });
}
main();
`;

let folder;
const cases = {
  async 'metrics: figures of the text, of git and of the run, joined'() {
    const { all, functions, over } = await told(['metrics', '--json']);
    assert.equal(all, functions.length);
    assert.deepEqual(over, []);
    const byName = Object.fromEntries(functions.map((each) => [each.name, each]));
    const figures = ({ cognitive, cyclomatic, nesting, lines, parameters, commits, calls, ran }) => [
      cognitive, cyclomatic, nesting, lines, parameters, commits, calls, ran,
    ]; // prettier-ignore
    assert.deepEqual(figures(byName['priceOf']), [9, 7, 2, 9, 2, 3, 2, true]);
    assert.deepEqual(figures(byName['idle']), [6, 4, 3, 4, 1, 1, 0, false]);
    assert.deepEqual(figures(byName['read']), [1, 2, 1, 7, 1, 1, 2, true]);
    assert.equal(functions[0].name, 'priceOf');
    assert.ok(functions[0].selfMs >= 0 && functions[0].fanIn === null);
    const [row] = await query(folder, "SELECT cognitive, commits, hits FROM function_facts WHERE name = 'priceOf'");
    assert.deepEqual(row, { cognitive: 9, commits: 3, hits: 2 });
  }, // prettier-ignore

  async 'metrics: limits, order, reasons, the call graph'() {
    const none = await execute(intellimapBin(), ['metrics', '--max-cognitive', '9'], { cwd: folder });
    assert.deepEqual([none.code, none.stdout], [0, '']);
    const some = await execute(intellimapBin(), ['metrics', 'cart.js', '--max-cognitive', '8'], { cwd: folder });
    assert.equal(some.code, 1);
    assert.match(some.stdout, /9 {2}cognitive, at most 8 {2}priceOf +cart\.js:1/);
    const { parts } = await told(['metrics', '--explain', 'priceOf', '--json']);
    assert.deepEqual(
      parts.map(({ line, what, amount }) => `${line} ${what} +${amount}`),
      ['3 for … of +1', '4 if +2', '4 && +1', '5 else if +1', '6 else +1', '6 ?: +3'],
    );
    const { functions } = await told(['metrics', '--sort', 'fan-out', '--json']);
    const fans = functions.map(({ name, fanIn, fanOut }) => `${name} ${fanIn} ${fanOut}`);
    assert.equal(fans[0], 'main 1 3');
    assert.ok(fans.includes('priceOf 1 0') && fans.includes('idle 0 0'), fans.join(', '));
    assert.equal((await execute(intellimapBin(), ['metrics', '--sort', 'beauty'], { cwd: folder })).code, 64);
  }, // prettier-ignore

  async 'metrics: where nothing was recorded, and nothing committed, the text is told'() {
    const cwd = workspaceOf('graph-bare', { 'a.mjs': 'export function f(a) { if (a) return f(a - 1); }' });
    git(cwd, 'init', '-q');
    const { functions } = JSON.parse((await command(cwd, ['metrics', '--json'])).stdout);
    const [{ name, cognitive, recursive, commits, ran }] = functions;
    assert.deepEqual([name, cognitive, recursive, commits, ran], ['f', 2, true, null, null]);
  },

  async 'calls, path, slice, query: the text is asked before anything is recorded; runs are not'() {
    const cwd = workspaceOf('graph-text', { 'a.mjs': 'function f(a) { return g(a); }\nfunction g(b) { return b; }\nf(1);' });
    const refused = await execute(intellimapBin(), ['query', 'SELECT * FROM calls'], { cwd });
    assert.deepEqual([refused.code, existsSync(join(cwd, '.intellimap'))], [3, false]);
    assert.match(refused.stderr, /there is no recording/);
    const [g] = JSON.parse((await command(cwd, ['calls', 'g', '--json'])).stdout).matches;
    assert.deepEqual(
      g.callers.map(({ name, evidence }) => [name, evidence]),
      [['f', 'not recorded']],
    );
    assert.match((await command(cwd, ['path', 'f', 'g'])).stdout, /not recorded/);
    assert.match((await command(cwd, ['slice', 'a.mjs:2'])).stdout, /f\(1\)/);
    assert.deepEqual(await query(cwd, "SELECT name, hits, is_seen FROM function_facts WHERE name = 'f'"), [{ name: 'f', hits: 0, is_seen: false }]);
    assert.deepEqual((await execute(intellimapBin(), ['query', 'SELECT * FROM calls'], { cwd })).code, 3);
    assert.equal((await execute(intellimapBin(), ['path', 'f', 'g', '--run', 'x'], { cwd })).code, 3);
  }, // prettier-ignore

  async 'graph: nodes and edges of all files, made anew only where the text changed'() {
    const first = await told(['graph', '--json']);
    described('graph', first);
    assert.deepEqual([first.files, first.made, first.problems], [3, 3, []]);
    // Three bodies of modules; main and its arrow; priceOf, idle, read, settle.
    assert.equal(first.functions, 9);
    // `sum` is read where it is given back: after none, or any, of its writes.
    const writes = await query(
      folder,
      `SELECT DISTINCT s.start FROM graph_edges e JOIN ast_nodes s ON s.path = e.path AND s.node = e.src JOIN ast_nodes d ON d.path = e.path AND d.node = e.dst
       WHERE e.label = 'value' AND e.path = 'cart.js' AND d.text = 'sum' AND d.start = ${CART.lastIndexOf('sum - rebate')} ORDER BY 1`,
    );
    assert.deepEqual(
      writes.map(({ start }) => start),
      [CART.indexOf('sum = 0'), CART.indexOf('sum += line.fixed'), CART.indexOf('sum += line.old')],
    );
    const again = await told(['graph', '--json']);
    assert.deepEqual([again.made, again.nodes], [0, first.nodes]);
  },

  async 'graph --watch: each save is told, and what others ask meanwhile is right'() {
    const cwd = workspaceOf('graph-watch', { 'package.json': '{"type":"module"}', 'a.js': 'export let a = 1;', '.gitignore': '.intellimap\nout/\n', 'out/o.js': '' });
    git(cwd, 'init', '-q');
    await command(cwd, ['run', '--no-summary', '--', process.execPath, 'a.js']);
    const child = spawn(intellimapBin(), ['graph', '--watch', '--json'], { cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'exit');
    let printed = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const lines = () => printed.split('\n').slice(0, -1).map((line) => JSON.parse(line));
    const told = async (count) => {
      await until(`${count} lines`, () => lines().length >= count || child.exitCode !== null);
      assert.ok(lines().length >= count, said);
    };
    const names = async () =>
      (await query(cwd, "SELECT path, text FROM ast_nodes WHERE kind = 'Identifier' ORDER BY path")).map(({ path, text }) => `${path} ${text}`);
    try {
      await told(1);
      assert.deepEqual([lines()[0].files, lines()[0].made], [1, 1]);
      described('graph', lines()[0]);
      put(cwd, { 'a.js': 'export let written = 1;' });
      await told(2);
      // As editors do: the new text beside, then in place of the old one.
      put(cwd, { 'a.js~': 'export let renamed = 1;', 'out/o.js': 'let ignored;' });
      renameSync(join(cwd, 'a.js~'), join(cwd, 'a.js'));
      await told(3);
      for (const line of lines().slice(1)) {
        described('graph-update', line);
        const { made, removed, whole, ms, nodes } = line;
        assert.deepEqual([made, removed, whole], [['a.js'], [], false]);
        assert.ok(ms > 0 && nodes > 3);
      }
      assert.deepEqual(await names(), ['a.js renamed']);
      put(cwd, { 'a.js': 'export let again = 1;' });
      await told(4);
      assert.deepEqual(lines()[3].made, ['a.js']);
      put(cwd, { 'sub/b.js': "import '../a.js';\nlet b;" });
      await until('a new folder is looked at', () => lines().some(({ made }) => Array.isArray(made) && made.includes('sub/b.js')));
      assert.deepEqual(await names(), ['a.js again', 'sub/b.js b']);
      assert.deepEqual(await query(cwd, 'SELECT path, target FROM source_imports'), [{ path: 'sub/b.js', target: 'a.js' }]);
      rmSync(join(cwd, 'sub'), { recursive: true });
      await until('a folder is gone', () => lines().some(({ removed }) => Array.isArray(removed) && removed.includes('sub/b.js')));
    } finally {
      child.kill('SIGINT');
    }
    assert.deepEqual(await ended, [0, null], said);
    assert.equal(said.trim(), 'Ctrl-C ends it.');
    assert.equal(existsSync(join(cwd, '.intellimap', 'store.duckdb.wal')), false);
    assert.deepEqual(await names(), ['a.js again']);
    rmSync(cwd, { recursive: true, force: true });
  }, // prettier-ignore

  async 'patterns: what the text shows, and that a run met it'() {
    const { findings } = await told(['patterns', '--json']);
    const swallowed = findings.filter(({ pattern }) => pattern === 'swallowed-error');
    assert.deepEqual(
      swallowed.map(({ place, proof }) => [place.path, proof.state]),
      [['store.js', 'confirmed']],
    );
  },

  async 'history: commits of a function, newest first, with the runs of its text'() {
    const { versions } = await told(['history', 'priceOf', '--json']);
    assert.deepEqual(
      versions.map(({ subject, runs }) => [subject, runs.length]),
      [['fixed prices', 1], ['a rebate', 0], ['begin', 0]],
    );
    assert.equal(versions[0].runs[0].calls, 2);
  }, // prettier-ignore
};

/** Three commits change `priceOf`, one adds what lies below it, and what is not committed moves nothing. */
async function recorded() {
  const cwd = workspaceOf('graph', { 'package.json': '{"name":"x","private":true,"type":"module"}' });
  git(cwd, 'init', '-q');
  const commit = (subject, files) => {
    put(cwd, files);
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', subject);
  };
  const begin = CART.replace('    else if (line.fixed) sum += line.fixed;\n', '').replaceAll(/, rebate = 0| - rebate| && rebate > 0/g, '');
  const above = (text) => text.slice(0, text.indexOf('export function idle'));
  commit('begin', { '.gitignore': '.intellimap\n', 'cart.js': above(begin), 'store.js': STORE, 'main.js': MAIN });
  commit('a rebate', { 'cart.js': above(CART.replace('    else if (line.fixed) sum += line.fixed;\n', '')) });
  commit('fixed prices', { 'cart.js': above(CART) });
  commit('below', { 'cart.js': CART });
  const { stdout } = await command(cwd, ['run', '--no-summary', '--', process.execPath, 'main.js']);
  assert.equal(stdout, '7\n0\n');
  return cwd;
} // prettier-ignore

const git = (cwd, ...args) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgSign=false', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore

async function command(cwd, args) {
  const result = await execute(intellimapBin(), args, { cwd });
  assert.equal(result.code, 0, `intellimap ${args.join(' ')}: ${result.stderr}`);
  return result;
}

const told = async (args) => JSON.parse((await command(folder, args)).stdout);

/** @param {string[]} argv parts of names of cases; all by default */
export async function run(argv) {
  folder = await recorded();
  try {
    return await runCases(cases, argv);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
