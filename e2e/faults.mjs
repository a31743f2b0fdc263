/**
 * What goes wrong at a user's: each fault gets a clear sentence and its documented exit code, the recorded program never
 * suffers, and nothing is lost or half-written.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { execute, importInstalled, intellimapBin, project, query } from './_consumer.mjs';

export const ci = true;
export const seconds = 40;

const intellimap = (cwd, ...args) => execute(intellimapBin(), args, { cwd });
const record = (cwd, ...options) => intellimap(cwd, 'run', ...options, '--', process.execPath, 'app.mjs');

/** Name → what is done and expected. */
const faults = {
  async 'an unknown command is named, with a guess'() {
    const { code, stderr } = await intellimap(project('esm'), 'reprot');
    assert.equal(code, 2);
    assert.match(stderr, /unknown command "reprot"[\s\S]*did you mean "report"/);
  },
  async 'an unknown option is named'() {
    const { code, stderr } = await intellimap(project('esm'), 'runs', '--jsno');
    assert.equal(code, 2);
    assert.match(stderr, /--jsno/);
  },
  async 'a bad glob starts nothing'() {
    const cwd = project('esm');
    const { code, stderr, stdout } = await record(cwd, '--include', 'src/{a,b');
    assert.equal(code, 2);
    assert.match(stderr, /bad glob/);
    assert.equal(stdout, '');
    assert.ok(!existsSync(join(cwd, '.intellimap')));
  },
  async 'a missing run is said to be missing'() {
    const cwd = project('esm');
    const none = await intellimap(cwd, 'report');
    assert.equal(none.code, 3);
    assert.match(none.stderr, /no recording/i);
    await record(cwd);
    const other = await intellimap(cwd, 'report', '20000101-000000-none');
    assert.equal(other.code, 3);
    assert.match(other.stderr, /20000101-000000-none/);
  },
  async 'a command that does not exist is 127, one that cannot be executed 126'() {
    const cwd = project('esm');
    assert.equal((await intellimap(cwd, 'run', '--', 'no-such-command')).code, 127);
    chmodSync(join(cwd, 'app.mjs'), 0o644);
    const plain = await intellimap(cwd, 'run', '--', './app.mjs');
    assert.equal(plain.code, 126);
    assert.match(plain.stderr, /not executable/);
    assert.deepEqual(readdirSync(join(cwd, '.intellimap', 'runs')), [], 'nothing ran, nothing is kept');
  },
  async 'a folder that cannot be written starts nothing'() {
    const cwd = project('esm');
    writeFileSync(join(cwd, '.intellimap'), 'a file where the folder should be');
    const { code, stderr, stdout } = await record(cwd);
    assert.equal(code, 5);
    assert.match(stderr, /cannot write the recording/);
    assert.equal(stdout, '', 'the program did not start');
    assert.equal(readFileSync(join(cwd, '.intellimap'), 'utf8'), 'a file where the folder should be');
  },
  async 'a damaged segment costs its frame, not the recording'() {
    const cwd = project('esm');
    await record(cwd);
    const segment = segments(cwd)[0];
    const bytes = readFileSync(segment);
    bytes[Math.floor(bytes.length * 0.6)] ^= 0x40;
    writeFileSync(segment, bytes);
    rmSync(join(cwd, '.intellimap', 'store.duckdb'), { force: true });
    const { code, stdout, stderr } = await intellimap(cwd, 'report');
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /damaged/i);
    const [{ damaged }] = await query(cwd, 'select sum(damaged) as damaged from segments');
    assert.ok(Number(damaged) > 0);
  },
  async 'a segment of a future version is refused with advice'() {
    const cwd = project('esm');
    await record(cwd);
    const wire = await importInstalled('@intellimap/probe/dist/wire/index.js');
    for (const segment of segments(cwd)) {
      const bytes = readFileSync(segment);
      bytes.writeUInt16LE(999, 4);
      bytes.writeUInt32LE(wire.frameCrc(bytes, 0, wire.FRAME_HEADER_BYTES + bytes.readUInt32LE(8)), 12);
      writeFileSync(segment, bytes);
    }
    rmSync(join(cwd, '.intellimap', 'store.duckdb'), { force: true });
    const { code, stderr } = await intellimap(cwd, 'report');
    assert.equal(code, 4, stderr);
    assert.match(stderr, /newer/i);
  },
  async 'a database that is not one is rebuilt from the recordings'() {
    const cwd = project('esm');
    await record(cwd);
    writeFileSync(join(cwd, '.intellimap', 'store.duckdb'), 'not a database at all');
    const rows = await query(
      cwd,
      "select hits from nodes_runtime join functions using (ast_node_id) where name = 'square'",
    );
    assert.deepEqual(
      rows.map(({ hits }) => Number(hits)),
      [4],
    );
  },
  async 'SQL that would change or read anything else is refused'() {
    const cwd = project('esm');
    await record(cwd);
    for (const sql of [
      'drop table runs',
      'select 1; select 2',
      "copy runs to 'x.csv'",
      "select * from read_csv('/etc/passwd')",
      'nonsense',
    ]) {
      const { code, stderr } = await intellimap(cwd, 'query', sql);
      assert.equal(code, 2, `${sql}: ${stderr}`);
      assert.ok(stderr.length > 0);
    }
  },
  async 'a full disk leaves the program alone and says what is missing'() {
    const cwd = project('esm');
    mkdirSync(join(cwd, '.intellimap'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', join(cwd, '.intellimap')]);
    if (mounted.status !== 0) {
      console.log('  (no right to mount a small disk here: this fault is tested where there is one)');
      return;
    }
    try {
      writeFileSync(
        join(cwd, 'app.mjs'),
        `let x = 0; function a(n) { return n + (x ^= n * 7919); } function b(n) { return a(n) + 1; }
        for (let i = 0; i < 3e6; i += 1) (x & 1 ? a : b)(i); console.log('done');`,
      );
      const { code, stdout, stderr } = await record(cwd);
      assert.equal(code, 0, stderr);
      assert.equal(stdout, 'done\n');
      assert.match(stderr, /disk is full|no space|incomplete|not complete/i);
    } finally {
      spawnSync('umount', [join(cwd, '.intellimap')]);
    }
  },
  async 'a file that does not parse runs as it is, and is named'() {
    const cwd = project('esm');
    writeFileSync(join(cwd, 'broken.mjs'), 'export const x = ;');
    writeFileSync(
      join(cwd, 'app.mjs'),
      "try { await import('./broken.mjs'); } catch (error) { console.log(error.name); }",
    );
    const { code, stdout } = await record(cwd);
    assert.equal(code, 0);
    assert.equal(stdout, 'SyntaxError\n');
    const rows = await query(cwd, 'select path, reason from skipped_files');
    assert.equal(rows.length, 1);
    assert.equal(rows[0].path, 'broken.mjs');
  },
  async 'SIGTERM to the recorder ends the program by the same signal'() {
    const cwd = project('esm');
    writeFileSync(
      join(cwd, 'app.mjs'),
      "function tick() {} setInterval(tick, 1); setTimeout(() => process.kill(process.ppid, 'SIGTERM'), 300);",
    );
    const { code, signal, stderr } = await record(cwd);
    assert.deepEqual({ code, signal }, { code: null, signal: 'SIGTERM' }, stderr);
    const [{ hits }] = await query(
      cwd,
      "select hits from nodes_runtime join functions using (ast_node_id) where name = 'tick'",
    );
    assert.ok(Number(hits) > 20);
  },
};

/** @param {string[]} argv parts of names; none: all */
export const run = (argv) => runCases(faults, argv);

function segments(cwd) {
  const runs = join(cwd, '.intellimap', 'runs');
  return readdirSync(runs, { recursive: true })
    .filter((name) => name.endsWith('.seg'))
    .map((name) => join(runs, name))
    .toSorted();
}
