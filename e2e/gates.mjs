/**
 * Gates as a pipeline uses them: a build that does less or worse than its baseline is stopped, with the exit code, the report and the names that say so.
 * What became slower is found by running two builds in pairs. Seals tell what was changed.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { execute, intellimapBin, workspaceOf } from './_consumer.mjs';
import { described } from './_schemas.mjs';

export const ci = true;
export const seconds = 65;

/** A shop that answers its own requests; what it does differently, its variants say. */
const SHOP = `
const http = require('node:http');
function query(sql) { return sql.length; }
function price(n) { let sum = 0; for (let k = 0; k < n; k++) sum += Math.sqrt(k) % 7; return sum; }
function giftWrap() { return 1; }
function check(order) { if (order % 4 === 0) throw new RangeError('no order ' + order); }
async function handle(request, response) {
  await null;
  QUERIES;
  price(WORK);
  WRAP;
  try { check(Number(request.url.slice(1))); } catch (error) { ERROR }
  response.end('ok');
}
const server = http.createServer(handle);
server.listen(0, async function listening() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let at = 0; at < 40; at++) await new Promise((done) => {
    http.get({ port: server.address().port, agent, path: '/' + at }, (answer) => answer.resume().on('end', done));
  });
  agent.destroy();
  server.close();
});`;
const GOOD = { QUERIES: 'query("one")', WORK: '2000', WRAP: 'giftWrap()', ERROR: '' };
const program = (variant = {}) =>
  Object.entries({ ...GOOD, ...variant }).reduce(
    (text, [name, code]) => text.replace(name, () => code),
    SHOP,
  );
const write = (cwd, variant) => writeFileSync(join(cwd, 'main.cjs'), program(variant));

const project = (variant) => workspaceOf('gates', { 'main.cjs': program(variant) });

const intellimap = (cwd, args, env = {}) => execute(intellimapBin(), args, { cwd, env, timeout: 300_000 });

/** Must end with this code. @returns its standard output */
async function ends(code, cwd, args, env) {
  const ending = await intellimap(cwd, args, env);
  assert.equal(ending.code, code, `intellimap ${args.join(' ')}\n${ending.stdout}${ending.stderr}`);
  return ending.stdout;
}
const record = (cwd) => ends(0, cwd, ['run', '--no-summary', '--', process.execPath, 'main.cjs']);
const EXACT = ['gate', '--only', 'runs,coverage,errors,counts'];

async function withBaseline() {
  const cwd = project();
  await record(cwd);
  await ends(0, cwd, ['baseline', 'save']);
  return cwd;
}

/** Ids of the findings of a build that differs so. */
async function findings(cwd, variant) {
  write(cwd, variant);
  await record(cwd);
  const report = JSON.parse(await ends(1, cwd, [...EXACT, '--json']));
  return report.gates
    .flatMap(({ findings }) => findings.map(({ id, message }) => `${id} | ${message}`))
    .join('\n');
}

const cases = {
  async 'the same build passes; its times cannot be judged by one run'() {
    const cwd = await withBaseline();
    await record(cwd);
    assert.match(await ends(0, cwd, EXACT), /^intellimap gate passed, against main/);
    assert.match(await ends(2, cwd, ['gate']), /not judged {2}times\n {2}1 run of a build is too few/);
  },
  async 'what the workspace configures holds'() {
    const cwd = await withBaseline();
    await ends(0, cwd, EXACT);
    writeFileSync(join(cwd, 'intellimap.config.json'), '{ "gate": { "maxErrors": 3, "baseline": "good" } }');
    await ends(3, cwd, EXACT);
    await ends(0, cwd, ['baseline', 'save']);
    assert.match(await ends(1, cwd, EXACT), /10 errors in a run, 3 are allowed/);
  },
  async 'N+1, a function that no longer runs, a new error: each fails, by its name'() {
    const cwd = await withBaseline();
    assert.match(
      await findings(cwd, { QUERIES: 'for (let k = 0; k < 5; k++) query("each")' }),
      /counts:queries:request GET \/1?.*main\.cjs#query \| request .* makes 5 queries by query instead of 1/,
    );
    assert.match(await findings(cwd, { WRAP: '' }), /coverage:lost:.*#giftWrap \| giftWrap no longer runs/);
    assert.match(
      await findings(cwd, { WRAP: 'giftWrap(); await null' }),
      /counts:awaits:request .* makes 2 awaits instead of 1/,
    );
    assert.match(
      await findings(cwd, { ERROR: 'try { undefined.total } catch {}' }),
      /errors:new:[0-9a-f]{12} \| new error TypeError: Cannot read properties/,
    );
    const moved = { ERROR: '\n\n// lines that shift, and nothing else\n' };
    write(cwd, moved);
    await record(cwd);
    await ends(0, cwd, EXACT);
  },
  async 'what it leaves behind: a page, JUnit, SARIF, a comment, annotations'() {
    const cwd = await withBaseline();
    write(cwd, {
      ERROR: `try { throw new Error('</script><img src=x onerror=alert(1)>\\n::error::x') } catch {}`,
    });
    await record(cwd);
    const out = await ends(1, cwd, [...EXACT, '--out', 'report'], { GITHUB_ACTIONS: 'true' });
    const annotations = out.split('\n').filter((line) => line.startsWith('::'));
    assert.equal(annotations.length, 1, out);
    assert.match(
      annotations[0],
      /^::error file=main\.cjs,line=\d+,title=intellimap gate%3A errors::new error Error/,
    );
    const read = (name) => readFileSync(join(cwd, 'report', name), 'utf8');
    assert.deepEqual(readdirSync(join(cwd, 'report')).toSorted(), [
      'comment.md',
      'gate.html',
      'gate.json',
      'gate.sarif',
      'junit.xml',
    ]);
    assert.ok(!/<img|<script/.test(read('gate.html')) && read('gate.html').includes('&lt;img'));
    assert.ok(!/<img|<script/.test(read('junit.xml')));
    assert.equal(JSON.parse(read('gate.json')).verdict, 'fail');
    assert.equal(JSON.parse(read('gate.sarif')).runs[0].results[0].ruleId, 'intellimap/errors');
    assert.ok(read('comment.md').trimEnd().split('\n').length <= 10);
  },
  async 'what is wrong with the command line is no verdict'() {
    const cwd = await withBaseline();
    await ends(64, cwd, ['gate', '--nonsense']);
    await ends(64, cwd, ['gate', '--only', 'nonsense']);
    await ends(64, cwd, ['gate', 'run']);
    await ends(3, cwd, ['gate', '--baseline', 'none']);
    await ends(3, cwd, ['gate', '--runs', 'none']);
    await ends(3, cwd, ['gate', 'run', '--interleave', 'none', '--', 'true']);
    await ends(2, cwd, ['baseline', 'nonsense']);
    await ends(2, cwd, ['baseline', 'save', '../outside']);
    writeFileSync(join(cwd, 'broken.json'), '{"format":"intellimap-baseline","version":1}');
    await ends(4, cwd, ['gate', '--baseline', 'broken.json']);
  },
  async 'baselines: a file of one’s own, saved twice the same; list, show, remove'() {
    const cwd = await withBaseline();
    await ends(0, cwd, ['baseline', 'save', '--file', 'ci/main.json']);
    const text = readFileSync(join(cwd, 'ci/main.json'), 'utf8');
    await ends(0, cwd, ['baseline', 'save', '--file', 'ci/main.json']);
    assert.equal(readFileSync(join(cwd, 'ci/main.json'), 'utf8'), text);
    await ends(0, cwd, [...EXACT, '--baseline', 'ci/main.json']);
    await ends(0, join(cwd, 'ci'), [...EXACT, '--baseline', './main.json']);
    const [{ saved, runs }] = JSON.parse(await ends(0, cwd, ['baseline', 'list', '--json']));
    assert.deepEqual([saved, runs.length], ['main', 1]);
    assert.match(await ends(0, cwd, ['baseline', 'show', 'main']), /functions {2}\d+ of \d+ ran/);
    writeFileSync(join(cwd, '.intellimap/baselines/bad.json'), '{bad');
    const { code, stdout, stderr } = await intellimap(cwd, ['baseline', 'list']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ +main /m);
    assert.match(stderr, /bad\.json/);
    await ends(0, cwd, ['baseline', 'remove', 'bad']);
    writeFileSync(join(cwd, 'own.json'), '{}');
    await ends(4, cwd, ['baseline', 'remove', '--file', 'own.json']);
    await ends(0, cwd, ['baseline', 'remove', 'main']);
    await ends(3, cwd, ['gate']);
  },
  async 'a build that became slower fails against a commit, in pairs, and names the function'() {
    const cwd = project({ WORK: '150_000' });
    writeFileSync(join(cwd, '.gitignore'), '.intellimap\n');
    const git = async (...args) => {
      const { code, stdout, stderr } = await execute(
        'git',
        ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args],
        { cwd },
      );
      assert.equal(code, 0, stderr);
      return stdout;
    };
    await git('init', '-q');
    await git('add', '.');
    await git('commit', '-qm', 'good');
    const command = [
      'gate',
      'run',
      '--times',
      '8',
      '--interleave',
      'HEAD',
      '--json',
      '--',
      process.execPath,
      'main.cjs',
    ];
    write(cwd, { WORK: '600_000' });
    const slow = JSON.parse(await ends(1, cwd, command));
    const found = slow.gates.flatMap(({ findings }) => findings).find(({ id }) => id === 'times:processor');
    assert.ok(found.growth > 0.1, JSON.stringify(found));
    assert.equal(found.causes[0].name, 'price');
    assert.equal(slow.candidate.runs.length, 8);
    assert.equal((await git('worktree', 'list')).trim().split('\n').length, 1, 'the checkout is gone');
    assert.equal(readdirSync(join(cwd, '.intellimap/runs')).length, 1, 'one recording stays');
  },
  async 'a sealed recording, and a sealed report: what was changed is named'() {
    const cwd = await withBaseline();
    await ends(0, cwd, ['sign', '--new-key', 'k.pem']);
    await ends(0, cwd, ['sign', '--key', 'k.pem']);
    assert.match(await ends(0, cwd, ['verify', '--key', 'k.pub.pem']), /^valid: run /);
    await ends(0, cwd, [...EXACT, '--sign', 'k.pem', '--out', 'report']);
    await ends(0, cwd, ['verify', 'report/seal.json', '--key', 'k.pub.pem']);
    writeFileSync(join(cwd, 'report/gate.json'), '{"verdict":"pass"}');
    assert.match(await ends(1, cwd, ['verify', 'report/seal.json']), /gate\.json was changed/);
    const runs = join(cwd, '.intellimap/runs');
    rmSync(join(runs, readdirSync(runs)[0], 'modules'), { recursive: true });
    const answer = JSON.parse(await ends(1, cwd, ['verify', '--json']));
    described('verify', answer);
    assert.match([answer.valid, ...answer.problems].join(), /^false,.*modules\/[^,]*ndjson is gone/);
    await ends(0, cwd, ['sign', '--new-key', 'other.pem']);
    assert.match(await ends(1, cwd, ['verify', '--key', 'other.pub.pem']), /signed with another key/);
    assert.ok(existsSync(join(cwd, 'other.pem')));
  },
};

/** @param {string[]} argv parts of names of cases; all by default */
export const run = (argv) => runCases(cases, argv);
