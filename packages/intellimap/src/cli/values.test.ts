import { expect, test } from 'vitest';
import { Fault } from '../base/fault.ts';
import { previewText } from '../base/preview-text.ts';
import { seenCalls } from './seen-calls.ts';
import { valuesWanted } from './values.ts';

const names = (given: Parameters<typeof valuesWanted>[0], strategy = 'performance') => {
  const wanted = valuesWanted(given, strategy);
  return (
    wanted &&
    [wanted.full_trace, wanted.state_only].map((all) => all.map(({ pattern, name }) => `${pattern} ${name}`))
  );
};

test('nothing asked for, nothing wanted', () => expect(valuesWanted({}, 'performance')).toBeUndefined());

test('patterns name files, and functions behind a #', () =>
  expect(names({ values: ['src/**', 'src/cart.ts#Cart.total'], state: 'lib/#set*' })).toEqual([
    ['src/** null', String.raw`src/cart.ts#Cart.total ^(?:.*[. ])?Cart\.total$`],
    ['lib/#set* ^(?:.*[. ])?set.*$'],
  ]));

test('strategies of a run are all its functions', () => {
  expect(names({}, 'full_trace')).toEqual([['** null'], []]);
  expect(names({}, 'state_only')).toEqual([[], ['** null']]);
});

test('budgets', () =>
  expect(
    valuesWanted({ values: ['**'], 'value-budget': 'calls=0, rate=0.5,bytes=1,share=5' }, 'performance')
      ?.budget,
  ).toEqual({
    calls: 0,
    rate: 2 ** 19,
    bytes: 2 ** 20,
    share: 5,
  }));

test.each([
  [{ values: ['/abs/*.js'] }, 'performance', /absolute/],
  [{ values: ['src/a.ts#'] }, 'performance', /names no function/],
  [{ values: ['src/{a'] }, 'performance', /unbalanced/],
  [{ values: [''] }, 'performance', /empty/],
  [{ redact: ['x'] }, 'performance', /no values to redact/],
  [{ 'value-budget': 'calls=1' }, 'performance', /no values/],
  [{ values: ['**'], 'value-budget': 'calls=-1' }, 'performance', /does not know "calls=-1"/],
  [{ values: ['**'], 'value-budget': 'share=101' }, 'performance', /does not know/],
  [{ values: ['**'], 'value-budget': 'bytes=5000' }, 'performance', /does not know/],
  [{ values: ['**'] }, 'minimal', /minimal/],
] as const)('%j with tier %s is refused', (given, strategy, message) => {
  expect(() => valuesWanted(given as never, strategy)).toThrow(message);
  expect(() => valuesWanted(given as never, strategy)).toThrow(Fault);
});

test.each([
  ['1', '1'],
  ['"a\\n"', '"a\\n"'],
  ['{"$":"undefined"}', 'undefined'],
  ['{"$":"number","value":"-0"}', '-0'],
  ['{"$":"bigint","value":"7"}', '7n'],
  ['{"$":"string","length":999,"value":"ab"}', '"ab"… (999 characters)'],
  ['[1,{"$":"hole"},{"$":"cut"}]', '[1, <hole>, …]'],
  ['{"a":1,"b c":[]}', '{a: 1, "b c": []}'],
  ['{"$":"object","class":"Cart","props":{"id":1}}', 'Cart {id: 1}'],
  ['{"$":"object","cut":true}', '{…}'],
  ['{"$":"object","size":3,"props":{"a":1}}', '{a: 1, … 3 in all}'],
  ['{"$":"array","length":100,"items":[1,2]}', '[1, 2, … 100 in all]'],
  ['{"$":"map","size":2,"entries":[["a",1],[{"b":2},3]]}', 'Map {"a" => 1, {b: 2} => 3}'],
  ['{"$":"set","class":"Tags","size":1,"values":[1]}', 'Tags {1}'],
  ['{"$":"error","class":"TypeError","message":"no"}', 'TypeError: no'],
  [
    '{"$":"error","class":"TypeError","message":{"$":"redacted"},"props":{"code":1}}',
    'TypeError: <redacted> {code: 1}',
  ],
  ['{"$":"date","value":null}', 'Date(invalid)'],
  ['{"$":"regexp","value":"/a/","flags":"g"}', '/a/g'],
  ['{"$":"boxed","value":1}', 'Object(1)'],
  ['{"$":"function","name":"f"}', '<function f>'],
  ['{"$":"redacted","why":"key"}', '<redacted>'],
  ['{"$":"redacted","why":"email","value":"to ‹email:7f3a91c2-16›"}', 'to ‹email:7f3a91c2-16›'],
  ['{"$":"something new"}', '{}'],
  ['no json', 'no json'],
])('%s reads %s', (preview, text) => expect(previewText(preview)).toBe(text));

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
const facts = { type: '', truncated: false, redacted: false };

test('calls that were looked at; what a program says cannot steer the terminal', () => {
  const calls = [
    {
      threadId: 1, callId: 5, startUs: 1500, outcome: 'threw', changeCount: 12,
      values: [
        { ...facts, role: 'this' as const, position: null, name: null, preview: '{"$":"object","class":"Cart","props":{}}' },
        { ...facts, role: 'argument' as const, position: 0, name: 'a', preview: '"\\u001b]0;title\\u0007"' },
        { ...facts, role: 'thrown' as const, position: null, name: null, preview: JSON.stringify({ $: 'error', class: 'E\u001b[31m', message: 'no\u009b' }) },
      ],
      changes: [{ ...facts, kind: 'variable' as const, target: 'n', line: 3, preview: '1' }],
    },
  ]; // prettier-ignore
  expect(seenCalls(calls, paint, 80)).toEqual([
    '  last calls that were looked at',
    '    1.50 ms after the start, thread 1',
    '      this Cart {}',
    String.raw`      (a: "\u001b]0;title\u0007")`,
    String.raw`      throw E\u001b[31m: no\u009b`,
    '      n = 1  (line 3)',
    '      … 11 more writes',
  ]);
  expect(seenCalls([], paint, 80)).toEqual([]);
});
