/** Processes that start processes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute, importInstalled, intellimapBin, query } from '../_consumer.mjs';
import { both, ends, folder, start } from './program.mjs';

/** @param scale how much is to be done: storms.mjs */
export const processCases = (scale) => ({
  async 'processes that fork processes, with a budget each: all end, and the budgets hold'() {
    const BYTES = 20_000;
    const all = (3 ** (scale.depth + 1) - 1) / 2;
    const cwd = folder({
      'app.cjs': `
        const { fork } = require('node:child_process');
        const { existsSync } = require('node:fs');
        const depth = Number(process.argv[2] ?? 0);
        let x = process.pid;
        const a = (n) => { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; return n; };
        function b(n) { return a(n) + 1; }
        const children = depth < ${scale.depth} ? [1, 2, 3].map(() => fork(__filename, [String(depth + 1)])) : [];
        const nap = new Int32Array(new SharedArrayBuffer(4));
        while (!existsSync('go')) Atomics.wait(nap, 0, 0, 100);
        for (const end = Date.now() + 300; Date.now() < end; ) { for (let i = 0; i < 20000; i++) (x & 1 ? a : b)(i); Atomics.wait(nap, 0, 0, 1); }
        let ended = 0;
        for (const child of children) child.on('exit', (code) => { if (code !== 4) console.log('child', code); if (++ended === 3 && depth === 0) console.log('all'); });
        process.exitCode = 4;`,
    });
    const command = ['run', '--no-summary', '--processes', String(all), '--', process.execPath, 'app.cjs'];
    const running = start([intellimapBin(), ...command], cwd);
    const { attach } = await importInstalled('intellimap/dist/runtime/index.js');
    let known = 0;
    for (let tries = 0; known < all; tries++) {
      assert.ok(tries < 300, `${known} of ${all} processes can be steered`);
      await sleep(100);
      known = await Promise.resolve()
        .then(() => attach({ root: cwd }).setLimits({ bytes: BYTES, seconds: 60 }))
        .then(
          (states) => states.length,
          () => 0,
        );
    }
    writeFileSync(join(cwd, 'go'), '');
    const { code, stdout, stderr } = await ends(running);
    assert.deepEqual([code, stdout], [4, 'all\n'], stderr);
    const rows = await query(
      cwd,
      `
      select pid, sum(bytes)::int as bytes from segments join threads using (run_id, thread_id) group by pid order by bytes`,
    );
    assert.equal(rows.length, all);
    console.log(`        ${rows[0].bytes} to ${rows.at(-1).bytes} bytes of ${BYTES}`);
    // A drain that gets no processor for a while finds up to a ring of words at its next look.
    assert.ok(rows.at(-1).bytes < BYTES + 300_000);
    const stopped = await query(
      cwd,
      "select distinct pid from gate_changes join threads using (run_id, thread_id) where reason like 'limit bytes%'",
    );
    assert.ok(stopped.length > 0, 'budgets were exceeded');
    const beyond = rows.filter(({ bytes }) => bytes > BYTES * 1.5).map(({ pid }) => pid);
    assert.ok(
      beyond.every((pid) => stopped.some((each) => each.pid === pid)),
      'recording stopped beyond the budget',
    );
  },
  async 'a fork bomb: a few processes are recorded, all others run as they are, and are counted'() {
    const [limit, all] = [5, scale.processes];
    const cwd = folder({ 'app.cjs': BOMB });
    const { recorded } = await both(cwd, { args: [String(all)], options: ['--processes', String(limit)] });
    const uses = recorded.stderr.match(/^\{"pid".*$/gm).map((line) => JSON.parse(line));
    assert.equal(uses.length, all);
    const [facts] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, processes_unrecorded as unrecorded, (select count(distinct pid)::int from threads) as recorded,
        (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'work') as hits from runs`,
    );
    assert.deepEqual(facts, {
      complete: false,
      lost: 0,
      unrecorded: all - facts.recorded,
      recorded: facts.recorded,
      hits: facts.recorded * 10,
    });
    const pids = new Set((await query(cwd, 'select distinct pid from threads')).map(({ pid }) => pid));
    const atOnce = uses.filter(({ pid, wave }) => wave === 'bomb' && pids.has(pid));
    assert.ok(atOnce.length > 0 && atOnce.length <= limit, `${atOnce.length} were recorded at once`);
    // Their places are free again, also that of one which was killed.
    for (const wave of ['killed', 'later'])
      assert.ok(
        uses.some((each) => each.wave === wave && pids.has(each.pid)),
        `one ${wave} is recorded`,
      );
    const mean = (some, what) => Math.round(some.reduce((sum, each) => sum + each[what], 0) / some.length);
    const plain = uses.filter(({ pid }) => !pids.has(pid));
    console.log(
      `        ${all} processes, ${atOnce.length} recorded at once: ${mean(atOnce, 'rss') >> 10} MiB, ${mean(atOnce, 'threads')} threads and ` +
        `${mean(atOnce, 'files')} open files each, the others ${mean(plain, 'rss') >> 10} MiB, ${mean(plain, 'threads')}, ${mean(plain, 'files')}`,
    );
    const { stdout } = await execute(intellimapBin(), ['report'], { cwd });
    assert.match(stdout, new RegExp(`${facts.unrecorded} processes ran unrecorded`));
  },
});

/**
 * Starts two that start two, until there are so many that all run at the same time; then, when these have ended, one that is killed, and one
 * more. Each says what it takes.
 */
const BOMB = `
const { fork } = require('node:child_process');
const { mkdirSync, readdirSync, writeFileSync } = require('node:fs');
const [all, number = 1, wave = 'bomb'] = process.argv.slice(2).map((word) => Number(word) || word);
function work(n) { return n + 1; }
for (let i = 0; i < 10; i++) work(i);
const own = (folder) => readdirSync('/proc/self/' + folder).length;
const say = () => console.error(JSON.stringify({ pid: process.pid, wave, rss: process.memoryUsage.rss() >> 10, threads: own('task'), files: own('fd') }));
const end = (child) => new Promise((done) => child.on('exit', (code, signal) => {
  if (code !== 4) console.log('ended with', code, signal);
  done();
}));
const folder = () => 'started-' + process.env.BOMB;
const bomb = async () => {
  writeFileSync(folder() + '/' + number, '');
  const children = [2 * number, 2 * number + 1].filter((each) => each <= all - 2).map((each) => end(fork(__filename, [all, each])));
  while (readdirSync(folder()).length < all - 2) await new Promise((done) => setTimeout(done, 20));
  say();
  await Promise.all(children);
};
const later = async (wave) => {
  say();
  if (wave === 'killed') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
};
(async () => {
  process.exitCode = 4;
  if (wave !== 'bomb') return later(wave);
  if (number === 1) { process.env.BOMB = process.pid; mkdirSync('started-' + process.pid); }
  await bomb();
  if (number > 1) return;
  await end(fork(__filename, [all, 0, 'killed']));
  await end(fork(__filename, [all, 0, 'later']));
  console.log('all');
})();`;
