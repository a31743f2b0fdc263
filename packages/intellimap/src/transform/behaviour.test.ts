/** Programs run plain and instrumented: the same results, and the words tell exactly what happened. */
import { describe, expect, it } from 'vitest';
import { parse } from './1-parse.ts';
import { HAS_USING } from './fixtures/programs.ts';
import { ALL_VALUES, compare, misfits, told } from './fixtures/recorder.ts';
import { transform } from './index.ts';

/** Same behaviour, words that fit together, and (when given) exactly these words. */
async function same(program: string, words?: string): Promise<void> {
  const { plain, traced, events, table, code } = await compare(program);
  expect(traced, code).toEqual(plain);
  expect(misfits(events), `${code}\n${told(events, table).join('\n')}`).toEqual([]);
  if (words !== undefined) expect(told(events, table)).toEqual(lines(words));
  await sameWithValues(program, told(events, table));
}

/** The same again while all values are looked at: same behaviour, same words. */
async function sameWithValues(program: string, words: string[]): Promise<void> {
  const { plain, traced, events, table, code } = await compare(program, { values: ALL_VALUES });
  expect(traced, code).toEqual(plain);
  expect(told(events, table), code).toEqual(words);
}

const lines = (text: string): string[] =>
  text
    .split(/[\n·]/)
    .map((l) => l.trim())
    .filter(Boolean);

describe('synchronous functions', () => {
  it('enter and leave', () =>
    same(
      'function f(a) { return g(a) + 1 } function g(a) { return a * 2 } f(3)',
      'enter f · enter g · leave g · leave f',
    ));
  it('are left by an exception', () =>
    same(
      'function f() { g() } function g() { throw new Error("x") } f()',
      'enter f · enter g · thrown g · throw g · throw f',
    ));
  it('are left by an exception in the operand of return', () =>
    same('function f() { return null.x } f()', 'enter f · throw f'));
  it('keep falling off the end apart from return', () =>
    same('function f(x) { if (x) return; else log(1) } f(0); f(1)', 'enter f · leave f · enter f · leave f'));
  it('catch', () =>
    same('function f() { try { g() } catch (e) { return e.message } } function g() { throw Error("m") } f()',
      'enter f · enter g · thrown g · throw g · caught f · leave f')); // prettier-ignore
  it('catch without and with patterns', () =>
    same('function f() { try { throw 1 } catch { log("a") } try { throw {m:2} } catch ({ m }) { return m } } f()',
      'enter f · thrown f · caught f · thrown f · caught f · leave f')); // prettier-ignore
});

describe('what runs between return and the end', () => {
  it('finally that throws', () =>
    same('function f() { try { return 1 } finally { null.x } } f()', 'enter f · throw f'));
  it('finally that returns', () =>
    same('function f() { try { return 1 } finally { return 2 } } f()', 'enter f · leave f'));
  it('finally that swallows', () =>
    same('function f() { a: try { return 1 } finally { break a } } log(f()); function g() { for (;;) { try { return 1 } finally { break } } } g()',
      'enter f · leave f · enter g · leave g')); // prettier-ignore
  it('finally that swallows, then a throw', () =>
    same(
      'function f() { a: try { return 1 } finally { break a } throw 3 } f()',
      'enter f · thrown f · throw f',
    ));
  it('finally that throws after a bare return', () =>
    same('function f(x) { try { if (x) return; } finally { null.x } } f(1)', 'enter f · throw f'));
  it('a return in a finally that is given up', () =>
    same(
      'function f() { try { return 3 } finally { try { try { return } finally { throw 1 } } catch (e) {} } } f()',
      'enter f · thrown f · caught f · leave f',
    ));
  it('an outer catch', () =>
    same(
      'function f() { try { try { return 1 } finally { throw 2 } } catch (e) { return e } } f()',
      'enter f · thrown f · caught f · leave f',
    ));
  it('closing an iterator that throws', () =>
    same('const it = { [Symbol.iterator]() { return this }, next() { return { value: 1 } }, return() { throw 5 } }; function f() { for (const x of it) return x } f()',
      'enter f · enter it[Symbol.iterator] · leave it[Symbol.iterator] · enter it.next · leave it.next · enter it.return · thrown it.return · throw it.return · throw f')); // prettier-ignore
  it('closing an iterator', () =>
    same('function f() { for (const x of [1, 2]) { if (x > 1) return x; } } f()', 'enter f · leave f'));
});

/** One that logs, and one that throws. */
const DISPOSABLES =
  'const a = { /* intellimap-ignore */ [Symbol.dispose]() { log("disposed") } }, b = { /* intellimap-ignore */ [Symbol.dispose]() { throw 7 } };';

/** Where V8 knows no `using` yet, what is made of it can be parsed at least. */
const disposes = HAS_USING ? same : isParsed;

function isParsed(program: string): void {
  const result = transform(program, {
    path: 'p.js',
    lang: 'js',
    goal: 'script',
    tier: 'performance',
    base: 1,
  });
  expect(result.ok && parse(result.code, 'js', 'script')).toMatchObject({ ok: true });
}

describe('disposal', () => {
  it('at the end of a function', () =>
    disposes(
      `${DISPOSABLES} function f() { using x = a; g() } function g() { using x = b; log("g") } f()`,
      'enter f · enter g · throw g · throw f',
    ));
  it('of a static block, which holds no return', () =>
    disposes(`${DISPOSABLES} class A { static { using x = a; log("static") } }`,
      'enter A static block · leave A static block')); // prettier-ignore
  it('of a static block, that fails', () =>
    disposes(`${DISPOSABLES} class A { static { using x = b } }`,
      'enter A static block · throw A static block')); // prettier-ignore
  for (const body of [
    '{ using x = null }',
    'for (using x of [a, a]) log(x === a)',
    'for (using x = a; x; ) { log(1); break }',
    'try { using x = b } catch (e) { log(e) } finally { using y = a; log(2) }',
    'switch (1) { case 1: { using x = a; log(3) } }',
    'using x = a; function f() { return 4 } log(f())',
  ])
    it(`of a static block: ${body}`, () => disposes(`${DISPOSABLES} class A { static { ${body} } }`));
});

describe('return, in every spelling', () => {
  for (const body of [
    'if (a) return a; else return 2',
    'return\na',
    'return a, b',
    'return(a)',
    'return[a]',
    'return"s"',
    'return/re/.source',
    'return /* c */ a // d\n',
    'return `t${a}`',
    'return -1',
    'return () => a',
    'return class { static n = 1 }',
    'return (class {})',
    'return function () {}',
    'return { a, b }',
    'return a ? b : a\n',
    'return void 0',
    'x: { if (a) break x; return 1 } return 2',
    'switch (a) { case 1: return "one"; default: return "other" }',
    'for (const x of [a]) if (x) return x; else return 0',
    'for (const x of [a]) return function () {}',
    'for (const x of [a]) return class {}',
    'for (const x of [a]) return a, b',
    'for (const x of [a]) { if (a) return /*c*/ a; else return }',
    'do return a; while (0)',
    'return a\n++b',
    'var r = a; return r = b',
    'return new.target',
    'return arguments.length',
    'return this === undefined',
    '"use strict"; return this === undefined',
    '"use strict"\nreturn this',
    'try { return a } finally { log(a) }',
    'return typeof a',
    'return new Error("x")',
    'return a in {}',
    'return !a',
    'let r = { m() { return super.toString } }; return r.m().name',
    'return eval("a")',
  ]) {
    it(JSON.stringify(body), () =>
      same(`function f(a, b) { ${body} }; const r = f(1, 2); [r, r && r.name, typeof r]`),
    );
  }
});

describe('arrows, in every spelling', () => {
  for (const arrow of [
    'x => x', 'x => ({ x })', '(x) => (1, x)', 'x => y => x', 'x => class {}', 'x => function () {}', 'x => `a${x}`', 'x => []',
    'x => x ? 1 : 2', 'async x => x', 'async x => await x', 'x => new Error(x)', 'x => { }', 'x => { return x }', 'x =>\nx', 'x => /* c */ x // d',
    '({ a = () => 1 } = {}) => a()', '(x, ...r) => r.length', 'x => typeof x', 'x => x = 3', 'x => !x', 'x => void x', '() => undefined',
    'x => (y => y)(x)', "x => 'use strict'", 'x => /re/', 'x => this', 'async () => {}',
  ]) {
    it(arrow, () => same(`const f = ${arrow}\n; (async () => { const r = await f(1); return [f.name, f.length, typeof r, r && r.name, r && typeof r === 'object' ? JSON.stringify(r) : String(r).length > 0] })()`));
  } // prettier-ignore
});

describe('async functions', () => {
  it('suspend and resume', () =>
    same('async function f() { const a = await 1; return a + await 2 } f()',
      'enter f · suspend f await · resume f await · suspend f await · resume f await · leave f')); // prettier-ignore
  it('reject', () =>
    same(
      'async function f() { await 1; throw 2 } f()',
      'enter f · suspend f await · resume f await · thrown f · throw f',
    ));
  it('catch a rejection', () =>
    same(
      'async function f() { try { await Promise.reject(1) } catch (e) { return e } } f()',
      'enter f · suspend f await · resume f · caught f · leave f',
    ));
  it('pass a rejection on', () =>
    same('async function f() { await Promise.reject(1) } f()', 'enter f · suspend f await · throw f'));
  it('run their finally on rejection', () =>
    same(
      'async function f() { try { await Promise.reject(1) } finally { log(1) } } f()',
      'enter f · suspend f await · resume f · throw f',
    ));
  it('interleave', () =>
    same(
      'async function a() { await 1; log("a"); await 2; log("b") } async function b() { await 1; log("c") } Promise.all([a(), b()])',
    ));
  it('take no extra ticks', () =>
    same(
      'async function a() { return 1 } async function b() { return await a() } async function c() { return a() } async function d() { try { return a() } finally { log("f") } } async function e() { for (const x of [1]) return a() } const t = async (f) => { await f(); log(f.name) }; Promise.all([a, b, c, d, e, async () => a()].map(t))',
    ));
  it('keep order with return in finally', () =>
    same('async function f() { try { await 1; return 1 } finally { await 2; log(2) } } f()',
      'enter f · suspend f await · resume f await · resume f · suspend f await · resume f await · leave f')); // prettier-ignore
});

describe('derived constructors', () => {
  const made = (code: string) =>
    `class A {} class B extends A { constructor(p) { ${code} } } try { new B(0); log("made") } catch (e) { log(e.message) }`;
  for (const code of [
    'if (p) super()',
    'if (!p) return; super()',
    'super(); return 5',
    'try { if (!p) return; super() } finally { log(1) }',
    'return this',
    'try { this } catch {}',
  ])
    it(`as plain: ${code}`, () => same(made(code)));
  it('tell that there is no `this`', () =>
    same(made('if (p) super()'), 'enter new B · throw new B · caught p.js'));
  it('tell it behind a finally clause', () =>
    same(made('try { return } finally { log(1) }'), 'enter new B · throw new B · caught p.js'));
  it('return objects in place of `this`', () => same(made('return { p }'), 'enter new B · leave new B'));
  it('return what `super` made', () =>
    same(made('if (p) return; super()').replace('B(0)', 'B'), 'enter new B · leave new B'));
});

describe('for await', () => {
  const source = 'async function* src() { try { yield 1; yield 2; yield 3 } finally { log("closed") } } ';
  for (const body of [
    'for await (const x of src()) log(x)',
    'for await (const x of src()) { log(x); await x }',
    'for await (const x of src()) { if (x === 2) break; log(x) }',
    'for await (const x of src()) { if (x === 2) continue; log(x) }',
    'for await (const x of src()) { if (x === 2) return x }',
    'for await (const x of src()) { if (x === 2) throw x }',
    'try { for await (const x of src()) { null.x } } catch (e) { log("caught") }',
    'a: for (const y of [1, 2]) { b: for await (const x of src()) { if (x === 2) continue a; if (y === 2) break a; continue b } }',
    'a: b: for await (const x of src()) { for (;;) { if (x === 1) continue a; break b } }',
    'if (1) for await (const x of src()) log(x); else log("no")',
    'for await (const x of [Promise.reject(7)]) log(x)',
    'try { for await (const x of [1, Promise.reject(7)]) log(x) } catch (e) { return e }',
    'let x; for await (x of[1, 2]) log(x)',
    'for await (const { a } of [{ a: 1 }, null]) log(a)',
    'for await (const x of null) log(x)',
    'const n = 5; for await (const x of n) log(x)',
    'const n = { get p() { return log(1) } }; for await (const x of n.p) log(x)',
    'try { for await (const x of n) log(x); let n } catch (e) { log(e.message) }',
    'for await (const x of { [Symbol.asyncIterator]() { return { next() { return { value: 1 } }, return() { throw 9 } } } }) return x',
    'for await (const x of { [Symbol.asyncIterator]() { return { next() { return { value: 1 } }, return() { throw 9 } } } }) { if (x) break }',
    'for await (const f of [() => 1]) { var q = f() } return q',
  ]) {
    it(body, () => same(`${source} async function f() { ${body}; log('after') } f()`));
  }
});

describe('generators', () => {
  it('tell return() from an end', () =>
    same('function* g() { yield 1; yield 2 } function f() { for (const x of g()) { if (x) return x } } f()',
      'enter f · enter g · suspend g yield · leave g · leave f')); // prettier-ignore
  it('run to their end', () =>
    same(
      'function* g() { yield 1; yield } [...g()]',
      'enter g · suspend g yield · resume g yield · suspend g yield · resume g yield · leave g',
    ));
  it('throw', () =>
    same(
      'function* g() { yield 1; null.x } [...g()]',
      'enter g · suspend g yield · resume g yield · throw g',
    ));
  it('tell throw() from return() when nobody takes what a yield gives', () =>
    same('function* g() { yield 1; log("on") } const i = g(); i.next(); try { i.throw(5) } catch (e) { log(e) } const j = g(); j.next(); j.return(6)',
      'enter g · suspend g yield · resume g · throw g · caught p.js · enter g · suspend g yield · leave g')); // prettier-ignore
  it('throw from what they yield', () =>
    same(
      'function* g() { yield null.x } try { g().next() } catch (e) { log(e.message) }',
      'enter g · throw g · caught p.js',
    ));
  for (const body of [
    'if (1) yield 1; else yield 2',
    'if (0) yield 1\nelse yield 2',
    'l: yield 1; do yield 2; while (0) yield\n[3]',
    'for (const x of [1, 2]) yield x',
    'yield function () {}; yield class {}; yield () => 1; yield/* * */{ a: 1 };yield[2]',
    'yield /a/; yield `b`; yield (1, 2); (yield 3); yield yield 4',
    'switch (1) { case 1: yield 1; break; default: yield 2 }',
    '{ yield 1 } yield 2 // end',
  ])
    it(`yield as plain: ${body}`, () =>
      same(
        `function* g() { ${body}\n } const i = g(); for (const x of i) log(x, x?.name); const j = g(); j.next(); log(j.return(7).value); const k = g(); k.next(); k.throw(8)`,
      ));
  it('tell throw() from return() when their yields are answered', () =>
    same('function* g() { const a = yield 1; log(a) } const i = g(); i.next(); try { i.throw(5) } catch (e) { log(e) } const j = g(); j.next(); j.return(6)',
      'enter g · suspend g yield · throw g · caught p.js · enter g · suspend g yield · leave g')); // prettier-ignore
  for (const program of [
    'function* g() { try { yield 1 } finally { log("f") } } const i = g(); i.next(); i.return(7)',
    'function* g() { try { yield 1 } finally { yield 2 } } const i = g(); i.next(); [i.return(7), i.next(), i.next()]',
    'function* g() { try { yield 1 } finally { throw 3 } } const i = g(); i.next(); i.return(7)',
    'function* g() { try { yield 1 } catch (e) { log(e); yield 5 } return 9 } const i = g(); i.next(); [i.throw(7), i.next(), i.next()]',
    'function* g() { const x = yield* h(); return x } function* h() { const y = yield 1; return y + 1 } const i = g(); i.next(); [i.next(4), i.next()]',
    'function* g() { yield* h() } function* h() { yield 1; throw 8 } const i = g(); i.next(); try { i.next() } catch (e) { log(e) }',
    'function* g() { yield* [1, 2] } const i = g(); i.next(); i.return(3)',
    'function* g() { return 1 } [...g()]',
    'function* g() { for (const x of [1, 2]) { yield x; if (x) return x } } const i = g(); [i.next(), i.next(), i.next()]',
    'function* g() { for (const x of h()) yield x } function* h() { try { yield 1 } finally { log("h closed") } } const i = g(); i.next(); i.return(5)',
    'const o = { *g() { yield yield 1 } }; const i = o.g(); [i.next(), i.next(5), i.next()]',
    'function* g() { yield\n1 } [...g()]',
    'function* g() { const f = function* () { yield 1 }; yield* f(); yield () => 1 } [...g()].length',
    'function* g() { [a = yield 1] = [] ; return a } var a; const i = g(); [i.next(), i.next(5)]',
    'function* g(x) { yield(x); yield[x]; yield"s"; yield/re/.source } [...g(1)]',
  ]) {
    it(program, () => same(program));
  }
});

describe('async generators', () => {
  for (const body of [
    'yield 1; yield await 2',
    'yield Promise.resolve(3)',
    'yield Promise.reject(3)',
    'try { yield Promise.reject(3) } catch (e) { yield e }',
    'try { yield 1 } finally { log("f"); await 1 }',
    'return 1',
    'return Promise.resolve(1)',
    'return Promise.reject(1)',
    'try { return Promise.reject(1) } catch (e) { log(e); return 2 }',
    'try { return 1 } finally { log(2) }',
    'return',
    'yield* [1, Promise.resolve(2)]',
    'const a = yield 1; log(a); yield',
    'for await (const x of [1, 2]) { yield x; if (x === 2) return x }',
    'yield 1; throw 2',
  ]) {
    const drivers = {
      all: 'for await (const x of g()) log(x)',
      first: 'for await (const x of g()) { log(x); break }',
      thrown:
        'const i = g(); log(await i.next()); try { log(await i.throw(8)) } catch (e) { log("t", e) } log(await i.next())',
      returned:
        'const i = g(); log(await i.next()); log(await i.return(Promise.resolve(8))); log(await i.next())',
      ticks:
        'const tick = (async () => { for (let n = 0; n < 12; n++) { await 0; log("tick", n) } })(); try { for await (const x of g()) log(x) } finally { await tick }',
    };
    for (const [name, driver] of Object.entries(drivers)) {
      it(`${name}: ${body}`, () =>
        same(
          `async function* g() { ${body} } (async () => { try { ${driver} } catch (e) { log("c", e) } })()`,
        ));
    }
  }
});

describe('classes', () => {
  it('construct', () =>
    same('class A { constructor() { this.a = 1 } } class B extends A { constructor() { super(); this.b = 2 } } JSON.stringify(new B())',
      'enter new B · enter new A · leave new A · leave new B')); // prettier-ignore
  for (const program of [
    'class A { #p = 1; get p() { return this.#p } set p(v) { this.#p = v } static s() { return this.name } } const a = new A(); a.p = 4; [a.p, A.s()]',
    'class A { static { this.x = f(); function f() { return 3 } } } A.x',
    'class A { static { throw 3 } }',
    'class A { static {} f = () => this; g = function () { return 1 } } const a = new A(); [a.f() === a, a.g(), a.g.name]',
    'class A { ["k" + 1]() { return 2 } async m() { return await 1 } *g() { yield 1 } } const a = new A(); [a.k1(), [...a.g()]]',
    'class A { constructor() { return { x: 1 } } } class B extends A { constructor() { return super() } } new B()',
    'class A {} class B extends A { constructor() { for (const x of [1]) { super(); return } } } new B() instanceof A',
    'class B extends Object { constructor() { } } try { new B() } catch (e) { log(e.name) }',
    'class B extends Object { constructor() { return this } } try { new B() } catch (e) { log(e.name) }',
    'class A extends Object { constructor() { try { return } finally { super() } } } new A()',
    'class A extends Object { constructor(r) { super(); try { return r } finally { log(1) } } } [new A() instanceof A, new A({ b: 2 }).b]; new A(1)',
    'class A extends Object { constructor() { for (const x of [1]) return void 0 } } new A()',
    'new (class { constructor() { this.t = new.target.name } })().t',
    'const A = class { static n = this.name }; A.n',
    'function F() { if (!new.target) return new F(); this.x = 1 } F().x',
    'const o = { get a() { return 1 }, set a(v) { log(v) }, async b() {}, "c d"() { return this.a }, [`e`]: () => 1 }; o.a = 2; [o["c d"](), o.e.name, o.b.name]',
  ]) {
    it(program, () => same(program));
  }
});

describe('messages in which V8 spells out an operand', () => {
  const prelude =
    'const o = { p: { q: 1 }, f(...a) { log(a.length, ...a); return this }, g() { return [this === o, arguments.length] } }; let u;';
  for (const code of [
    '(await o).x()', '(await o).p.x(1)', '(await o)()', '(await o)(await 1)', '(await u).x()', '(await o)["p"].x(...[1])', '(await f1()).f(1).x()',
    'const { a } = await u', 'const { a } = (await o).x', 'let { a, b: { c } } = await o', 'const [a] = await o', 'var { p: { q } } = await o, r = q; log(q, r)',
    'try { (await o).x() } catch (e) { log(e.message) }', 'try { const { a } = await u } finally { log(1) }', 'log((await o).f(2, await 3).g())', 'log(await (await o).g(), (await o).f().p.q)',
    'for (let { p } = await o, i = 0; i < 2; i++) log(p.q + i)', 'log((await o)?.x?.(1), (await u)?.x())', '(await o).f(...[4, 5], 6)', '(await o).f(() => 1)', 'const { q = f1() } = await o; log(typeof q)',
    'if (1) for (const x of await []) log(x); else log(0); log(2)', 'a: for (const x of await [1, 2]) { for (;;) { log(x); continue a } }',
    'for (const x of await [1, 2]) if (x) return (await o).g()', 'l: for (const x of (await { p: [1] }).p) { await 1; break l } log((await o).g())',
    '(await Promise.reject(Error("r"))).x()', 'const { a } = await Promise.reject(Error("r"))', 'return (await o).g()', '(await o).p.q.r.s()', '(await o).f(x => x, async () => 1)',
  ]) {
    it(code, () => same(`${prelude} async function f1() { return o } async function f() { ${code} } f().then(log, (e) => log(e.message))`));
    const plain = code.replaceAll('await', 'yield');
    if (!/async|Promise/.test(code)) it(plain, () => same(`${prelude} function f1() { return o } function* f() { ${plain} } const i = f(); let r = i.next(); try { while (!r.done) r = i.next(r.value) } catch (e) { log(e.message) }`));
  } // prettier-ignore
  it('are resumed before what is called', () =>
    same('const o = { f() { return this }, g(a) {} }; async function f() { (await o).f().g(1); const { f } = await o; f() } f()',
      'enter f · suspend f await · resume f await · enter o.f · leave o.f · enter o.g · leave o.g · suspend f await · resume f await · enter o.f · leave o.f · leave f')); // prettier-ignore
  for (const use of ["require('x').y()", "new (require('x').y)()", "const [a] = require('x')", "require('x').y.z()", "const { a: { b } } = require('x')", "require('x')()()", 'require().y()', "require(...['x']).y()"])
    it(use, () => same(`globalThis.require = () => function () {}; (() => { ${use} })()`)); // prettier-ignore
});

describe('sloppy corners', () => {
  for (const program of [
    'function f() { function x() { return 1 } function x() { return 2 } return x() } f()',
    'function f() { var x; function x() {} return typeof x } f()',
    'function f() { var x = 1; function x() {} return typeof x } f()',
    'function f() { if (true) { var x = 1 } function x() {} return typeof x } f()',
    'function f() { function x() { return 1 } { function x() { return 2 } } return x() } f()',
    'function f(a) { function a() {} return [typeof a, typeof arguments[0]] } f(1)',
    'function f(a) { a = 2; return arguments[0] } f(1)',
    'function f(a) { arguments[0] = 2; return a } f(1)',
    'function f() { return typeof g; function g() {} } f()',
    'function f() { { function g() {} } return typeof g } f()',
    'function f() { function arguments() {} return typeof arguments } f()',
    'function f() { function x() { return 1 } eval("var x = 2"); return x } f()',
    'function f(o) { with (o) { return (function () { return a })() } } f({ a: 3 })',
    'with ({ a: 3, m() { return this.a } }) { log(m(), (() => a)()) } function f() { return 1 } f()',
    'function f() { function* x() { yield 1 } function x() { return 2 } return x() } f()',
    'f(); function f() { log("hoisted") } var f2 = f; f2()',
    'function f() { return f.caller === null } f()',
    'function f() { l: function g() { return 1 } return g() } f()',
  ]) {
    it(program, () => same(program));
  }
});

describe('scripts keep their completion value', () => {
  for (const program of [
    '1 + 1', 'var x = 1', '2; var x = 1', '3; function f() {}', 'if (1) 4', 'for (var i = 0; i < 3; i++) i', 'try { throw 5 } catch (e) { e }',
    'try { 6 } finally { 7 }', '', '// only a comment', '"use strict"', '"use strict"\n8', '9; try { throw 1 } catch {}', 'try { throw 1 } catch (e) {}', 'for (var i = 0; i < 2; i++) try { throw 1 } catch ({}) {}',
    '(() => { try { throw 1 } catch (e) { return e } })()', '10\n', 'x = () => 1', '({ a: 1 })',
    '11 // c', 'throw 12', 'l: { 13; break l }', 'switch (1) { case 1: 14 }',
  ]) {
    it(JSON.stringify(program), () => same(program));
  } // prettier-ignore
});

describe('import and require', () => {
  const require =
    'var require = undefined; globalThis.require = (n) => Object.assign(function () { return this === undefined ? n : n + "!" }, { n, f() { return this.n } });';
  const define =
    'globalThis.require = (n) => Object.assign(function () { "use strict"; return this === undefined ? n : n + "!" }, { n, f() { return this.n } });';
  it('is defined', () => expect(require).not.toBe(define));
  for (const use of [
    "require('x').f()",
    "require('x')()",
    "new (require('x'))() && 1",
    "log(1)\nrequire('x').n",
    "var a = 1\nrequire('x').n = 2\nrequire('x').n += 'y'",
    'typeof require',
    "typeof require('x')",
    "require('x')`t`",
    "require('x')?.n",
    "require?.('x').n",
    "`${require('x').n}`",
    "(function (require) { return require('y') })(String)",
    "if (1) require('x'); else require('y')",
    "(() => require('x').n)()",
    "delete require('x').n",
    "[...require('x').n]",
    "class A extends require('x') {} A.name",
    "require('a'), require('b').n",
    "require('a') ? require('b').n : 0",
  ]) {
    it(use, () => same(`${define}\n${use}`));
  }
});
