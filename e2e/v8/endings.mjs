/** However a thread or a process ends, what was measured is there. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { query } from '../_consumer.mjs';
import { both, BURN, burntOf, DIFFERENT, folderOf, node, record } from './program.mjs';

/** `burn(150)` was measured to its end; V8 misses it on the stack now and then, at its ends, too. */
const isWhole = ({ ms, unsure, seen }) => ms + unsure > 120 && seen > 2 / 3;

export const endingCases = {
  async 'it is written when the program calls process.exit, when an error ends it, and when nothing does'() {
    const ends = {
      exit: `process.on('exit', () => { console.log('bye'); }); setTimeout(() => { burn(150); process.exit(3); }, 5);`,
      error: `setTimeout(() => { burn(150); throw new TypeError('no cart'); }, 5);`,
      rejection: `(async () => { await null; burn(150); throw new TypeError('no cart'); })();`,
      end: `setTimeout(() => { burn(150); process.exitCode = 4; Promise.resolve().then(() => console.log('late')); process.nextTick(() => console.log('tick')); }, 5);`,
    };
    for (const [name, text] of Object.entries(ends)) {
      const cwd = await both({ 'main.cjs': `${BURN}\n${text}` }, ['--cpu-profile=1000', '--coverage']);
      const [burnt] = await burntOf(cwd);
      assert.ok(burnt.ms < 300 && isWhole(burnt), `${name}: ${JSON.stringify(burnt)}`);
      assert.deepEqual(await query(cwd, DIFFERENT), [], name);
      assert.deepEqual(await query(cwd, 'SELECT what FROM v8_measured WHERE NOT "whole"'), [], name);
    }
  },

  async 'workers that are terminated and processes that are killed by the program write first'() {
    const files = {
      'main.cjs': `const { Worker } = require('node:worker_threads'); const { fork } = require('node:child_process');
const worker = new Worker(__dirname + '/worker.cjs');
worker.on('message', () => worker.terminate().then((code) => {
  console.log('worker', code);
  const child = fork(__dirname + '/child.cjs');
  child.on('message', () => child.kill()).on('exit', (status, signal) => console.log(status, signal));
}));`,
      'worker.cjs': `const { parentPort } = require('node:worker_threads');${BURN}
function inWorker() { burn(150); parentPort.postMessage('done'); setInterval(() => {}, 1000); }
inWorker();`,
      'child.cjs': `${BURN}
function inChild() { burn(150); process.send('done'); setInterval(() => {}, 1000); }
inChild();`,
    };
    const cwd = await both(files, ['--cpu-profile=1000', '--coverage']);
    assert.deepEqual(await query(cwd, DIFFERENT), []);
    const rows = await burntOf(cwd);
    assert.equal(rows.length, 2);
    for (const burnt of rows) assert.ok(isWhole(burnt), JSON.stringify(burnt));
  },

  async 'a process that is killed from outside leaves its first parts'() {
    const cwd = folderOf({
      'main.cjs': `${BURN}\nsetInterval(() => burn(15), 20); setTimeout(() => require('node:child_process').execSync('kill -9 ' + process.pid), 2500);`,
    });
    const { signal } = await record(cwd, ['--cpu-profile=1000', '--coverage'], [...node, 'main.cjs']);
    assert.equal(signal, 'SIGKILL');
    const rows = await query(
      cwd,
      'SELECT what, "whole", (until_us - from_us) / 1000 AS ms FROM v8_measured ORDER BY what',
    );
    assert.deepEqual(
      rows.map(({ what, whole }) => [what, whole]),
      [
        ['cpu', false],
        ['coverage', false],
      ],
    );
    for (const { what, ms } of rows) assert.ok(ms > 900, `${what} reaches to ${ms} ms`);
    const [{ ms, seen }] = await burntOf(cwd);
    assert.ok(ms * seen > 100, `${ms} ms, ${seen} of it seen`);
  },

  async 'a program that is busy for long writes parts all the same'() {
    const cwd = await both({ 'main.cjs': `${BURN}\nburn(2500);` }, ['--cpu-profile=1000']);
    const [thread] = readdirSync(join(cwd, '.intellimap/runs')).map((id) =>
      join(cwd, '.intellimap/runs', id, 'v8'),
    );
    const [folder] = readdirSync(thread);
    const parts = readdirSync(join(thread, folder)).filter((name) => name.endsWith('.cpuprofile'));
    assert.ok(parts.length >= 2, `${parts.length} parts`);
    const profile = JSON.parse(readFileSync(join(thread, folder, parts[0]), 'utf8'));
    assert.deepEqual(Object.keys(profile).toSorted(), [
      'endTime',
      'nodes',
      'samples',
      'startTime',
      'timeDeltas',
    ]);
  },
};
