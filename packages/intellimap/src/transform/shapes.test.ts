/** The text that is emitted for each construct: source above, result below. Base is 1, so the module's words are 17/18. */
import { describe, expect, it } from 'vitest';
import type { TransformOptions } from './index.ts';
import { transform } from './index.ts';

function code(source: string, options: Partial<TransformOptions> = {}): string {
  const result = transform(source, {
    path: 'a.ts',
    lang: 'ts',
    goal: 'module',
    tier: 'performance',
    base: 1,
    ...options,
  });
  if (!result.ok) throw new Error(result.reason);
  return result.code;
}

/** Without the module's own probes. */
const body = (source: string, options?: Partial<TransformOptions>): string =>
  code(source, options).replace(/^\$imB\(\);(?:\$im[EFH]\(\d+\);)?|;\$im(?:L\(18\)|X\(18,0\))$/g, '');

describe('functions', () => {
  it('plain', () =>
    expect(body('function f(a) { if (a) return g(a); h() }')).toBe(
      'function f(a) {{var $imk=$imG[2]?$imO(33):$imE(33),$imv}try{ if (a) return $imv= g(a),$imk&=-2,$imv; h() ;$imk&=-2}finally{$imk&&$imL($imk)}}',
    ));
  it('returns that cannot throw', () =>
    expect(body('function f(a) { if (a) return; if (a.b) return 1; return () => 2; }')).toBe(
      'function f(a) {{var $imk=$imG[2]?$imO(33):$imE(33)}try{ if (a) {$imk&=-2;return;} if (a.b) return $imk&=-2, 1; return $imk&=-2, () => {{$imG[3]?$imO(50):$imA(49)}return 2}; }finally{$imk&&$imL($imk)}}',
    ));
  it('nothing to try', () =>
    expect(body('const a = () => {}, b = () => 1; function c() { return "x" }')).toBe(
      'const a = () => {{$imG[2]?$imO(34):$imA(33)}}, b = () => {{$imG[3]?$imO(50):$imA(49)}return 1}; function c() {{$imG[4]?$imO(66):$imA(65)} return "x" }',
    ));
  it('labelled, when closing an iterator may still fail', () =>
    expect(body('function f(a) { for (const x of a) return x }')).toBe(
      'function f(a) {{var $imk=$imG[2]?$imO(33):$imE(33),$imv}try{$imb:{ for (const x of a) {/*return*/$imv= x;break $imb} ;$imv=void 0}$imk&=-2;return $imv}finally{$imk&&$imL($imk)}}',
    ));
  it('labelled without a result, when only a disposal may still fail', () =>
    expect(body('class A { static { using a = b } }')).toBe(
      'class A { static {{var $imk=$imG[2]?$imO(33):$imE(33)}try{$imb:{ using a = b ;}$imk&=-2}finally{$imk&&$imL($imk)}} }',
    ));
  it('caught, when a derived constructor returns before something else runs', () =>
    expect(body('class A extends B { constructor() { try { return } finally { super() } } }')).toBe(
      'class A extends B { constructor() {{var $imk=-2&($imG[2]?$imO(33):$imE(33))}try{ try { return } finally { super() } }catch($ime){$imk&&($imk|=1);throw $ime}finally{if($imk&&!($imk&1))try{this}catch($ime){$imk|=1}$imk&&$imL($imk)}} }',
    ));
  it('with a look at `this`, when a derived constructor may end without `super`', () => {
    const looks = 'if($imk&&!($imk&1))try{this}catch($ime){$imk|=1}';
    const of = (code: string) => body(`class A extends B { constructor(a) { ${code} } }`);
    expect(of('if (a) super();')).toContain(looks);
    expect(of('if (a) return; super();')).toContain(looks);
    expect(of('super(); return a;')).toContain(looks.replace('1))try', '1)&&$imv===void 0)try'));
    for (const code of [
      'super(a); this.a = a;',
      'const b = a; super(b);',
      'super(); if (a) return;',
      'try { return a() } finally { super() }',
    ])
      expect(of(code)).not.toContain('try{this}');
  });
  it('open, when a try would change what names mean', () =>
    expect(body('function f(a) { var g; function g() {} return a() }', { goal: 'commonjs' })).toBe(
      'function f(a) {{var $imk=$imG[2]?$imO(33):$imE(33),$imv} var g; function g() {{$imG[3]?$imO(50):$imA(49)}} return $imv= a(),$imk&&$imL($imk&-2),$imv }',
    ));
  it('open, when a try would make the name of a parameter free again', () => {
    expect(body('async ({ a }, ...b) => { let b; }', { goal: 'commonjs' })).toBe(
      'async ({ a }, ...b) => {{var $imf=$imG[2]?$imO(36):$imF(36)} let b; $imX(37,$imf)}',
    );
    expect(body('function f(a = 1) { class a {} }', { goal: 'commonjs' })).toBe(
      'function f(a = 1) {{var $imk=$imG[2]?$imO(33):$imE(33)} class a {} ;$imk&&$imL($imk&-2)}',
    );
  });
  it('open, when a try would hide a syntax error from older V8s', () =>
    expect(
      body('class A { static { let a; class b {} { var b } } static { let c; var d } }', {
        goal: 'commonjs',
      }),
    ).toBe(
      'class A { static {{var $imk=$imG[2]?$imO(33):$imE(33)} let a; class b {} { var b } ;$imk&&$imL($imk&-2)} static {{var $imk=$imG[3]?$imO(49):$imE(49)}try{ let c; var d ;$imk&=-2}finally{$imk&&$imL($imk)}} }',
    ));
  it('constructors whose super() TypeScript must find', () =>
    expect(body('class A extends B { constructor(private x: number) { super(); } }')).toBe(
      'class A extends B { constructor(private x: number) {{var $imk=$imG[2]?$imO(33):$imE(33)} super(); $imk&&$imL($imk&-2)} }',
    ));
  it('directives first', () =>
    expect(body("function f() { 'use strict'\n g() }")).toBe(
      "function f() { 'use strict';{var $imk=$imG[2]?$imO(33):$imE(33)}try{\n g() ;$imk&=-2}finally{$imk&&$imL($imk)}}",
    ));
});

describe('frames', () => {
  it('await', () =>
    expect(body('async function f(x) { await(x) }')).toBe(
      'async function f(x) {{var $imf=$imG[2]?$imO(36):$imF(36)}{var $imk=38}try{ $imR(56,$imf,await $imS(55,$imf,(x))) ;$imk=37}finally{$imX($imk,$imf)}}',
    ));
  it('await that V8 spells out in messages', () => {
    const async = (source: string): string =>
      body(`async () => { ${source} }`).replace(/^.*try\{ (.*) ;?\$imk=37\}.*$/, '$1');
    expect(async('(await a).b(c);')).toBe('(await $imS(55,$imf,a)).b(($imM(56,$imf),c));');
    expect(async('((await a)! as b).b(c);')).toBe('((await $imS(55,$imf,a))! as b).b(($imM(56,$imf),c));');
    expect(async('(await a)(...c);')).toBe('(await $imS(55,$imf,a))(...($imM(56,$imf),c));');
    expect(async('(await a).b.c();')).toBe('(await $imS(55,$imf,a)).b.c(...$imM(56,$imf)||[]);');
    expect(async('const { b } = await a, c = 1;')).toBe(
      'const { b } = await $imS(55,$imf,a),$imw3=$imM(56,$imf), c = 1;',
    );
    expect(async('const { b = c() } = await a;')).toBe(
      'const { b = c() } = $imR(56,$imf,await $imS(55,$imf,a));',
    );
    expect(async('(await a)?.b();')).toBe('($imR(56,$imf,await $imS(55,$imf,a)))?.b();');
    expect(body('export const { b } = await a')).toContain('export const { b } = $imR(');
  });
  it('yield in a plain generator', () =>
    expect(body('function* f(x) { yield x; yield }')).toBe(
      'function* f(x) {{var $imf=$imG[2]?$imO(36):$imF(36)}{var $imk=38}try{ {/*yield*/const $imy=(0, x);try{$imR(56,$imf,yield $imS(55,$imf,$imy,$imk=37),$imk=38)}catch($ime){$imM(8,$imf);$imk=38;throw $ime};} {/*yield*/try{$imR(72,$imf,yield $imS(71,$imf,void 0,$imk=37),$imk=38)}catch($ime){$imM(8,$imf);$imk=38;throw $ime}} ;$imk=37}finally{$imX($imk,$imf)}}',
    ));
  it('yield that may be answered', () =>
    expect(body('function* f(x) { return yield* x }')).toBe(
      'function* f(x) {{var $imf=$imG[2]?$imO(36):$imF(36)}{var $imk=37}try{ return $imR(56,$imf,yield* $imD(55,$imf,x)) }catch($ime){$imk=38;throw $ime}finally{$imX($imk,$imf)}}',
    ));
  it('for await', () =>
    expect(body('a: for await (const x of y) f(x)')).toBe(
      'var $imf=$imG[1]?$imO(20):$imF(20);' +
        'try{$imM(39,$imf);a: for await (const x of y) {$imM(40,$imf);try{f(x)}finally{$imM(39,$imf)}}}finally{$imM(8,$imf)};$imX(21,$imf)',
    ));
  it('for await over a call', () =>
    expect(body('for await (const x of y()) f(x)')).toContain('for await (const x of $imD(39,$imf,y())) {'));
  it('clauses that a rejection lands in', () =>
    expect(body('async () => { try { await a } catch (e) { b } finally { c } }')).toContain(
      '} catch (e) {$imM(8,$imf);$imC(74,e); b } finally {$imM(8,$imf); c }',
    ));
});

describe('errors and imports', () => {
  it('throw and catch', () =>
    expect(body('try { throw a, b } catch { throw(c) }')).toBe(
      'try { throw $imT(41,(a, b)) } catch ($ime){$imC(58,$ime); throw $imT(73,(c)) }',
    ));
  it('destructured catch', () =>
    expect(body('try {} catch ({ m }) {}')).toBe('try {} catch ({ m }) {$imC(42);}'));
  it('import()', () =>
    expect(body("x\nimport('a').then(f); y = import('b')")).toBe(
      "x\n$imE(43),import('a').then(f); y = ($imE(59),import('b'))",
    ));
  it('require', () =>
    expect(
      body("const a = require('a').b; new (require('c'))(); require.resolve('d'); new require('e')", {
        goal: 'commonjs',
      }),
    ).toBe(
      "const a = ($imE(43),require('a')).b; new (require(($imE(59),'c')))(); require.resolve('d'); new require('e')",
    ));
  it('createRequire is another require', () =>
    expect(body("const require = createRequire(u); require('a')")).toBe(
      "const require = createRequire(u); require('a')",
    ));
});

describe('modules', () => {
  it('begin after directives, a hashbang and a byte order mark, and end after the last statement', () => {
    expect(code("'use client'\nimport 'a'\nb // c\n")).toBe(
      "'use client';$imB();$imE(17);\nimport 'a'\nb;$imL(18) // c\n",
    );
    expect(code('#!/usr/bin/env node\na()')).toBe('#!/usr/bin/env node\n$imB();$imE(17);a();$imL(18)');
    expect(code('#!node\r\na()')).toBe('#!node\r\n$imB();$imE(17);a();$imL(18)');
    expect(code('#!node')).toBe('#!node$imB();$imE(17);$imL(18);');
    expect(code(' /* a */ --> b\na()', { goal: 'commonjs', lang: 'js' })).toBe(
      ' /* a */ --> b\n$imB();$imE(17);a();$imL(18)',
    );
    expect(code('\ufeffa()')).toBe('\ufeff$imB();$imE(17);a();$imL(18)');
    expect(code('')).toBe('$imB();$imE(17);$imL(18);');
  });
  it('CommonJS may return', () =>
    expect(code('if (a) return b; c()', { goal: 'commonjs' })).toBe(
      '$imB();$imE(17);var $imv;if (a) return $imv= b,$imL(18),$imv; c();$imL(18)',
    ));
  it('scripts keep their value', () =>
    expect(code('1', { goal: 'script' })).toBe(
      '{let $imv=$imB()};{let $imv=$imE(17)};1;{let $imv=$imL(18)}',
    ));
  it('in the function of a host', () => {
    const wrapper = '({"Object.<anonymous>":function(module,exports,require){';
    const text = `${wrapper}return require("a")\n}});`;
    const result = transform(text, {
      path: 'a.js',
      lang: 'js',
      goal: 'script',
      tier: 'performance',
      base: 1,
      wrapper: wrapper.length,
    });
    expect(result.ok && result.code).toBe(
      `${wrapper}$imB();var $imk=$imG[1]?$imO(17):$imE(17),$imv;try{return $imv= ($imE(43),require("a")),$imk&=-2,$imv\n}finally{$imk&&$imL($imk)}}});`,
    );
    expect(result.ok && result.table.sites.map((s) => [s.kind, s.line, s.column, s.parent])).toEqual([
      ['module', 1, 0, -1],
      ['require', 1, 7, 0],
    ]);
    expect(result.ok && result.table.lines).toBe(1);
  });
  it('in the function of vitest', () => {
    const wrapper = "'use strict';async (__vi_import__) => {{";
    const text = `${wrapper}await 1\nfunction a() {}\n}}`;
    const result = transform(text, {
      path: 'a.js',
      lang: 'js',
      goal: 'script',
      tier: 'performance',
      base: 1,
      wrapper: wrapper.length,
    });
    expect(result.ok && result.code).toContain(
      '=> {$imB();var $imf=$imG[1]?$imO(20):$imF(20);var $imk=22;try{{$imR(40,$imf,await',
    );
    expect(result.ok && result.table.sites[0]).toMatchObject({
      kind: 'module',
      flags: 'a',
      line: 1,
      column: 0,
    });
  });
});

describe('a plan', () => {
  const planned = (
    source: string,
    keep: 'count' | 'nothing' | 'state' | 'values',
    options: Partial<TransformOptions> = {},
  ): string => body(source, { ...options, plan: { 'ts:a.ts#f': { keep, perSecond: 1e7 } } });
  it('has calls counted', () => {
    expect(planned('function f(a) { return g(a) }', 'count')).toBe('function f(a) {{$imH(2)} return g(a) }');
    expect(planned('const f = (a) => g(a)', 'count')).toBe('const f = (a) => ($imH(2),g(a))');
  });
  it('leaves calls out', () => {
    expect(planned('function f(a) { return g(a) }', 'nothing')).toBe('function f(a) { return g(a) }');
    expect(planned('const f = (a) => g(a)', 'nothing')).toBe('const f = (a) => g(a)');
    expect(planned('function f(a) { return g(a) }', 'nothing', { tier: 'minimal' })).toBe(
      'function f(a) { return g(a) }',
    );
  });
  it('is for nobody else', () =>
    expect(planned('function f() { try { return () => 1 } catch (e) { throw e } }', 'nothing')).toBe(
      'function f() { try { return () => {{$imG[3]?$imO(50):$imA(49)}return 1} } catch (e) {$imC(74,e); throw $imT(89,e) } }',
    ));
  it('gives way to who asks for values', () => {
    const values = { full: ['^f$'], state: [] };
    const source = 'function f(a) { return g(a) }';
    expect(planned(source, 'nothing', { values })).toBe(body(source, { values }));
  });
  it('has values told, by id, as if somebody had asked by name', () => {
    const source = 'function f(a) { a.b = 1; return g(a) } const h = () => { const f = (x) => g(x) }';
    const [full, state] = [
      body('function f(a) { a.b = 1; return g(a) }', { values: { full: ['^f$'], state: [] } }),
      body('function f(a) { a.b = 1; return g(a) }', { values: { full: [], state: ['^f$'] } }),
    ];
    expect(planned(source, 'values')).toContain(full);
    expect(planned(source, 'state')).toContain(state);
    // Of the other `f` no value is told: it has another id.
    expect(planned(source, 'values').match(/\$imV/g)).toHaveLength(1);
    expect(planned('async function f(a) { return g(a) }', 'values')).toContain('$imV');
  });
  it('is for calls that suspend, too: neither their waits nor what they come back with is told', () => {
    const waits =
      'async function f(a) { for await (const b of a) await b; try { return await a } finally { g() } }';
    expect(planned(waits, 'nothing')).toBe(waits);
    expect(planned(waits, 'count')).toBe(waits.replace('{ for', '{{$imH(2)} for'));
    const yields = 'function* f(a) { yield a; const b = yield* a; const { c } = yield b; (yield c).d() }';
    expect(planned(yields, 'nothing')).toBe(yields);
    const both = 'async function* f(a) { yield a; return a }';
    expect(planned(both, 'nothing')).toBe(both);
    const inside = 'async function f(a) { return async () => { await a } }';
    expect(planned(inside, 'nothing')).toContain('$imS(');
  });
});

describe('tier minimal', () => {
  const minimal = (source: string): string => body(source, { tier: 'minimal' });
  it('counts', () => {
    expect(minimal('function f() { return 1 }')).toBe('function f() {{$imH(2)} return 1 }');
    expect(minimal('const f = async x => ({ x })')).toBe('const f = async x => ($imH(2),({ x }))');
    expect(minimal('const f = x => y => x')).toBe('const f = x => ($imH(2),y => ($imH(3),x))');
    expect(minimal('f(async () => { await a; throw b })')).toBe(
      'f(async () => {{$imH(2)} await a; throw $imT(73,b) })',
    );
    expect(minimal("import('a')")).toBe("$imH(2),import('a')");
  });
  it('has the same sites', () => {
    const source =
      'async function f() { for await (const a of b) yield_(await a); try { throw 1 } catch {} }';
    const table = (tier: 'minimal' | 'performance'): unknown => {
      const result = transform(source, { path: 'a.js', lang: 'js', goal: 'module', tier, base: 5 });
      return result.ok && result.table;
    };
    expect(table('minimal')).toEqual(table('performance'));
  });
});

describe('tier edges', () => {
  const edges = (source: string): string => body(source, { tier: 'edges', goal: 'commonjs', lang: 'js' });
  it('has the text of performance', () => {
    for (const source of [
      'function f(a) { if (a) return g(a); h() }',
      'const a = () => {}, b = (c) => c()',
      'function* g() { yield 1; const a = yield* b }',
      'class A extends B { constructor() { try { return } finally { super() } } }',
    ])
      expect(edges(source)).toBe(body(source, { goal: 'commonjs', lang: 'js' }));
  });
  it('but says which frames go on alone, who catches, and what is a module', () => {
    expect(edges('async function f() { await a }')).toContain('$imF(36,1)');
    expect(edges('function f() { try { a() } catch (e) { b() } }')).toContain('{$imC(58,e,$imk&&33); b()');
    expect(edges('function f() { try { a() } catch { b() } }')).toContain('{$imC(58,$ime,$imk&&33); b()');
    expect(edges('function f() { try { a() } catch ({ b }) { b() } }')).toContain(
      '{$imC(58,void 0,$imk&&33); b()',
    );
    expect(edges('async function f() { try { a() } catch (e) { b() } }')).toContain(
      '{$imC(58,e,$imf&&33); b()',
    );
    expect(edges("require('a')")).toContain("$imH(2),require('a')");
    expect(code('a()', { tier: 'edges' })).toBe('$imB();$imF(17);a();$imX(18,0)');
    expect(code('try { a() } catch (e) { b() }', { tier: 'edges' })).toContain('{$imC(42,e); b()');
  });
});

describe('left alone', () => {
  const alone = (source: string): void => expect(body(source, { goal: 'commonjs', lang: 'js' })).toBe(source);
  it('asm.js, with, serialised and ignored functions', () => {
    alone('function f() { "use asm"; return {} }');
    alone('function f(o) { with (o) { return () => a } }');
    alone('page.evaluate(() => document.title, 1)');
    alone('with (o) { f(() => a) }');
    alone("jest.mock('a', () => ({ b: () => 1 }))");
    alone('/* intellimap-ignore */ function f() { return () => 2 }');
    alone('/* intellimap-ignore */\nexports.a = 1; exports.b = /* intellimap-ignore */ () => c()');
    alone('class A { /* intellimap-ignore */ m() { return n() } }');
  });
  it('the body of a `with` only, at the top level', () => {
    expect(body('function f() {} with (g()) { h(() => a) } throw b', { goal: 'commonjs', lang: 'js' })).toBe(
      'function f() {{$imG[2]?$imO(34):$imA(33)}} with (g()) { h(() => a) } throw $imT(73,b)',
    );
  });
  it('types', () => {
    const source =
      'declare function a(): void; enum E { A = 1 } abstract class B { abstract m(): void; n?: () => void; declare o: string } interface I { m(): void } declare namespace N { function f(): void }';
    expect(body(source)).toBe(source);
  });
  it('whole files, with a reason', () => {
    const reason = (source: string): unknown => {
      const result = transform(source, {
        path: 'a.js',
        lang: 'js',
        goal: 'module',
        tier: 'performance',
        base: 1,
      });
      return result.ok || result.reason;
    };
    expect(reason('// intellimap-ignore-file\nf()')).toBe('ignored by comment');
    expect(reason('let $imk')).toMatch(/\$im/);
    expect(reason('let $implicit, $imy')).toBe(true);
    expect(reason('let a;\nlet = ;')).toMatch(/\(2:\d+\)$/);
    expect(reason(`${'('.repeat(60000)}1${')'.repeat(60000)}`)).toMatch(/^nested too deeply/);
    expect(reason(`a = '${'('.repeat(60000)}'`)).toBe(true);
    expect(reason(`a = 1${' + a'.repeat(5000)}`)).toBe(true);
  });
});

describe('texts that V8 refuses', () => {
  const refusal = (source: string, lang: TransformOptions['lang'] = 'js'): string | undefined => {
    const result = transform(source, { path: 'a.js', lang, goal: 'commonjs', tier: 'performance', base: 1 });
    return result.ok ? undefined : result.reason;
  };
  it.each(['let a; let a;', 'function f(a) { let a }', 'break;', 'class A { m() { this.#b } }'])(
    '%s',
    (text) => expect(refusal(text)).toMatch(/\(1:\d+\)$/),
  );
  it('but not what it takes', () => {
    expect(refusal('var a; var a; function f(a) { var a; { let a } } function f() {} return;')).toBe(
      undefined,
    );
    expect(
      refusal('function f(a: string): void; function f(a: any) {} interface B {} class B {}', 'ts'),
    ).toBe(undefined);
  });
});
