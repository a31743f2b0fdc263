/** What is inserted where values are wanted, and what it tells. The plain program's behaviour is compared each time. */
import { describe, expect, it } from 'vitest';
import { ALL_VALUES, compare, valuesTold } from './fixtures/recorder.ts';
import { transform, type ValueNames } from './index.ts';

const FULL: ValueNames = ALL_VALUES;
const STATE: ValueNames = { full: [], state: [''] };

async function values(program: string, wanted = FULL): Promise<string[]> {
  const { plain, traced, values: seen, table, code } = await compare(program, { values: wanted });
  expect(traced, code).toEqual(plain);
  return valuesTold(seen, table);
}

const lines = (text: string): string[] =>
  text
    .split(/[\n·]/)
    .map((l) => l.trim())
    .filter(Boolean);

const tells = async (program: string, text: string, wanted = FULL): Promise<void> =>
  expect(await values(program, wanted)).toEqual(lines(text));

function code(source: string, wanted?: ValueNames): string {
  const result = transform(source, {
    path: 'a.js',
    lang: 'js',
    goal: 'module',
    tier: 'performance',
    base: 1,
    ...(wanted && { values: wanted }),
  });
  if (!result.ok) throw new Error(result.reason);
  return result.code.replace(/^\$imB\(\);(?:\$im[EH]\(\d+\);)?|;\$imL\(18\)$/g, '');
}

describe('text', () => {
  it('of a function whose values are wanted', () =>
    expect(code('function f(a, { b }) { this.x = a; return g(b); }', FULL)).toBe(
      'function f(a, { b }) {{var $imk=$imG[2]?$imO(33):$imE(33),$imv,$imu}try{{$imk&&($imu=$imV(47,"0a,1b",this,a,b))} ' +
        '$imU(63,$imu,3,"this.x",this.x = a); return $imv=$imU(47,$imu,1,"f", g(b)),$imk&=-2,$imv; }finally{$imk&&$imL($imk)}}',
    ));
  it('of an async arrow', () =>
    expect(code('const f = async (a) => a', FULL)).toBe(
      'const f = async (a) => {{var $imf=$imG[2]?$imO(36):$imF(36)}{var $imk=38,$imv,$imu}try{{$imf&&($imu=$imV(47,"0a",void 0,a))}return ' +
        '$imv=$imU(47,$imu,1,"f",a),$imk=37,$imv}finally{$imX($imk,$imf)}}',
    ));
  it('of state only: neither arguments nor results', () =>
    expect(code('function f(a) { this.x = a; return a; }', STATE)).toBe(
      'function f(a) {{var $imk=$imG[2]?$imO(33):$imE(33),$imv,$imu}try{{$imk&&($imu=$imV(47))} ' +
        '$imU(63,$imu,3,"this.x",this.x = a); return $imv= a,$imk&=-2,$imv; }finally{$imk&&$imL($imk)}}',
    ));
  it('of other functions is what it is without', () => {
    const source = 'function f(a) { this.x = a; return a; } class A { f() { throw 1 } }';
    expect(code(source, { full: ['^g$'], state: [] })).toBe(code(source));
    expect(code(source, { full: ['^f$'], state: [] })).not.toBe(code(source));
  });
});

describe('arguments', () => {
  it('by name', () => tells('function f(a, b) {} f(1, "x")', 'f(a: 1, b: "x")'));
  it('with defaults applied', () => tells('function f(a, b = a + 1) {} f(1)', 'f(a: 1, b: 2)'));
  it('taken apart, by where they come from', () =>
    tells(
      'function f({ user: { name: n = "?" }, ["k"]: k, ...more }, [a, , b], ...rest) {} f({ user: {}, k: 1, z: 2 }, [3, 4, 5], 6, 7)',
      'f(user.name: "?", k: 1, ...more: {"z":2}, a: 3, b: 5, ...rest: [6,7])',
    ));
  it('of arrows, methods, setters, generators', () =>
    tells(
      'const o = { m(a) {}, set s(b) {}, *g(c) {} }; const h = (d) => d; o.m(1); o.s = 2; [...o.g(3)]; h(4)',
      'o.m(a: 1) · set o.s(b: 2) · o.g(c: 3) · h(d: 4) · h → 4',
    ));
  it('by the name of the function, too, where that may be a secret’s', () =>
    tells('const o = { set password(v) {} }; function setKey(a, { b }) {} o.password = 1; setKey(2, { b: 3 })',
      'set o.password(password.v: 1) · setKey(setKey.a: 2, setKey.b: 3)')); // prettier-ignore
  it('are those at the beginning', () =>
    tells('function f(a) { a = 5; arguments[0] = 6; log(a) } f(1)', 'f(a: 1) · f . arguments[0] 6'));
  it('leave sloppy `arguments` tied to its parameters', () =>
    tells(
      'function f(a) { arguments[0] = 9; return a } log(f(1), f.length)',
      'f(a: 1) · f . arguments[0] 9 · f → 9',
    ));
  it('whose place a function or a later parameter takes are not told', () =>
    tells('function f(a, b, b) { function a() {} } f(1, 2, 3)', 'f(b: 3)'));
  it('not `this` of derived constructors, which is not there yet', () =>
    tells(
      'class A {} class B extends A { constructor(x) { super(); this.x = x } } log(new B(3).x)',
      'new B(x: 3) · new B . this.x 3',
    ));
});

describe('results', () => {
  it('in every spelling', () =>
    tells(
      'const g = () => (1, 2), h = () => ({ a: 1 }), i = function () { return\n3 }; function j(x) { if (x) return 4; else return } g(); h(); i(); j(1); j(0)',
      'g() · g → 2 · h() · h → {"a":1} · i() · j(x: 1) · j → 4 · j(x: 0)',
    ));
  it('functions and classes that pass through get no name from us', () =>
    tells('function f() { return class {} } function g() { return () => {} } log(f().name, g().name)',
      'f() · f → [function ] · g() · g → [function ]')); // prettier-ignore
  it('of async functions, what is returned', () =>
    tells('async function f() { return await 7 } f()', 'f() · f → 7'));
  it('of generators that may be answered with throw()', () =>
    tells(
      'function* g() { const x = yield 1; return x * 2 } const it = g(); it.next(); it.next(4)',
      'g() · g → 8',
    ));
  it('a `finally` has the last word', () =>
    tells('function f() { try { return 1 } finally { return 2 } } log(f())', 'f() · f → 1 · f → 2'));
  it('nothing after an operand that throws', () => tells('function f() { return null.x } f()', 'f()'));
});

describe('thrown values', () => {
  it('operands of throw', () =>
    tells('function f(a) { throw { a } } try { f(1) } catch {}', 'f(a: 1) · f throw {"a":1}'));
});

describe('writes', () => {
  it('to properties, after they were made', () =>
    tells('const o = { set a(v) { log("set") }, b: 1 }; function f(k) { o.a = 1; o[k] += 2; o.b++; --o.b; o.c ??= 5; o.c ||= 6 } f("b")',
      'f(k: "b") · set o.a(v: 1) · f . o.a 1 · f . o[k] 3 · f .++ o.b 3 · f . o.b 3 · f . o.c 5')); // prettier-ignore
  it('to variables of others only', () =>
    tells(
      'let n = 0, m; function f(a) { let own = 1; own = 2; a = 3; n = own; m = n++; { var v; v = 1 } } f()',
      'f(a: undefined) · f = n 2 · f =++ n 2 · f = m 2',
    ));
  it('not of those that fail', () =>
    tells('"use strict"; const c = 1, z = Object.freeze({}); function f() { try { c = 2 } catch (e) { log(e.message) } try { z.q = 1 } catch (e) { log(e.message) } } f()',
      'f()')); // prettier-ignore
  it('chains, conditions, sequences', () =>
    tells('let a, b, c; function f(x) { a = b = x; if ((c = x)) x && (a = 9), b = 8; while ((c = 0)); } f(1)',
      'f(x: 1) · f = b 1 · f = a 1 · f = c 1 · f = a 9 · f = b 8 · f = c 0')); // prettier-ignore
  it('keep names of functions', () =>
    tells('let a; const o = {}; function f() { a = () => {}; o.b = function () {}; log(a.name, o.b.name); let q; q ??= class {}; o.d ??= () => {}; log(o.d.name) } f()',
      'f() · f = a [function a] · f . o.b [function ]')); // prettier-ignore
  it('are left out where V8 would spell the probe out', () =>
    tells('let a; function f() { try { (a = {}).b() } catch (e) { log(e.message) } } f()', 'f()'));
  it('in initialisers of fields and in default values are nobody’s', () =>
    tells(
      'let n = 0; function f(a = (n = 1)) { return class { x = (n = 2) } } new (f())()',
      'f(a: 1) · f → [function ]',
    ));
  it('that follow a word', () => tells('let a; function f() { void(a=1); if (0);else/**/a=2; return[a]=[3],a=4 } f()',
    'f() · f = a 1 · f = a 2 · f = a 4 · f → 4')); // prettier-ignore
});
