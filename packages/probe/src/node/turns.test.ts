import { afterEach, beforeAll, expect, test } from 'vitest';
import { OPERANDS } from '../wire/index.ts';
import { Kind } from '../wire/words.ts';
import { turnOf } from '../wire/turns.ts';
import { TestRun, build } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun;
afterEach(() => run.remove());

/** `(2 timeout of 1)` for words about turns, `call` for calls. */
function turns(words: number[]): string {
  const shown: string[] = [];
  for (let at = 0; at < words.length; at += 1 + OPERANDS[words[at] & 15]) {
    if ((words[at] & 15) === Kind.ENTER) shown.push('call');
    const turn = (words[at] & 15) === Kind.TASK ? turnOf(words[at] >>> 4) : undefined;
    if (turn === undefined) continue;
    const by = turn.byFrame ? `frame ${words[at + 1]}` : words[at + 1];
    shown.push(`(${turn.number} ${turn.kind} of ${by}${turn.nested ? ', nested' : ''})`);
  }
  return shown.join(' ');
}

test('a turn with words says who scheduled it; what runs in between, too', () => {
  run = new TestRun();
  const { status, stderr } = run.run(
    `$imB();
    call();
    setTimeout(() => {
      call();
      setImmediate(() => call());
      Promise.resolve().then(() => call());
    }, 1);`,
    'main.cjs',
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const told = turns(run.main().words);
  // Numbers are given to turns without words, too.
  const [, timeout] = /\((\d+) timeout of 1\)/.exec(told)!;
  expect(told).toMatch(
    new RegExp(
      `^call \\(1 module of 0\\) call \\(${timeout} timeout of 1\\) call \\(0 microtask of ${timeout}\\) call \\(\\d+ immediate of ${timeout}\\)$`,
    ),
  );
});

test('what an async call schedules between turns is its own', () => {
  run = new TestRun();
  run.run(
    `$imB();
    const tick = () => new Promise((done) => setTimeout(done, 2));
    (async () => {
      const frame = $imF(20);
      await $imS(23, frame, tick());
      $imR(24, frame);
      setTimeout(() => call(), 1);
      $imX(21, frame);
    })();`,
    'main.cjs',
  );
  // Node 24 carries on the turn in which the call began.
  expect(turns(run.main().words)).toMatch(/call \(\d+ timeout of (frame 1|1)\)$/);
});

/** Everything that a program could see of hooks. */
const SEEN = `
typeof $imB === 'function' && $imB();
const fs = require('node:fs');
const { AsyncLocalStorage, createHook, executionAsyncId } = require('node:async_hooks');
const where = () => new Error().stack.replaceAll(/\\S*main[^)\\n]*/g, 'here');
process.on('warning', ({ message }) => console.log('warning', message));
fs.stat('/', () => {
  console.log('fs', where(), executionAsyncId() > 0);
  Promise.resolve().then(() => console.log('then', executionAsyncId()));
  setTimeout(() => {
    console.log('timeout', where());
    process.nextTick(() => console.log('tick', where()));
    setImmediate(() => {
      console.log('immediate', where());
      const storage = new AsyncLocalStorage();
      storage.run('mine', async () => {
        await null;
        await new Promise((done) => setTimeout(done, 1));
        console.log('storage', storage.getStore());
        fs.stat('/', () => {
          console.log('storage', storage.getStore(), where());
          const kinds = new Set();
          const hook = createHook({ init: (id, kind) => kinds.add(kind) }).enable();
          Promise.resolve().then(() => setTimeout(() => {
            hook.disable();
            console.log([...kinds].toSorted().join(), process.noDeprecation);
          }, 1));
        });
      });
    });
  }, 1);
});`;

test('nothing of it shows: stacks, ids of promises, storages, hooks, warnings are as without', () => {
  run = new TestRun();
  const recorded = run.run(SEEN, 'main.cjs');
  run.env = { ...run.env, NODE_OPTIONS: '', INTELLIMAP_RUN: '' };
  const plain = run.run(SEEN.replace('typeof', 'false && typeof'), 'main.cjs');
  expect(recorded).toEqual(plain);
  expect(plain.stdout).toContain('storage mine');
});

test('promises run without hooks', () => {
  run = new TestRun();
  const { stdout } = run.run(
    `$imB();
    process.noDeprecation = true;
    let hooks;
    try { hooks = process.binding('async_wrap').getPromiseHooks(); } catch { hooks = []; }
    console.log(hooks.filter(Boolean).length);`,
    'main.cjs',
  );
  expect(stdout).toBe('0\n');
});

test('an exception that nobody caught ends its turn; the next one is told', () => {
  run = new TestRun();
  const { stdout } = run.run(
    `$imB();
    process.on('uncaughtException', () => console.log('caught'));
    setTimeout(() => { call(); throw new Error('x'); }, 1);
    setTimeout(() => call(), 20);`,
    'main.cjs',
  );
  expect(stdout).toBe('caught\n');
  expect(turns(run.main().words)).toMatch(
    /^\(1 module of 0\) call \(\d+ timeout of 1\) \(0 microtask of \d+\) call \(\d+ timeout of 1\)$/,
  );
});

test('a minimal run tells of no turns, and neither does one that was told not to', () => {
  for (const [name, value] of [
    ['INTELLIMAP_TIER', 'minimal'],
    ['INTELLIMAP_LINKS', 'off'],
  ] as const) {
    run = new TestRun({ [name]: value });
    run.run(`$imB(); setTimeout(() => call(), 1);`, 'main.cjs');
    expect(turns(run.main().words)).not.toContain('(');
    run.remove();
  }
});
