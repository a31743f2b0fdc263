/** Messages and what they have in common. */
import { describe, expect, test } from 'vitest';
import { templateOf } from './message-template.ts';

describe('two messages of one cause have one template', () => {
  for (const [template, ...messages] of [
    ['no such order: #', 'no such order: 17', 'no such order: 8f3e-11', 'no such order: 0b6d2d6e-0d2b-4f9d-9a53-1c1f0c5a7f10', 'no such order: 0xdeadbeef', 'no such order: DEADBEEF', 'no such order: #'],
    ['took # ms', 'took 5 ms', 'took 12.75 ms', 'took -3 ms'],
    ['#ms', '#ms'],
    ['connect ECONNREFUSED #', 'connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 10.0.0.9:80'],
    ['expired at #', 'expired at 2026-11-22T03:04:05.678Z', 'expired at 2025-01-01 10:00:00'],
    ['lines # differ', 'lines 1, 2, 3 differ', 'lines 7 differ', 'lines 10:2 differ'],
    ["ENOENT: no such file or directory, open '…'", "ENOENT: no such file or directory, open '/srv/a/b.json'", "ENOENT: no such file or directory, open 'C:\\x\\y.json'"],
    ["unknown '…'", 'unknown "abc"', "unknown 'it\"s'", 'unknown `x`', 'unknown “x y”', "unknown 'cut off by the reco"],
    ["wanted one of '…'", "wanted one of 'a', 'b', 'c'", 'wanted one of "a"', "wanted one of 'a' and 'b'"],
    ['cannot read <path>', 'cannot read /srv/app/a.json', 'cannot read ./a/b.ts', 'cannot read src/v2/b.ts', 'cannot read ../x', 'cannot read C:\\a\\b.txt'],
    ['GET <url> failed', 'GET https://example.org:80/a?b=1 failed', 'GET http://localhost/ failed'],
    ['mail to <address> failed', 'mail to jo@example.org failed', 'mail to j.o7@mail.example.org failed'],
    ['<json>', '[\n  {\n    "code": "invalid_type" } ]', '{"a":1}', '[]', '[1,2]'],
    ['Expected values to be strictly equal:', 'Expected values to be strictly equal:\n\n1 !== 2\n', 'Expected values to be strictly equal:\n+ actual'],
    ["don't know how", "don't know how"],
    ['', '', '  \n '],
  ] as string[][])
    test(template, () => expect(messages.map(templateOf)).toEqual(messages.map(() => template)));
}); // prettier-ignore

describe('of what V8 says, names of variables are left out, and names of properties stay', () => {
  for (const [template, ...messages] of [
    ['*.total is not a function', 'cart.total is not a function', 'e.lines.total is not a function', '(intermediate value).total is not a function', 'a(...).total is not a function'],
    ['* is not a function', 'callback is not a function', 'e is not a function'],
    ['undefined is not iterable', 'undefined is not iterable (cannot read property Symbol(Symbol.iterator))'],
    ['*.rows is not iterable', 'result.rows is not iterable'],
    ["Cannot read properties of undefined (reading 'minimumCents')", "Cannot read properties of undefined (reading 'minimumCents')"],
    ["Cannot destructure property 'a' of * as it is undefined", "Cannot destructure property 'a' of 'options' as it is undefined.", "Cannot destructure property 'a' of 't' as it is undefined."],
    ['Cannot access * before initialization', "Cannot access 'limit' before initialization", "Cannot access 'n' before initialization"],
    ['*.Cart is not a constructor', 'm.Cart is not a constructor', 'models.Cart is not a constructor'],
    ['price is not defined', 'price is not defined'],
  ] as string[][])
    test(template, () => expect(messages.map(templateOf)).toEqual(messages.map(() => template)));
}); // prettier-ignore

test('messages of different causes have different ones', () => {
  const messages = [
    "Cannot read properties of undefined (reading 'a')", "Cannot read properties of undefined (reading 'b')", "Cannot read properties of null (reading 'a')",
    "Cannot set properties of undefined (setting 'a')", 'a.b is not a function', 'a.c is not a function', 'a.b is not iterable', 'a is not defined', 'b is not defined',
    'no such order: 1', 'no such customer: 1', 'ENOENT: no such file', 'EACCES: no such file', 'it is here', 'it is there',
  ]; // prettier-ignore
  expect(new Set(messages.map(templateOf)).size).toBe(messages.length);
});

/** What the probe makes of messages, once a name has had many. */
const patternOf = (message: string): string =>
  message.replace(/[\w\u0080-\uffff-]*\d[\w\u0080-\uffff-]*/g, '#');

test('a template is its own, and that of the pattern', () => {
  const parts = ['a', 'Order', '12', 'x9-2', ' ', ' ', '-', '.', ',', ':', '/', '#', "'", '"', '`', '(', ')', '[', '{', '@', '\\', '\n', 'é', 'deadbeef', 'https://', ' is not a function', '“', '”']; // prettier-ignore
  let seed = 1;
  const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 20_000; round++) {
    const message = Array.from({ length: next(14) }, () => parts[next(parts.length)]).join('');
    const template = templateOf(message);
    expect([message, templateOf(patternOf(message))]).toEqual([message, template]);
    expect(template.length).toBeLessThanOrEqual(200);
  }
});
