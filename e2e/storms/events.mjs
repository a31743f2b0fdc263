/** Events as fast as they come, and stacks as deep as they get. */
import assert from 'node:assert/strict';
import { query } from '../_consumer.mjs';
import { both, folder } from './program.mjs';

/** @param scale how much is to be done: storms.mjs */
export const eventCases = (scale) => ({
  async 'storms in three threads at once: nothing is lost'() {
    const calls = scale.millions * 1e6;
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        function storm(n) { return n & 7; }
        function all() { let x = 0; for (let i = 0; i < ${calls}; i++) x += storm(i); return x; }
        if (isMainThread) for (let i = 0; i < 2; i++) new Worker(__filename).on('exit', (code) => console.log(code));
        const x = all();
        if (isMainThread) console.log(x);`,
    });
    await both(cwd, { timeout: 600_000 });
    const facts = await query(
      cwd,
      `
      select complete, t.events_lost::int as lost, t.calls::int as calls from runs, threads t order by tid`,
    );
    // The module, all, and those of storm; two listeners on the main thread.
    const each = { complete: true, lost: 0, calls: calls + 2 };
    assert.deepEqual(facts, [{ ...each, calls: calls + 4 }, each, each]);
  },
  async 'policy drop: recorded and lost are what happened'() {
    const cwd = folder({
      'app.cjs': `
        function storm(n) { return n & 7; }
        let x = 0;
        for (let i = 0; i < 4e6; i++) x += storm(i);
        console.log(x);`,
    });
    await both(cwd, { options: ['--policy', 'drop'] });
    const [{ complete, lost, words, calls, gaps }] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, (events + 2 * events_timed)::int as words, calls_total::int as calls,
        (select sum(gaps)::int from threads) as gaps from runs`,
    );
    await both(cwd);
    const [truth] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, (events + 2 * events_timed)::int as words, calls_total::int as calls from runs`,
    );
    assert.deepEqual([truth.complete, truth.lost, truth.calls], [true, 0, 4e6 + 1]);
    console.log(`        lost ${lost} of ${truth.words} words, ${calls} calls are left`);
    assert.ok(lost > 0, 'the drain was late, at least while it started');
    // An event each tells of a loss.
    assert.equal(words - gaps + lost, truth.words);
    assert.equal(complete, false);
  },
  async 'the stack overflows again and again: the same behaviour, the calls are right'() {
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        let count = 0;
        function down(n) { count++; return down(n + 1) + 1; }
        class Deep { down(n) { count++; const x = this.down(n + 1); return x; } }
        const arrow = (n) => { count++; try { return arrow(n + 1); } finally { n = 0; } };
        const names = new Map();
        for (let i = 0; i < 30; i++) for (const dive of [() => down(0), () => new Deep().down(0), () => arrow(0)])
          try { dive(); } catch (error) { names.set(error.name, (names.get(error.name) ?? 0) + 1); }
        console.log(names);
        console.error('count ' + count);`,
    });
    const { recorded } = await both(cwd);
    const [facts] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, orphans::int as orphans, (select sum(calls_open)::int from threads) as open,
      (select sum(hits)::int from nodes_runtime join functions using (ast_node_id) where name in ('down', 'Deep.down', 'arrow')) as hits
      from runs`,
    );
    assert.deepEqual(facts, {
      complete: true,
      lost: 0,
      orphans: 0,
      open: 0,
      hits: Number(/count (\d+)/.exec(recorded.stderr)[1]),
    });
  },
  async 'a stack deeper than the ring: what does not fit is counted'() {
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        if (isMainThread) new Worker(__filename, { resourceLimits: { stackSizeMb: 200 } }).on('exit', (code) => console.log(code));
        else {
          let count = 0;
          function down(n) { count++; if (n > 0) down(n - 1); }
          for (let i = 0; i < 10; i++) { for (let k = 0; k < 50000; k++) down(0); down(400000); }
          console.log(count);
        }`,
    });
    const { plain } = await both(cwd);
    const count = Number(plain.stdout.split('\\n')[0].split('\n')[0]);
    const [facts] = await query(
      cwd,
      `
      select complete, t.events_lost::int as lost, (t.events)::int as words, t.calls::int as calls,
        (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'down') as hits
      from runs, threads t where tid > 0`,
    );
    console.log(`        ${JSON.stringify(facts)} of ${count} calls`);
    if (facts.complete) assert.equal(facts.hits, count);
    assert.ok(facts.hits <= count, 'no call is invented');
    assert.ok(facts.words + facts.lost >= 2 * count, 'what is missing is counted');
  },
});
