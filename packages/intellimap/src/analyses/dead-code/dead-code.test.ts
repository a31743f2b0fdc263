/** Code that no run executed: what the text says of it, and what hangs together. */
import { describe, expect, test } from 'vitest';
import { graphOf, ran, type Texts } from '../fixtures/graph.ts';
import { deadCode } from './classify.ts';
import { groupsOf } from './groups.ts';

/** `name: reason` of all that never ran, `a.js` being the program and loaded with what it loads. */
function reasons(
  texts: Texts,
  executed: string[] = [],
  options: { isPrivate?: boolean; loaded?: string[]; changed?: string[] } = {},
) {
  const graph = graphOf(texts, { 'a.js': 'main of package.json', 'a.test.js': 'test' }, options.isPrivate);
  const dead = deadCode(graph, ran(graph, options.loaded ?? Object.keys(texts), executed, options));
  return [
    ...dead.functions.map(({ row, reason }) => `${row.name}: ${reason}`),
    ...dead.files.map(({ row, reason }) => `${row.path}: ${reason}`),
  ];
}

describe('what the text says', () => {
  test.each<[string, Texts, string[], string[]]>([
    ['nobody refers to it', { 'a.js': 'function f() {} function g() {} f();' }, ['f'], ['g: unreferenced']],
    [
      'live code refers to it, and did not come by',
      { 'a.js': 'function f(x) { if (x) fail(); } function fail() { tell(); } function tell() {} f();' },
      ['f'],
      ['fail: uncalled', 'tell: uncalled'],
    ],
    [
      'only dead code refers to it',
      { 'a.js': 'function f() { g(); } function g() {}' },
      [],
      ['f: unreferenced', 'g: unreferenced'],
    ],
    [
      'an export that nobody imports',
      { 'a.js': `import { f } from './b.js'; f();`, 'b.js': 'export function f() {} export function g() {}' },
      ['f'],
      ['g: unreferenced'],
    ],
    [
      'through a barrel',
      {
        'a.js': `import { f } from './c.js'; f();`,
        'c.js': `export * from './b.js';`,
        'b.js': 'export function f() {} export function g() {}',
      },
      [],
      ['f: uncalled', 'g: unreferenced'],
    ],
    [
      'a method that nobody names',
      { 'a.js': 'class A { m() {} n() {} } new A().m();' },
      ['A.m'],
      ['A.n: unnamed'],
    ],
    [
      'a method that somebody names',
      {
        'a.js':
          'class A { m() { } n() {} } const x = f(); function f() { return new A(); } if (x.y) x.n(); x.m();',
      },
      ['f', 'A.m'],
      ['A.n: uncalled'],
    ],
    [
      'a private method',
      { 'a.js': 'class A { m() {} #n() {} } new A().m();' },
      ['A.m'],
      ['A.#n: unreferenced'],
    ],
    [
      'members by computed names',
      { 'a.js': 'const o = { a() {}, b() {} }; export const run = (n) => o[n](); run("a");' },
      ['run', 'o.a'],
      ['o.b: dynamic'],
    ],
    [
      'methods by computed names of this',
      { 'a.js': 'class A { go(n) { this["on" + n](); } onA() {} onB() {} } new A().go("A");' },
      ['A.go', 'A.onA'],
      ['A.onB: dynamic'],
    ],
    [
      'all values of an object',
      { 'a.js': 'const o = { a() {} }; function f(x) { if (x) Object.values(o).map((g) => g()); } f();' },
      ['f'],
      ['o.a: dynamic', 'Object.values.map callback: uncalled'],
    ],
    [
      'a listener',
      { 'a.js': `import { bus } from 'lib'; bus.on('x', f); function f() {}` },
      [],
      ['f: uncalled'],
    ],
    [
      'a class of a package extended',
      { 'a.js': `import { Base } from 'lib'; class A extends Base { hook() {} } new A();` },
      [],
      ['A.hook: dynamic'],
    ],
    [
      'only a test refers to it',
      { 'a.js': 'export function f() {}', 'a.test.js': `import { f } from './a.js'; if (0) f();` },
      [],
      ['f: tests'],
    ],
    [
      'implicit calls',
      { 'a.js': 'class A { toJSON() {} [Symbol.iterator]() {} } new A();' },
      [],
      ['A.toJSON: uncalled', 'A[Symbol.iterator]: uncalled'],
    ],
  ])('%s', (_, texts, executed, expected) => {
    expect(reasons(texts, executed)).toEqual(expected);
  });

  test('what is given back to a package is open to it', () => {
    const text = `
import { Db } from 'db';
class Driver { query() {} open() { return { close() {} }; } }
class Other { spare() {} }
new Db({ driver: () => new Driver(), other() { const o = new Other(); } });`;
    expect(reasons({ 'a.js': text }, ['new Db callback.driver', 'new Db callback.other'])).toEqual([
      'Driver.query: dynamic', 'Driver.open: dynamic', 'Driver.open result.close: dynamic', 'Other.spare: unnamed',
    ]); // prettier-ignore
  });

  test.each<[string, string, string]>([
    ['another name of it', 'function f(o) { const any = o; any.a = () => 1; }', 'any.a: uncalled'],
    ['what a call gave', 'function f(g) { const o = g(); o.a = () => 1; }', 'o.a: uncalled'],
    [
      'made by the host',
      `function f() { const o = new BroadcastChannel('x'); o.a = () => 1; }`,
      'o.a: uncalled',
    ],
    ['one of two', 'function f(o) { const p = o || {}; p.a = () => 1; }', 'p.a: uncalled'],
    ['given later', 'function f(o) { let p = {}; p.a = () => 1; p = o; }', 'p.a: uncalled'],
    ['a function by its name', 'function f(o) { const p = o; p.a = g; } function g() {}', 'g: uncalled'],
    ['a prototype', 'function f(o) { const p = o; p.prototype.a = () => 1; }', 'p.a: uncalled'],
    [
      'a whole prototype',
      'function f(o) { const p = o; p.prototype = { a() {} }; o.a; }',
      'p.prototype.a: uncalled',
    ],
    ['made here, and nobody has it', 'function f() { const o = {}; o.a = () => 1; }', 'o.a: unreferenced'],
  ])('what hangs on an object: %s', (_, text, expected) => {
    expect(reasons({ 'a.js': `${text} f();` }, ['f'])).toEqual([expected]);
  });

  test('what a namespace exports counts as used', () => {
    const text = 'namespace N { export const f = () => 1; function g() {} } N.f();';
    expect(reasons({ 'a.ts': text }, [])).toEqual(['f: uncalled', 'g: unreferenced']);
  });

  test('what only an unnamed method needs is no surer than that', () => {
    const text = 'class A { m() {} n() { return f(() => 1); } } function f() {} new A().m();';
    expect(reasons({ 'a.js': text }, ['A.m'])).toEqual([
      'A.n: unnamed',
      'A.n result (f callback): unnamed',
      'f: unnamed',
    ]);
  });

  test('a member of what a package exports is none of ours', () => {
    const text = `import app from 'web'; class A { use() {} m() {} } app.use(); new A().m();`;
    expect(reasons({ 'a.js': text }, ['A.m'])).toEqual(['A.use: unnamed']);
  });

  test('users of a published package may call its exports, those of a private one are known', () => {
    const texts = { 'a.js': 'export function f() {}' };
    expect(reasons(texts, [], { isPrivate: false })).toEqual(['f: public']);
    expect(reasons(texts, [], { isPrivate: true })).toEqual(['f: unreferenced']);
  });

  test('files that were never loaded are one finding each, but for what nothing in them can reach', () => {
    const texts = {
      'a.js': `if (process.argv[2]) import('./later.js'); const path = './worker.js';`,
      'later.js': 'later(); function later() {} export function old() {}',
      'worker.js': 'work(); function work() {}',
      'dead.js': `import './deader.js'; export function f() {}`,
      'deader.js': '',
    };
    expect(reasons(texts, [], { loaded: ['a.js'] })).toEqual([
      'old: unreferenced', 'later.js: uncalled', 'worker.js: dynamic', 'dead.js: unreferenced', 'deader.js: unreferenced',
    ]); // prettier-ignore
  });

  test('what changed since it could have been seen is not spoken of', () => {
    const graph = graphOf({ 'a.js': 'function f() {} function g() {}' }, {});
    const dead = deadCode(graph, ran(graph, ['a.js'], [], { changed: ['f'] }));
    expect(dead.functions.map(({ row }) => row.name)).toEqual(['g']);
    expect(dead.unknown).toBe(1);
  });
});

test('what hangs together is one group', () => {
  const graph = graphOf({
    'a.js': `
function root() { helper(); return () => 1; }
function helper() { new Tool().use(); }
class Tool { use() {} spare() {} }
function even(n) { return odd(n); }
function odd(n) { return even(n); }
function alone() {}`,
  });
  const dead = deadCode(graph, ran(graph, ['a.js'], []));
  expect(groupsOf(dead).map((group) => group.map(({ row }) => row.name).join(' '))).toEqual([
    'root root result helper Tool.use Tool.spare', 'alone', 'even odd',
  ]); // prettier-ignore
});

test('a group is as sure as its first: what is less sure is another one', () => {
  const graph = graphOf(
    {
      'a.js': 'function old() { helper(); } export function helper() {}',
      'a.test.js': `import { helper } from './a.js'; if (0) helper();`,
    },
    { 'a.test.js': 'test' },
  );
  const dead = deadCode(graph, ran(graph, ['a.js', 'a.test.js'], []));
  expect(groupsOf(dead).map(([{ row, reason }]) => `${row.name}: ${reason}`)).toEqual([
    'old: unreferenced',
    'helper: tests',
  ]);
});
