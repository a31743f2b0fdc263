import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { admitted, leave } from './admission.ts';
import { TestRun, build } from './fixtures/child.ts';

beforeAll(build, 120_000);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-places-'));
let run: TestRun | undefined;
afterEach(() => {
  run?.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

const linesOf = (runDir: string): { pid: number; ppid: number }[] => {
  const file = path.join(runDir, 'unrecorded.ndjson');
  if (!fs.existsSync(file)) return [];
  const text = fs.readFileSync(file, 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as { pid: number; ppid: number });
};
const places = (): string[] => fs.readdirSync(path.join(folder, 'processes')).toSorted();
/** Processes that live, and one that does not. */
const [ALIVE, OTHER] = [process.pid, process.ppid];
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

test('so many have a place; who comes then is noted, and finds one when another has left', () => {
  expect(admitted(folder, ALIVE, 1, 1)).toBe(true);
  expect(admitted(folder, OTHER, 1, 1)).toBe(false);
  expect([places(), linesOf(folder)]).toEqual([[`${ALIVE}`], [{ pid: OTHER, ppid: 1 }]]);
  leave(folder, ALIVE);
  leave(folder, ALIVE);
  expect(admitted(folder, OTHER, 1, 1)).toBe(true);
  expect(linesOf(folder).length).toBe(1);
});

test('the place of a process that was killed is free', () => {
  expect(admitted(folder, DEAD, 1, 1)).toBe(true);
  expect(admitted(folder, ALIVE, 1, 1)).toBe(true);
  expect([places(), linesOf(folder)]).toEqual([[`${ALIVE}`], []]);
});

test('a process replaced by another one (execve) keeps its place, which is one', () => {
  expect(admitted(folder, ALIVE, 1, 1)).toBe(true);
  expect(admitted(folder, ALIVE, 1, 1)).toBe(true);
  expect(places()).toEqual([`${ALIVE}`]);
});

test.each([0, -1, NaN])('no limit (%s): no places', (limit) => {
  expect(admitted(folder, ALIVE, 1, limit)).toBe(true);
  expect(fs.existsSync(folder)).toBe(false);
});

test('where nothing can be written, the recording says what is missing', () => {
  fs.writeFileSync(folder, 'a file where the folder should be');
  expect(admitted(folder, ALIVE, 1, 1)).toBe(true);
});

test('a process whose working folder was removed runs as it is, and is noted', () => {
  run = new TestRun();
  const child = run.file('child.cjs', `console.log(probe === undefined ? 'plain' : 'recorded');`);
  const { stdout, status } = run.run(`
    import { spawnSync } from 'node:child_process';
    import { mkdirSync } from 'node:fs';
    const cwd = new URL('gone/', import.meta.url);
    mkdirSync(cwd);
    const remove = ['-c', 'rmdir ../gone && exec "$0" "$@"', process.execPath];
    const { stdout, signal } = spawnSync('sh', [...remove, ${JSON.stringify(child)}], { cwd, encoding: 'utf8', timeout: 10_000 });
    console.log(stdout.trim(), signal);`);
  expect({ stdout, status }).toEqual({ stdout: 'plain null\n', status: 0 });
  expect(linesOf(run.runDir).length).toBe(1);
}, 60_000);

/** Starts itself three times over, twice; all are alive until the last has started. Says who is recorded, and what of ours it sees. */
const TREE = `
  import { fork } from 'node:child_process';
  import { readdirSync, writeFileSync } from 'node:fs';
  const [depth = '0'] = process.argv.slice(2);
  const folder = new URL('started/', import.meta.url);
  writeFileSync(new URL(String(process.pid), folder), probe === undefined ? 'plain' : 'recorded');
  const leaks = Object.keys(process.env).filter((key) => key.startsWith('INTELLIMAP_'));
  if (leaks.length > 0 || process.env.NODE_OPTIONS) console.log('sees', leaks, process.env.NODE_OPTIONS);
  const file = new URL(import.meta.url);
  if (depth < 2) for (let i = 0; i < 3; i++) fork(file, [String(Number(depth) + 1)]);
  while (readdirSync(folder).length < 13) await new Promise((done) => setTimeout(done, 10));`;

test('processes that come at the same time: never more than the limit, the others are counted, all run', () => {
  run = new TestRun({ INTELLIMAP_PROCESSES: '3' });
  fs.mkdirSync(path.join(run.folder, 'started'));
  expect(run.run(TREE)).toEqual({ status: 0, stdout: '', stderr: '' });
  const started = fs.readdirSync(path.join(run.folder, 'started'));
  const states = started.map((pid) => fs.readFileSync(path.join(run!.folder, 'started', pid), 'utf8'));
  const recorded = states.filter((state) => state === 'recorded').length;
  expect(started.length).toBe(13);
  expect(recorded).toBeGreaterThan(0);
  expect(recorded).toBeLessThanOrEqual(3);
  expect([run.threads().length, linesOf(run.runDir).length]).toEqual([recorded, 13 - recorded]);
  expect(fs.readdirSync(path.join(run.runDir, 'processes'))).toEqual([]);
}, 60_000);

test('what a process that is not recorded starts, from its workers, too, asks for a place itself', () => {
  run = new TestRun({ INTELLIMAP_PROCESSES: '1' });
  const child = run.file(
    'child.cjs',
    `
    const { Worker } = require('node:worker_threads');
    const { spawnSync } = require('node:child_process');
    const leaks = Object.keys(process.env).filter((key) => key.startsWith('INTELLIMAP_'));
    console.log(process.argv[2], probe === undefined ? 'plain' : 'recorded', leaks.length);
    const start = (name) => process.stdout.write(spawnSync(process.execPath, [__filename, name], { encoding: 'utf8' }).stdout);
    if (process.argv[2] === 'first') {
      start('grandchild');
      for (const options of [{}, { env: {} }, { execArgv: [] }]) new Worker('./worker.cjs', options);
    }`,
  );
  run.file(
    'worker.cjs',
    `
    const { writeSync } = require('node:fs');
    const { spawnSync } = require('node:child_process');
    writeSync(1, spawnSync(process.execPath, ['child.cjs', 'of-a-worker'], { encoding: 'utf8' }).stdout);`,
  );
  const { stdout, status } = run.run(`
    import { spawn } from 'node:child_process';
    const cwd = ${JSON.stringify(run.folder)};
    const first = spawn(process.execPath, [${JSON.stringify(child)}, 'first'], { cwd, stdio: 'inherit' });
    first.on('exit', () => call());`);
  expect(status).toBe(0);
  expect(stdout.trim().split('\n').toSorted()).toEqual([
    'first plain 0',
    'grandchild plain 0',
    'of-a-worker plain 0',
    'of-a-worker plain 0',
    'of-a-worker plain 0',
  ]);
  expect(run.main().calls).toBe(1);
  expect(linesOf(run.runDir).length).toBe(5);
}, 60_000);
