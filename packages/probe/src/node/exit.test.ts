import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { TestRun, build, picture } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun;
afterEach(() => run.remove());

const runs = (code: string, env?: Record<string, string>) => {
  run = new TestRun(env);
  return run.run(code);
};

test('a program that just ends', () => {
  expect(runs('call(); call(); console.log("hello");')).toEqual({ status: 0, stdout: 'hello\n', stderr: '' });
  const main = run.main();
  expect(picture(main.words)).toBe('ENTER 1, LEAVE 1, ENTER 1, LEAVE 1, TIME 0');
  expect(main.ended).toBe(true);
});

test('a preload of the program put an emit of its own in front', () => {
  const preload = `process.emit = ((emit) => function (...args) { return emit.apply(this, args); })(process.emit);`;
  run = new TestRun();
  fs.writeFileSync(path.join(run.folder, 'preload.cjs'), preload);
  run.env['NODE_OPTIONS'] = `--require=${path.join(run.folder, 'preload.cjs')} ${run.env['NODE_OPTIONS']}`;
  expect(run.run('call();').status).toBe(0);
  expect(run.main()).toMatchObject({ calls: 1, ended: true });
});

test('process.exit in a handler in a handler; listeners run before the flush', () => {
  const { status } = runs(`
    process.on('exit', () => { call(); process.on('exit', () => call()); process.exit(3); });
    setTimeout(() => { call(); process.exit(2); }, 5);`);
  expect(status).toBe(3);
  const main = run.main();
  expect(main.calls).toBeGreaterThanOrEqual(2);
  expect(main.ended).toBe(true);
});

test('an uncaught error is noted with its stack; banner and exit code are as ever', () => {
  const { status, stderr } = runs(
    `call(); class CartError extends Error {} setTimeout(() => { throw new CartError('full') });`,
  );
  expect(status).toBe(1);
  expect(stderr).toContain('CartError: full');
  expect(stderr).not.toContain('probe/dist');
  const main = run.main();
  expect(main.notes).toContainEqual(
    expect.objectContaining({
      t: 'uncaught',
      name: 'CartError',
      message: 'full',
      origin: 'uncaughtException',
      stack: expect.stringContaining('main.mjs') as string,
    }),
  );
  expect(main.calls).toBe(1);
  expect(main.ended).toBe(true);
});

test('an unhandled rejection, and one that is handled by the program', () => {
  expect(runs(`call(); Promise.reject(new Error('no'));`).status).toBe(1);
  expect(run.main().notes).toContainEqual(
    expect.objectContaining({ t: 'uncaught', origin: 'unhandledRejection' }),
  );
  run.remove();
  const handled = runs(
    `process.on('uncaughtException', () => { console.log('handled'); call(); }); throw new Error('x');`,
  );
  expect(handled).toEqual({ status: 0, stdout: 'handled\n', stderr: '' });
  expect(run.main().calls).toBe(1);
});

test('a program that emits exit itself and goes on', () => {
  // Later: at first Node's own listener takes 'exit' for an unfinished main module and sets code 13.
  expect(
    runs(`call(); setTimeout(() => { process.emit('exit', 0); call(); setTimeout(call, 20); }, 20);`).status,
  ).toBe(0);
  expect(run.main().calls).toBe(3);
});

test('libraries that replace process.emit still let us see the end', () => {
  runs(`const emit = process.emit; process.emit = function (type, ...rest) { return emit.call(this, type, ...rest); };
    setTimeout(call, 10);`);
  expect(run.main()).toMatchObject({ calls: 1, ended: true });
});

test('worker threads: natural end, process.exit, an error, terminate', () => {
  const { status, stdout, stderr } = runs(`
    import { Worker, isMainThread, workerData } from 'node:worker_threads';
    if (isMainThread) {
      for (const how of ['natural', 'exit', 'error', 'terminate']) {
        const worker = new Worker(new URL(import.meta.url), { workerData: how });
        worker.on('error', () => {});
        if (how === 'terminate') worker.on('message', () => worker.terminate());
      }
    } else {
      if (workerData === 'terminate') $imE(33);
      for (let i = 0; i < 5; i++) call();
      if (workerData === 'exit') process.exit(4);
      if (workerData === 'error') throw new TypeError('in a worker');
      if (workerData === 'terminate') { (await import('node:worker_threads')).parentPort.postMessage(1); for (;;); }
    }`);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  const workers = run.threads().filter(({ name }) => name !== 'main');
  // All that the terminated one wrote is there: a call that had not ended, too.
  expect(workers.map(({ calls }) => calls).toSorted((a, b) => a - b)).toEqual([5, 5, 5, 6]);
  expect(workers.map(({ ended }) => ended)).toEqual([true, true, true, true]);
  expect(workers.flatMap(({ notes }) => notes)).toContainEqual(
    expect.objectContaining({ t: 'uncaught', name: 'TypeError', message: 'in a worker' }),
  );
});

test('SIGKILL costs a few milliseconds, not what came before', async () => {
  run = new TestRun();
  const child = run.start(`
    for (let i = 0; i < 1000; i++) call();
    setInterval(() => call(), 5);
    setTimeout(() => console.log('ready'), 300);`);
  await once(child.stdout, 'data');
  await new Promise((done) => setTimeout(done, 30));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const main = run.main();
  expect(main.calls).toBeGreaterThan(1000);
  expect(main.ended).toBe(false);
  expect(main.parts.filter(({ type }) => type === 'damaged')).toEqual([]);
});

test('SIGTERM still kills a stuck program', async () => {
  run = new TestRun();
  const child = run.start(`console.log('ready'); for (;;) call();`);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [, signal] = (await once(child, 'exit')) as [number, string];
  expect(signal).toBe('SIGTERM');
});

test('no run folder can be made: the program does not notice', () => {
  run = new TestRun();
  run.env['INTELLIMAP_RUN'] = '/dev/null/run';
  expect(run.run('for (let i = 0; i < 3e6; i++) call(); console.log("done");')).toEqual({
    status: 0,
    stdout: 'done\n',
    stderr: '',
  });
});

test('nothing of ours shows in the program', () => {
  run = new TestRun();
  const code = `
    import child_process from 'node:child_process';
    import vm from 'node:vm';
    import { Worker } from 'node:worker_threads';
    import * as threads from 'node:worker_threads';
    process.on('worker', () => console.log('worker'));
    const look = (value) => [value.name, value.length, Object.getOwnPropertyNames(value), typeof value];
    console.log(JSON.stringify([
      process.listenerCount('exit'), process.listenerCount('uncaughtExceptionMonitor'),
      Object.getOwnPropertyNames(globalThis), Object.keys(process), Object.keys(process.env), process.execArgv, process.argv,
      Object.hasOwn(process, 'emit'), look(process.emit), process.getActiveResourcesInfo(),
      look(child_process.spawn), look(child_process.execSync), look(child_process.ChildProcess.prototype.spawn),
      look(vm.createContext), look(vm.runInNewContext), look(Worker), threads.default.Worker === Worker,
      Worker.prototype.constructor === Worker, look(process.exit), look(process.reallyExit),
    ], null, 1));`;
  const recorded = run.run(code);
  expect(run.main().ended).toBe(true);
  for (const name of ['INTELLIMAP_RUN', 'NODE_OPTIONS']) delete run.env[name];
  expect(recorded).toEqual(run.run(code));
});

test('a program that deletes globals, breaks the iteration of arrays and replaces `process` is recorded to its end', () => {
  const { status } = runs(`
    for (const name of ['Atomics', 'Reflect', 'SharedArrayBuffer', 'WeakMap', 'Promise']) delete globalThis[name];
    Array.prototype[Symbol.iterator] = undefined;
    globalThis.process = { env: {} };
    call(); call(); call();`);
  expect(status).toBe(0);
  expect(run.main()).toMatchObject({ calls: 3, ended: true });
});
