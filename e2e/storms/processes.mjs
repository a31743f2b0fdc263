/** Processes that start processes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { importInstalled, intellimapBin, query } from '../_consumer.mjs';
import { ends, folder, start } from './program.mjs';

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
    const running = start([intellimapBin(), 'run', '--no-summary', '--', process.execPath, 'app.cjs'], cwd);
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
});
