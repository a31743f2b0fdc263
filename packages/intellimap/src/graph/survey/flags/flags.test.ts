/**
 * Where a text reads flags, as lines: who reads what, how it decides, and where each side leads; `*` marks what only this side leads to.
 * `f: X = "1"? holds a*, fails b*`: f calls a where X is "1", and b otherwise; `~`: the text does not tell for which values.
 */
import { describe, expect, test } from 'vitest';
import type { FlagTarget } from '../../../schema/index.ts';
import { surveyFile } from '../file.ts';

function reads(text: string, path = 'a.js'): string[] {
  const { functions, flagReads, flagSides } = surveyFile(text, path, {
    lang: path.endsWith('.ts') ? 'ts' : 'jsx',
    goal: path.endsWith('.cjs') ? 'commonjs' : 'module',
  });
  const nameOf = (id: string | null) => {
    const row = functions.find(({ ast_node_id }) => ast_node_id === id);
    return row?.kind === 'module' ? 'module' : row?.name;
  };
  const targets = (json: string): string =>
    (JSON.parse(json) as FlagTarget[])
      .map(({ how, dst, specifier, name, only }) => {
        const who = nameOf(dst) ?? (specifier === null ? `.${name}` : `${name} of ${specifier}`);
        return `${how === 'call' ? '' : `${how} `}${who}${only ? '*' : ''}`;
      })
      .join(' ');
  return flagReads.map((row) => {
    const of = row.specifier === null ? '' : ` (${row.imported} of ${row.specifier})`;
    const name = `${row.source === 'environment' ? '$' : row.source === 'call' ? '?' : ''}${row.name}${of}`;
    const value = row.holds_for === null ? '' : ` ${row.negated ? '≠' : '='} ${row.holds_for.slice(1, -1)}`;
    const fallback = row.fallback === null ? '' : ` or ${row.fallback}`;
    const asks = `${row.holds_for === null && row.negated ? 'not ' : ''}${name}${fallback}${value}`;
    const doubt = `${row.exact ? '' : '~'}${row.alone ? '' : '&'}`;
    const via = row.via === null ? '' : ` by ${row.via}`;
    const sides = flagSides
      .filter(({ read_id }) => read_id === row.id)
      .map((side) => ` ${side.taken}${side.cases === null ? '' : ` ${side.cases}`} ${targets(side.targets)}`.trimEnd());
    const use = row.use === 'test' ? `${row.test}` : row.use === 'keep' ? `kept as ${row.kept_as}` : row.use;
    return `${nameOf(row.reader) ?? 'class'}: ${use} ${asks}${doubt}${via}${sides.join(',')}`;
  });
} // prettier-ignore

const AB = 'function a() {} function b() {} function c() {}';

describe('the environment', () => {
  test.each([
    ['if', 'function f() { if (process.env.X) a(); else b(); }', 'f: if $X holds a*, fails b*'],
    ['a name in brackets', "function f() { if (process.env['X']) a(); }", 'f: if $X holds a*'],
    ['import.meta.env', 'const f = () => import.meta.env.X ? a() : b();', 'f: conditional $X holds a*, fails b*'],
    ['what is taken out', 'const { X, Y: y = "0" } = process.env; if (y === "1") a();', 'module: if $Y or 0 = "1" holds a*'],
    ['a name for all of it', 'const env = process.env; env.X && a();', 'module: and $X holds a*'],
    ['imported', "import { env } from 'node:process'; if (!env.X) a();", 'module: if not $X holds a*'],
    ['compared', "if (process.env.X !== 'on') a(); else { b(); c(); }", 'module: if $X ≠ "on" holds a*, fails b* c*'],
    ['one of some', "if (['1', 'on'].includes(process.env.X)) a();", 'module: if $X = "1","on" holds a*'],
    ['is it set', 'if (process.env.X == null) a();', 'module: if $X = null holds a*'],
    ['with a fallback', "if ((process.env.X ?? 'on') === 'on') a();", 'module: if $X or on = "on" holds a*'],
    ['made something else', "if (process.env.X.toLowerCase() === 'on') a();", 'module: if $X = "on"~ holds a*'],
    ['by a helper', 'if (isTrue(process.env.X)) a();', 'module: if $X~ holds a*'],
    ['with others', 'if (a() && process.env.X) b();', 'module: if $X~& holds b*'],
    ['switch', "switch (process.env.X) { case '1': case '2': a(); break; case '3': b(); break; default: c(); }",
      'module: switch $X case ["1","2"] a*, case ["3"] b*, default [] c*'],
    ['an early return', 'function f() { if (!process.env.X) return b(); a(); c(); }', 'f: if not $X holds b*, fails a* c*'],
    ['what both sides call is no mark of one', 'if (process.env.X) { a(); b(); } else { a(); }', 'module: if $X holds a b*, fails a'],
    ['what it calls anyway neither', 'a(); if (process.env.X) a();', 'module: if $X holds a'],
    ['written', "process.env.X = '1';", 'module: set $X'],
    ['handed on, and called like a flag', 'a(process.env.FEATURE_X);', 'module: value $FEATURE_X'],
  ])('%s', (_, text, line) => expect(reads(AB + text).filter((each) => !each.includes('kept as'))).toEqual([line]));

  test.each([
    ['a default', "const port = process.env.PORT || 3000; listen(process.env.HOST ?? host());"],
    ['something that must be there', "if (!process.env.URL) throw new Error('no URL'); if (!process.env.DB) { a(); process.exit(1); }"],
    ['handed on', 'connect(process.env.URL);'],
    ['an environment of its own', 'function f(process) { if (process.env.X) a(); }'],
    ['a computed name', 'if (process.env[name]) a();'],
  ])('no flag: %s', (_, text) => expect(reads(AB + text).filter((each) => !each.includes('kept as'))).toEqual([]));
}); // prettier-ignore

describe('what holds a flag', () => {
  test.each([
    ['a constant', "const isNew = process.env.X === '1'; function f() { if (!isNew) a(); }",
      ['f: if $X ≠ "1" by isNew holds a*', 'module: kept as isNew $X = "1"']],
    ['a constant that is the value', "const mode = process.env.X ?? 'old'; if (mode === 'new') a();",
      ['module: if $X or old = "new" by mode holds a*', 'module: kept as mode $X or old']],
    ['an object', "const flags = { isNew: process.env.X === '1', s: { t: !process.env.Y } }; if (flags.isNew) a(); flags.s.t ? b() : c();",
      ['module: if $X = "1" by flags.isNew holds a*', 'module: conditional not $Y by flags.s.t holds b*, fails c*',
        'module: kept as flags.isNew $X = "1"', 'module: kept as flags.s.t not $Y']],
    ['a function', "function isNew() { return Boolean(process.env.X); } const g = () => isNew(); if (g()) a();",
      ['module: if $X by g() holds a*', 'module: kept as isNew() $X', 'module: kept as g() $X by isNew()']],
    ['another file', "import { isNew, flags as f } from './flags.js'; import * as all from './all.js'; if (isNew()) a(); if (f.old) b(); if (all.x) c();",
      ['module: if isNew() (isNew() of ./flags.js) holds a*', 'module: if f.old (flags.old of ./flags.js) holds b*', 'module: if all.x (x of ./all.js) holds c*']],
  ])('%s', (_, text, lines) => expect(reads(AB + text)).toEqual(lines));
}); // prettier-ignore

describe('objects and answers', () => {
  test.each([
    ['features', 'function f(config) { if (config.features.gift) a(); }', 'f: if config.features.gift holds a*'],
    ['flags', "class A { m() { return this.settings.flags.gift === 'beta' ? a() : b(); } }", 'A.m: conditional this.settings.flags.gift = "beta" holds a*, fails b*'],
    ['capitals', "FLAGS.gift && a();", 'module: and FLAGS.gift holds a*'],
    ['brackets', "if (features['gift']) a();", 'module: if features.gift holds a*'],
    ['taken out', 'const { gift } = config.features; if (gift) a();', 'module: if config.features.gift holds a*'],
    ['handed on', 'a(config.features.gift);', 'module: value config.features.gift'],
    ['an answer', "async function f(client) { if (await client.isEnabled('gift')) a(); }", "f: if ?gift holds a*"],
    ['an answer that is compared', "if (variation('gift', user, 'off') === 'on') a();", 'module: if ?gift = "on" holds a*'],
    ['elements', 'const f = (flags) => flags.isNew ? <New/> : <Old/>; function New() {} function Old() {}', 'f: conditional flags.isNew holds refer New*, fails refer Old*'],
    ['methods, by name', 'function f(s) { if (s.flags.x) s.go(); }', 'f: if s.flags.x holds .go*'],
    ['functions in a side', 'const f = (flags, list) => { if (flags.x) list.forEach(() => a()); }', 'f: if flags.x holds .forEach* a* inside list.forEach callback*'],
    ['modules', "async function f(flags) { if (flags.x) await import('./new.js'); }", 'f: if flags.x holds load * of ./new.js*'],
    ['imported functions', "import { go } from './go.js'; function f(flags) { if (flags.x) go(); }", 'f: if flags.x holds go of ./go.js*'],
  ])('%s', (_, text, line) => expect(reads(AB + text).filter((each) => !each.includes('kept as'))).toEqual([line]));

  test.each(['if (/a/.flags) a();', 'if (node.flags & 4) a();', 'if (flags.includes("x")) a();', 'if (flags.length) a();', 'const flags = 1;'])(
    'none: %s', (text) => expect(reads(AB + text)).toEqual([]));
}); // prettier-ignore
