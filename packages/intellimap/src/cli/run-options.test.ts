import { describe, expect, test } from 'vitest';
import { Fault } from '../base/fault.ts';
import { askedFor } from './run-options.ts';

const COMMAND = ['node', 'app.js'];

test('by default, every call is told, nothing is dropped, and no folder is asked', () => {
  const { file, keepOn, ring } = askedFor({}, COMMAND);
  expect(file).toEqual({
    command: COMMAND,
    tier: 'performance',
    gates: 'open',
    policy: 'wait',
    processes: expect.any(Number) as number,
    include: [],
    exclude: [],
    patterns: { include: [], exclude: [] },
  });
  expect([keepOn, ring]).toEqual([undefined, undefined]);
});

test.each([
  [{ tier: 'T0' }, { tier: 'minimal' }],
  [{ flight: '0.5' }, { flight: 2 ** 19 }],
  [{ flight: '8', 'keep-slower': 'p99' }, { keepSlower: 'p99' }],
  [{ flight: '8', 'keep-slower': '250' }, { keepSlower: 250 }],
  [
    { budget: '5', gates: 'count', policy: 'drop' },
    { budget: 5, gates: 'count', policy: 'drop' },
  ],
  [
    { gc: true, 'no-links': true, 'no-resources': true },
    { gc: true, links: false, resources: false },
  ],
  [{ include: ['lib/*.js'] }, { include: ['lib/*.js'] }],
  [{ label: ['prod', 'eu/1', 'prod'] }, { labels: ['eu/1', 'prod'] }],
])('%j', (values, file) => {
  expect(askedFor(values, COMMAND).file).toMatchObject(file);
});

test('short and long names of a tier are the same', () => {
  expect(askedFor({ tier: 't2' }, COMMAND)).toEqual(askedFor({ tier: 'full_trace' }, COMMAND));
});

test('a ring becomes a power of two', () => {
  expect(askedFor({ ring: '5' }, COMMAND).ring).toEqual({ mib: 5, words: 2 ** 21, roundedMib: 8 });
});

describe('refused', () => {
  test.each([
    [{ tier: 'Fast' }, 'unknown tier "Fast"'],
    [{ gates: 'ajar' }, 'unknown state of gates "ajar"'],
    [{ policy: 'hope' }, 'unknown policy "hope"'],
    [{ budget: '0' }, '--budget takes a number above 0, not "0"'],
    [{ flight: 'much' }, '--flight takes a number above 0, not "much"'],
    [{ processes: '0' }, '--processes takes a number above 0'],
    [{ 'keep-slower': 'p99' }, '--keep-slower is for a flight recorder'],
    [{ flight: '1', 'keep-on': 'SIGTERM' }, '--keep-on takes SIGUSR1 or SIGUSR2, not "SIGTERM"'],
    [{ tier: 'minimal', values: ['**'] }, 'the tier minimal records no calls that values could belong to'],
    [{ tier: 'edges', sample: '0.5' }, '--sample needs to know who scheduled what'],
    [{ include: ['/etc/*'] }, /^bad glob: /],
    [{ label: ['-x'] }, 'bad label "-x"'],
    [{ label: [''] }, 'bad label ""'],
    [{ label: ['a\u001b[31m'] }, 'bad label'],
  ])('%j', (values, message) => {
    expect(() => askedFor(values, COMMAND)).toThrow(message);
    expect(() => askedFor(values, COMMAND)).toThrow(Fault);
  });
  test('no command', () => expect(() => askedFor({}, [])).toThrow('there is no command to record'));
});
