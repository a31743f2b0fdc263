/** The program is as without, also one that asks V8 itself. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, intellimapBin, query } from '../_consumer.mjs';
import { both, folderOf, node, record } from './program.mjs';

export const surroundingCases = {
  async 'a program that uses the inspector itself has all of it, and what IntelliMap counts ends'() {
    const program = `
const inspector = require('node:inspector');
function before() { return 1; }
before(); before();
const session = new inspector.Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
function after() { return 2; }
after(); after(); after();
session.post('Profiler.takePreciseCoverage', (error, { result }) => {
  const { functions } = result.find(({ url }) => url.endsWith('main.cjs'));
  console.log(error, functions.find(({ functionName }) => functionName === 'after').ranges[0].count, inspector.url());
});
session.disconnect();`;
    const cwd = await both({ 'main.cjs': program }, ['--coverage', '--cpu-profile']);
    assert.deepEqual(await query(cwd, 'SELECT what, "whole", ended FROM v8_measured ORDER BY what'), [
      { what: 'cpu', whole: true, ended: null },
      { what: 'coverage', whole: false, ended: "the program uses V8's profiler itself" },
    ]);
    const [{ count }] = await query(
      cwd,
      "SELECT count FROM coverage WHERE name = 'before' AND kind = 'function'",
    );
    assert.equal(Number(count), 2);
  },

  async 'NODE_V8_COVERAGE of the program is as without, and ours is not counted'() {
    const program = `function twice() { return 2; }\ntwice(); twice();\nconsole.log('done');`;
    const counts = [];
    for (const options of [undefined, ['--coverage', '--cpu-profile=1000']]) {
      const cwd = folderOf({ 'main.cjs': program });
      const env = { NODE_V8_COVERAGE: join(cwd, 'coverage') };
      const [command, ...own] = node;
      const { code } = options
        ? await record(cwd, options, [...node, 'main.cjs'], env)
        : await execute(command, [...own, 'main.cjs'], { cwd, env });
      assert.equal(code, 0);
      for (const file of readdirSync(join(cwd, 'coverage'))) {
        const { result } = JSON.parse(readFileSync(join(cwd, 'coverage', file), 'utf8'));
        const script = result.find(({ url }) => url.endsWith('main.cjs'));
        if (script) counts.push(script.functions.map(({ functionName, ranges }) => [functionName, ranges]));
      }
      if (options)
        assert.deepEqual(
          await query(cwd, 'SELECT "whole", ended FROM v8_measured WHERE what = \'coverage\''),
          [{ whole: false, ended: 'NODE_V8_COVERAGE: the program has V8 count for itself' }],
        );
    }
    assert.deepEqual(counts[1], counts[0]);
  },

  async 'what a program sees of itself'() {
    const program = `
console.log('a first line opens the stream');
console.log(require('node:inspector').url(), process.getActiveResourcesInfo().length < 3, process._getActiveHandles().length > 2, process.eventNames());
console.log(Object.keys(process.env).filter((name) => /INTELLIMAP|NODE_OPTIONS/.test(name)), process.execArgv, process.listenerCount('exit'));
console.log(require('node:worker_threads').threadId, process.kill.name, process.kill.length, require('node:worker_threads').Worker.prototype.terminate.name);
process.on('beforeExit', () => console.log('before exit'));
process.on('exit', (code) => { console.log('exit', code); Promise.resolve().then(() => console.log('never?')); process.nextTick(() => console.log('never')); });
setTimeout(() => { process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('microtask')); setImmediate(() => console.log('immediate')); }, 1200);
try { process.kill(2 ** 22 + 1, 'SIGTERM'); } catch (error) { console.log(error.code, error.stack.split('\\n').length); }`;
    await both({ 'main.cjs': program }, ['--cpu-profile=1000', '--coverage', '--heap']);
  },

  async 'nothing of it unless it is asked for'() {
    const cwd = await both({ 'main.cjs': `console.log('plain');` }, []);
    const [run] = readdirSync(join(cwd, '.intellimap/runs'));
    assert.ok(
      !readdirSync(join(cwd, '.intellimap/runs', run)).some((name) => ['v8', 'texts'].includes(name)),
    );
    const { code, stderr } = await execute(intellimapBin(), ['v8'], { cwd });
    assert.deepEqual([code, stderr.split('\n')[0]], [3, 'intellimap: V8 measured nothing in this run']);
  },
};
