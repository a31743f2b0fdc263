/** CPU samples: by function, on the clock of the recording, and what they say of warm-up. */
import assert from 'node:assert/strict';
import { execute, intellimapBin, query } from '../_consumer.mjs';
import { ABOVE, both, BURN, DIFFERENT, folderOf, node, record } from './program.mjs';

export const sampleCases = {
  async 'CPU samples of main thread, workers and child processes, by function and on the clock of the recording'() {
    const files = {
      'main.cjs': `const { Worker } = require('node:worker_threads'); const { fork } = require('node:child_process');${BURN}
function inMain() { burn(300); }
inMain();
new Worker(__dirname + '/worker.mjs', { name: 'w' }).on('exit', () => fork(__dirname + '/child.cjs').on('exit', (code) => { console.log('child', code); }));`,
      'worker.mjs': `${BURN}
function inWorker() { burn(300); }
inWorker();`,
      'child.cjs': `${BURN}
function inChild() { burn(300); }
inChild();`,
    };
    const cwd = await both(files, ['--cpu-profile=1000']);
    const rows = await query(
      cwd,
      `
      ${ABOVE}
      SELECT f.name, sum(s.weight_us) / 1000 AS ms, count(*) FILTER (s.at_us BETWEEN c.start_us AND c.end_us) AS within, count(*) AS samples
      FROM cpu_samples s JOIN above a ON a.thread_id = s.thread_id AND a.below = s.node_id
      JOIN cpu_nodes n ON n.thread_id = a.thread_id AND n.node_id = a.node_id JOIN functions f ON f.ast_node_id = n.ast_node_id
      JOIN calls c ON c.function_id = f.function_id AND c.thread_id = s.thread_id
      WHERE f.name IN ('inMain', 'inWorker', 'inChild') GROUP BY f.name ORDER BY f.name`,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['inChild', 'inMain', 'inWorker'],
    );
    for (const { name, ms, within, samples } of rows) {
      assert.ok(ms > 250 && ms < 450, `${name} took ${ms} ms`);
      assert.ok(
        Number(within) >= 0.95 * Number(samples),
        `${within} of ${samples} samples of ${name} within its call`,
      );
    }
    const [whole] = await query(
      cwd,
      'SELECT count(*) AS threads, bool_and("whole") AS "whole" FROM v8_measured',
    );
    assert.deepEqual([Number(whole.threads), whole.whole], [3, true]);
  },

  async 'TypeScript that tsx compiles has its own lines'() {
    const cwd = folderOf({
      'app.ts': `interface Told { n: number }\n\ntype Many = Told[];\n${BURN.replace('spin(n) {', 'spin(n: number) {').replace('burn(ms) {', 'burn(ms: number) {')}\n\nexport class Shop {\n  constructor(private readonly name: string) {}\n  open(): string { burn(200); return this.name; }\n}\nconsole.log(new Shop('a').open(), [] as Many);\n`,
    });
    const { code, stdout, stderr } = await record(
      cwd,
      ['--cpu-profile=1000', '--coverage'],
      ['npx', 'tsx', 'app.ts'],
    );
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'a []\n');
    const rows = await query(
      cwd,
      "SELECT DISTINCT f.name, n.path, n.line FROM cpu_nodes n JOIN functions f USING (ast_node_id) WHERE f.kind <> 'module' ORDER BY n.line",
    );
    assert.deepEqual(
      rows.filter(({ name }) => name === 'burn' || name === 'Shop.open'),
      [
        { name: 'burn', path: 'app.ts', line: 5 },
        { name: 'Shop.open', path: 'app.ts', line: 10 },
      ],
    );
    assert.deepEqual(await query(cwd, DIFFERENT), []);
  },

  async 'warm-up is found where there is one, and none where the program goes on to change'() {
    // Amounts of work, not of time: the machine may be busy. No garbage, as helpers of V8 that get no processor leave it to the thread.
    const work = (mix, steps) => `
function parse(n) { for (let k = 0; k < 2e6; k++) n = (n * 31 + k) | 0; return n; }
function price(n) { for (let k = 0; k < 1.4e6; k++) n = (n * 37 + k) | 0; return n; }
function print(n) { for (let k = 0; k < 6e5; k++) n = (n * 41 ^ k) | 0; return n; }
const load = () => parse(1), serve = () => print(price(2));
let n = 0;
(function step() { n += 1; ${mix} if (n < ${steps}) setImmediate(step); })();`;
    const steady = folderOf({ 'main.cjs': work('if (n <= 60) load(); else serve();', 700) });
    const changing = folderOf({ 'main.cjs': work('if (n <= 300) serve(); else load();', 500) });
    const said = [];
    for (const cwd of [steady, changing]) {
      assert.equal((await record(cwd, ['--cpu-profile=1000', '--no-links'], [...node, 'main.cjs'])).code, 0);
      const { stdout } = await execute(intellimapBin(), ['v8', '--json'], { cwd });
      said.push(JSON.parse(stdout).warmUp);
    }
    const [{ start, end }] = await query(
      steady,
      "SELECT min(start_us) AS start, max(end_us) AS end FROM calls JOIN functions USING (function_id) WHERE name = 'serve'",
    );
    const from = (said[0].steadyFromUs - Number(start)) / (Number(end) - Number(start));
    assert.ok(said[0].why === null && from > -0.1 && from < 0.4, JSON.stringify({ ...said[0], from }));
    assert.deepEqual(said[1], {
      steadyFromUs: null,
      samplesBefore: 0,
      why: 'what ran changed until the end',
    });
  },
};
