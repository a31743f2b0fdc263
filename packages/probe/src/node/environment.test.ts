import { afterEach, beforeAll, expect, test } from 'vitest';
import { hideOwn, pairsWithOwn, whileShown, withOwn } from './environment.ts';
import { TestRun, build } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun | undefined;
afterEach(() => run?.remove());

const own = { options: '--import=p', variables: { INTELLIMAP_RUN: '/run', INTELLIMAP_TIER: 't' } };

test('what is added to an environment is taken out again, whatever NODE_OPTIONS were', () => {
  for (const users of [{}, { NODE_OPTIONS: '' }, { NODE_OPTIONS: '--no-warnings' }]) {
    const before = { A: '1', ...users, B: '2' };
    const child = { ...withOwn(before, own) };
    expect(child['NODE_OPTIONS']).toBe(['--import=p', before.NODE_OPTIONS].filter(Boolean).join(' '));
    expect(hideOwn(child)).toEqual(own);
    expect(child).toEqual(before);
    const pairs = pairsWithOwn(
      Object.entries(before).map(([name, value]) => `${name}=${value}`),
      own,
    );
    expect(Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)))).toEqual(
      withOwn(before, own),
    );
    const shown = { ...before };
    whileShown(shown, own, () => expect(shown).toEqual(withOwn(before, own)));
    expect(shown).toEqual(before);
  }
});

test('without a run nothing is touched; another run is left alone', () => {
  const env = { NODE_OPTIONS: '--x', INTELLIMAP_TIER: 'y' };
  expect(hideOwn(env)).toBeUndefined();
  expect(env).toEqual({ NODE_OPTIONS: '--x', INTELLIMAP_TIER: 'y' });
  const other = { INTELLIMAP_RUN: '/other', NODE_OPTIONS: '--import=q' };
  expect(withOwn(other, own)).toEqual(other);
  expect(pairsWithOwn(['INTELLIMAP_RUN=/other'], own)).toEqual(['INTELLIMAP_RUN=/other']);
});

/** Program that prints what a thread or process sees, under its name. */
const show = `
  const show = (name) => console.log(name + ' ' + JSON.stringify({
    leaks: Object.keys(process.env).filter((key) => key.startsWith('INTELLIMAP_')),
    options: process.env.NODE_OPTIONS ?? null, own: process.env.OWN ?? null, execArgv: process.execArgv }));
  call();
`;

function seen(stdout: string): Record<string, unknown> {
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line): [string, unknown] => [line.split(' ')[0], JSON.parse(line.slice(line.indexOf(' ') + 1))]),
  );
}

for (const users of [undefined, '--no-deprecation']) {
  const clean = { leaks: [], options: users ?? null, own: null, execArgv: [] };

  test(`child processes of every kind are recorded and see a clean environment (NODE_OPTIONS ${users})`, () => {
    run = new TestRun(users === undefined ? {} : { NODE_OPTIONS: users });
    run.file('child.cjs', `${show} show(process.argv[2]);`);
    const { stdout, stderr, status } = run.run(`${show}
      import cp, { spawnSync, execFileSync } from 'node:child_process';
      const child = ${JSON.stringify(`${run.folder}/child.cjs`)};
      show('parent');
      const print = (text) => process.stdout.write(text);
      print(spawnSync(process.execPath, [child, 'spawnSync'], { encoding: 'utf8' }).stdout);
      print(spawnSync(process.execPath, [child, 'emptyEnv'], { encoding: 'utf8', env: {} }).stdout);
      print(spawnSync(process.execPath, [child, 'ownEnv'], { encoding: 'utf8', env: { OWN: '1', NODE_OPTIONS: '--no-warnings' } }).stdout);
      print(execFileSync(process.execPath, [child, 'execFileSync'], { encoding: 'utf8' }));
      print(cp.execSync(JSON.stringify(process.execPath) + ' ' + child + ' execSync', { encoding: 'utf8' }));
      show('after');
      const { promisify } = await import('node:util');
      print((await promisify(cp.execFile)(process.execPath, [child, 'execFile'])).stdout);
      await new Promise((done) => cp.fork(child, ['fork']).on('exit', done));
      await new Promise((done) => cp.spawn('sh', ['-c', JSON.stringify(process.execPath) + ' ' + child + ' shell'], { stdio: 'inherit' }).on('exit', done));
    `);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(seen(stdout)).toEqual({
      parent: clean,
      spawnSync: clean,
      execFileSync: clean,
      execSync: clean,
      execFile: clean,
      fork: clean,
      shell: clean,
      after: clean,
      emptyEnv: { ...clean, options: null },
      ownEnv: { ...clean, options: '--no-warnings', own: '1' },
    });
    expect(run.threads().map(({ calls }) => calls)).toEqual(Array.from({ length: 9 }, () => 1));
  });

  test(`workers with options of every kind are recorded and see a clean environment (NODE_OPTIONS ${users})`, () => {
    run = new TestRun(users === undefined ? {} : { NODE_OPTIONS: users });
    const { stdout, stderr, status } = run.run(`${show}
      import { Worker, SHARE_ENV, isMainThread, workerData } from 'node:worker_threads';
      if (isMainThread) {
        const cases = {
          plain: {}, env: { env: { OWN: '1' } }, emptyEnv: { env: {} }, copy: { env: process.env }, share: { env: SHARE_ENV },
          flags: { execArgv: ['--no-warnings'] }, noFlags: { execArgv: [] }, shareFlags: { env: SHARE_ENV, execArgv: ['--no-warnings'] },
          both: { env: { OWN: '2' }, execArgv: ['--no-warnings'] },
        };
        class MyWorker extends Worker {}
        for (const [name, options] of Object.entries(cases)) {
          const worker = new MyWorker(new URL(import.meta.url), { ...options, workerData: name });
          if (!(worker instanceof MyWorker) || !(worker instanceof Worker)) console.log('not a worker');
          await new Promise((done) => worker.on('exit', done));
        }
        await new Promise((done) => new Worker(new URL(import.meta.url), { workerData: 'nest' }).on('exit', done));
        show('main');
      } else if (workerData === 'nest') {
        new Worker(new URL(import.meta.url), { workerData: 'nested', env: {} });
      } else show(workerData);
    `);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const none = { ...clean, options: null };
    const flags = ['--no-warnings'];
    expect(seen(stdout)).toEqual({
      main: clean,
      plain: clean,
      env: { ...none, own: '1' },
      emptyEnv: none,
      copy: clean,
      share: clean,
      flags: { ...clean, execArgv: flags },
      noFlags: clean,
      shareFlags: { ...clean, execArgv: flags },
      both: { ...none, own: '2', execArgv: flags },
      nested: none,
    });
    expect(run.threads().map(({ calls }) => calls)).toEqual(Array.from({ length: 12 }, () => 1));
  });
}
