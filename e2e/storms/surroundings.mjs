/** What a program runs on: disks, clocks, signals, the recorder's process. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { intellimapBin, query } from '../_consumer.mjs';
import { both, endless, ends, folder, mounts, start } from './program.mjs';

export const surroundingCases = () => ({
  async 'the disk fills up in the middle'() {
    const cwd = folder({
      'app.cjs': `
        let x = 1;
        const a = (n) => { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; return n; };
        function b(n) { return a(n) + 1; }
        function c(n) { return (x & 2 ? a : b)(n); }
        for (let i = 0; i < 25e5; i++) (x & 1 ? b : c)(i);
        console.log(x);
        process.exitCode = 3;`,
    });
    const disk = join(cwd, '.intellimap');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) {
      console.log('        (no right to mount a small disk here)');
      return;
    }
    mounts.add(disk);
    const command = [process.execPath, 'app.cjs'];
    const plain = await ends(start(command, cwd));
    const recorded = await ends(start([intellimapBin(), 'run', '--', ...command], cwd));
    assert.deepEqual([recorded.code, recorded.stdout], [plain.code, plain.stdout], recorded.stderr);
    assert.match(recorded.stderr, /disk is full|no space|not complete/i);
  },
  async 'clocks that the program fakes, and a wall clock that is set back: times are right'() {
    const cwd = folder({
      // Of every process, the recorder included.
      'wall.cjs': `const now = Date.now; const began = now(); Date.now = () => now() - (now() - began > 300 ? 3.6e6 : 0);`,
      'app.cjs': `
        const { performance } = require('node:perf_hooks');
        const really = setTimeout;
        let t = 0;
        const jump = () => (t += t % 3 ? -1e7 : 2e7);
        globalThis.Date = class extends Date { static now() { return jump(); } };
        performance.now = jump;
        process.hrtime = Object.assign(() => [jump(), 0], { bigint: () => BigInt(jump()) });
        globalThis.setTimeout = globalThis.setImmediate = globalThis.queueMicrotask = undefined;
        async function waits(n) { await new Promise((done) => really(done, 5)); return works(n); }
        function works(n) { return n + 1; }
        (async () => { for (let i = 0; i < 100; i++) await waits(i); console.log('done'); })();`,
    });
    await both(cwd, { env: { NODE_OPTIONS: `--require ${join(cwd, 'wall.cjs')}` } });
    const [facts] = await query(
      cwd,
      `
      select complete, duration_ms, (select min(start_us) from threads) as first, (select max(end_us) from threads) as last,
        (select count(*)::int from calls join functions using (function_id) where name = 'waits') as waits,
        (select min(start_us) from calls) as least, (select max(end_us) from calls) as most,
        (select min(end_us - start_us) from calls) as shortest from runs`,
    );
    assert.equal(facts.complete, true, JSON.stringify(facts));
    assert.equal(facts.waits, 100);
    assert.ok(
      facts.least >= 0 && facts.shortest >= 0 && facts.most <= facts.last + 1000,
      JSON.stringify(facts),
    );
    assert.ok(facts.last - facts.first > 400_000 && facts.last - facts.first < 60e6, JSON.stringify(facts));
    assert.ok(facts.duration_ms > 0, `the run lasted ${facts.duration_ms} ms`);
  },
  async 'the program is stopped for a while, and goes on: nothing is lost'() {
    const { cwd, running, pid } = await endless();
    for (let i = 0; i < 3; i++) {
      process.kill(pid, 'SIGSTOP');
      await sleep(400);
      process.kill(pid, 'SIGCONT');
      await sleep(50);
    }
    writeFileSync(join(cwd, 'stop'), '');
    const { code, stdout, stderr } = await ends(running);
    assert.equal(code, 5, stderr);
    assert.deepEqual(await steps(cwd), { complete: true, lost: 0, hits: Number(stdout) });
  },
  async 'the recorder is killed in a storm: the program goes on to its end'() {
    const { cwd, running, pid } = await endless();
    running.child.kill('SIGKILL');
    await sleep(300);
    assert.ok(existsSync(`/proc/${pid}`), 'the program runs');
    writeFileSync(join(cwd, 'stop'), '');
    // Its output is a pipe that the program holds, too.
    const { stdout } = await ends(running);
    assert.deepEqual(await steps(cwd), { complete: false, lost: 0, hits: Number(stdout) });
  },
});

async function steps(cwd) {
  const [row] = await query(
    cwd,
    `
    select complete, events_lost::int as lost,
      (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'step') as hits from runs`,
  );
  return row;
}
