import { describe, expect, test } from 'vitest';
import { callInFile, expressionInLine } from './quoted-call.ts';

describe('before Node 22: the innermost call around the place', () => {
  const quoted = (text: string): string => {
    const at = text.indexOf('^');
    const before = text.slice(0, at).split('\n');
    return callInFile(text.replace('^', ''), before.length, before.at(-1)!.length);
  };

  test.each([
    ['^ok(x)', 'ok(x)'],
    ['assert.^ok(x, f(y))', 'assert.ok(x, f(y))'],
    ['f(g(^ok(x)))', 'ok(x)'],
    ['\n\nif (a) { b(); ^ok(x); }', 'ok(x)'],
    ['it(() => { assert.^ok(\n    x,\n      y); });', 'assert.ok(\n  x,\n  y)'],
    ['   assert.^ok(\n     x)', 'assert.ok(\n    x)'],
  ])('%j', (text, expected) => expect(quoted(text)).toBe(expected));

  test('none where the parser gives up', () => expect(() => quoted('^ok(await x)')).toThrow('no call there'));
});

describe('since: from the name to the bracket that closes the call, within the line', () => {
  const quoted = (text: string): string => expressionInLine(text.replace('^', ''), text.indexOf('^'));

  test.each([
    ['^ok(x)', 'ok(x)'],
    ['a.b; assert.^ok(x); c()', 'assert.ok(x)'],
    ["assert['^ok'](f(x)), 1", "assert['ok'](f(x))"],
    ['f(assert.strict.^ok(x), 2)', 'assert.strict.ok(x)'],
    ['assert.^ok(x,', 'assert.ok(x,'],
  ])('%j', (text, expected) => expect(quoted(text)).toBe(expected));

  test('none where a statement ends before its call', () =>
    expect(() => quoted('^ok(() => { a; })')).toThrow('a statement ends'));
});
