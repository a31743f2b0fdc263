/**
 * Values as a user records them (`intellimap run --values`, `--state`): in threads and children, within budgets, of programs that resist,
 * that are killed, that fly. The program's output is that of the plain program each time.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment, consumer, execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;

const FREE = ['--value-budget', 'calls=0,rate=0,bytes=0,share=0'];

const cases = {
  async 'threads and children, each their own'() {
    const cwd = program({
      'app.mjs': `
        import { Worker } from 'node:worker_threads';
        import { fork } from 'node:child_process';
        import { greet } from './greet.mjs';
        greet('main');
        await new Promise((done) => new Worker(new URL('./worker.mjs', import.meta.url)).on('exit', done));
        await new Promise((done) => fork('child.cjs').on('exit', done));`,
      'greet.mjs': 'export function greet(name) { return `hello ${name}`; }',
      'worker.mjs': `import { greet } from './greet.mjs'; greet('worker');`,
      'child.cjs': `function greet(name) { return 'hi ' + name } greet('child');`,
    });
    await same(cwd, ['node', 'app.mjs'], ['--values', '**#greet']);
    const rows = await query(
      cwd,
      `select name, preview from call_values where role <> 'this' order by preview`,
    );
    assert.deepEqual(
      rows.map(({ preview }) => preview),
      ['"child"', '"hello main"', '"hello worker"', '"hi child"', '"main"', '"worker"'],
    );
  },

  async 'only functions that were named, and nothing at all where none are'() {
    const cwd = program({
      'app.cjs':
        'class Cart { add(n) { this.n = n; return n } total() { return this.n } } const c = new Cart(); c.add(1); c.total();',
    });
    await same(cwd, ['node', 'app.cjs'], ['--values', 'app.cjs#Cart.add', '--state', 'app.cjs#total']);
    assert.deepEqual(
      await query(
        cwd,
        `select distinct f.name from call_values join calls using (thread_id, call_id) join functions f using (function_id)`,
      ),
      [{ name: 'Cart.add' }],
    );
    await same(cwd, ['node', 'app.cjs'], []);
    assert.deepEqual(
      await query(
        cwd,
        `select (select count(*) from call_values) + (select count(*) from state_changes) as n, json_extract(flags, '$.values') as wanted from runs`,
      ),
      [{ n: 0, wanted: null }],
    );
  },

  async 'a budget is kept, and what is let go is told'() {
    const cwd = program({
      'app.cjs': `
        function often(n) { return n * 2 }
        function large(n) { return Array.from({ length: 16 }, (_, at) => (n + '-' + at).repeat(20)) }
        let sum = 0;
        for (let i = 0; i < 50000; i++) sum += often(i);
        for (let i = 0; i < 3000; i++) sum += large(i).length;
        console.log(sum);`,
    });
    const { stderr } = await same(
      cwd,
      ['node', 'app.cjs'],
      ['--values', '**', '--value-budget', 'calls=0,rate=1,bytes=2,share=0'],
    );
    assert.match(stderr, /values {5}[\d,]+ kept, let go: [^]*(bytes of a thread|bytes a second)/);
    const [{ bytes }] = await query(cwd, 'select sum(strlen(preview)) as bytes from call_values');
    assert.ok(bytes < 3 * 2 ** 20, `${bytes} bytes`);
    const again = await same(cwd, ['node', 'app.cjs'], ['--values', '**#often']);
    assert.match(again.stderr, /calls of functions called very often/);
    const [{ seen, hits }] = await query(
      cwd,
      `select (select count(distinct call_id) from call_values) as seen, (select hits from nodes_runtime join functions using (ast_node_id) where name = 'often') as hits`,
    );
    assert.equal(hits, 50_000);
    assert.ok(seen > 256 && seen < 5000, `${seen} calls`);
  },

  async 'programs that resist: traps, getters, replaced built-ins'() {
    const cwd = program({ 'app.cjs': RESISTS });
    await same(cwd, ['node', 'app.cjs'], ['--values', '**', ...FREE]);
    const [{ n, failed }] = await query(
      cwd,
      `select count(*) as n, (select coalesce(sum(count), 0) from values_let_go) as failed
       from call_values join calls using (thread_id, call_id) join functions f using (function_id) where role = 'argument' and f.name = 'f'`,
    );
    assert.deepEqual([n, failed], [10, 0]);
    const [{ secrets }] = await query(
      cwd,
      `select count(*) as secrets from call_values where contains(preview, 'hunter2')`,
    );
    assert.equal(secrets, 0);
  },

  async 'what is typed in TypeScript is told of the original'() {
    const cwd = program({
      'app.ts': `
        interface Line { price: number }
        class Cart { private sum: number = 0;
          add({ price }: Line, count: number = 2): number { this.sum += price * count; return this.sum; } }
        console.log(new Cart().add({ price: 3 }));`,
    });
    await same(cwd, ['tsx', 'app.ts'], ['--values', 'app.ts#Cart.add']);
    const [change] = await query(cwd, 'select ast_node_id, line, target, preview from state_changes');
    assert.deepEqual(change, {
      ast_node_id: 'ts:app.ts#class Cart/add!write:this.sum~0',
      line: 4,
      target: 'this.sum',
      preview: '6',
    });
    const rows = await query(
      cwd,
      `select name, preview from call_values where role = 'argument' order by nth`,
    );
    assert.deepEqual(rows, [
      { name: 'price', preview: '3' },
      { name: 'count', preview: '2' },
    ]);
  },

  async 'a program that is killed has told its values'() {
    const cwd = program({
      'app.cjs': `let n = 0; function tick(i) { return { i } } setInterval(() => { for (let k = 0; k < 50; k++) tick(n++); console.log(n) }, 5)`,
    });
    const child = spawn(
      intellimapBin(),
      [
        'run',
        '--no-summary',
        '--values',
        '**#tick',
        ...FREE,
        '--',
        'node',
        '-e',
        'require("./app.cjs"); setTimeout(() => process.kill(process.pid, "SIGKILL"), 800)',
      ],
      { cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let last = 0;
    child.stdout
      .setEncoding('utf8')
      .on('data', (text) => (last = Number(text.trim().split('\n').at(-1)) || last));
    await new Promise((done) => child.on('close', done));
    await sleep(50);
    const [{ n, most, damaged }] = await query(
      cwd,
      `select count(*) as n, max(preview::bigint) as most, (select sum(damaged) from segments) as damaged from call_values where role = 'argument'`,
    );
    assert.equal(damaged, 0);
    assert.equal(n, most + 1);
    assert.ok(most > last * 0.5, `${most} of ${last}`);
  },

  async 'a flight recorder keeps the values of what it keeps'() {
    const cwd = program({
      'app.cjs':
        'function f(n) { return n + 1 } let s = 0; for (let i = 0; i < 60000; i++) s = f(s); console.log(s); process.exitCode = 3;',
    });
    await same(cwd, ['node', 'app.cjs'], ['--flight', '1', '--values', '**', ...FREE]);
    const [{ last }] = await query(
      cwd,
      `select max(preview::bigint) as last from call_values where role = 'result'`,
    );
    assert.equal(last, 60_000);
  },

  async 'show tells the last calls, in text and as JSON'() {
    const cwd = program({
      'app.cjs': `function pay(card, amount) { if (amount > 5) throw new RangeError('too much'); return { ok: true } } pay('4111 1111 1111 1111', 1); try { pay('x\\u001b[31m', 9) } catch {}`,
    });
    await same(cwd, ['node', 'app.cjs'], ['--values', '**#pay']);
    const { stdout } = await execute(intellimapBin(), ['show', 'pay'], { cwd });
    assert.ok(!stdout.includes('\u001b'), stdout);
    assert.match(
      stdout,
      /\(card: "x\\u001b\[31m", amount: 9\)\n {6}throw RangeError: too much\n[^]*\(card: ‹card:[\da-f]{8}-32›, amount: 1\)\n {6}→ \{ok: true\}/,
    );
    const json = JSON.parse((await execute(intellimapBin(), ['show', 'pay', '--json'], { cwd })).stdout);
    assert.deepEqual(
      json.matches[0].seen.map(({ outcome }) => outcome),
      ['threw', 'returned'],
    );
  },
};

const RESISTS = `
  const touched = [];
  const say = (what) => () => { touched.push(what); throw new Error(what) };
  class Evil { get [Symbol.toStringTag]() { return say('tag')() } static get name() { return say('name')() } toJSON() { say('json')() } valueOf() { say('valueOf')() } }
  const proxy = new Proxy(function () {}, new Proxy({}, { get: (_, key) => say('trap ' + String(key)) }));
  const cycle = {}; cycle.self = cycle;
  const values = [new Evil(), proxy, cycle, { get a() { return say('getter')() }, [Symbol.iterator]: say('iterator') }, Object.create(proxy), new Map([[proxy, new Evil()]]), { password: 'hunter2' }, 'Bearer hunter2hunter2', Object.freeze([1, , 3]), 10n ** 1000n];
  const f = (value) => value;
  const kept = [String.prototype, Array.prototype, Map.prototype, RegExp.prototype].map((object) => [object, Object.getOwnPropertyDescriptors(object)]);
  /(b)/.exec('abc');
  const results = [];
  for (const key of ['charCodeAt', 'indexOf', 'slice', 'toLowerCase']) String.prototype[key] = say(key);
  for (const key of ['get', 'set', 'entries']) Map.prototype[key] = say(key);
  RegExp.prototype.exec = say('exec'); JSON.stringify = say('stringify'); Object.getOwnPropertyDescriptor = say('descriptor'); Object.keys = say('keys'); Reflect.apply = say('apply');
  Array.prototype.push = say('push');
  const one = RegExp.$1;
  for (let at = 0; at < values.length; at++) results[at] = f(values[at]) === values[at];
  for (let n = 0; n < kept.length; n++) Object.defineProperties(kept[n][0], kept[n][1]);
  console.log(results, touched, RegExp.$1 === one, f.toString(), new Error('x').stack.split('\\n').length);`;

const program = (files) => workspaceOf('values', files);

/** Runs it plain and recorded: what it prints and how it ends must be the same. */
async function same(cwd, [name, ...words], options) {
  const command = [name === 'node' ? 'node' : join(consumer(), 'node_modules', '.bin', name), ...words];
  const plain = await execute(command[0], command.slice(1), { cwd });
  const recorded = await execute(intellimapBin(), ['run', ...options, '--', ...command], { cwd });
  assert.deepEqual([recorded.code, recorded.stdout], [plain.code, plain.stdout], recorded.stderr);
  return recorded;
}

export async function run(argv) {
  const chosen = Object.entries(cases).filter(([name]) => argv.every((part) => name.includes(part)));
  let failed = 0;
  for (const [name, body] of chosen) {
    try {
      await body();
      console.log(`  ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`  FAIL  ${name}\n${error.stack}`);
    }
  }
  return { passed: chosen.length - failed, failed };
}
