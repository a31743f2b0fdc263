import { describe, expect, test } from 'vitest';
import { type Change, countsOf, groupOf, keyOf, signOf, wantedOf } from './groups.ts';

const change = (kind: Change['kind'], what: Change['what'], more: Partial<Change> = {}): Change => ({
  kind, what, key: 'a', subject: 'a', path: 'src/a.ts', line: 1, before: 1, now: 2, unit: 'calls', because: 'behaviour', confidence: 'likely',
  function: 'a', usual: null, says: 'is so', ...more,
}); // prettier-ignore

const ALL = [
  change('latency', 'slower'),
  change('task', 'slower', { subject: 'request GET /carts' }),
  change('error', 'added', { because: 'code' }),
  change('error', 'more'),
  change('function', 'added'),
  change('calls', 'more'),
  change('import', 'removed'),
  change('order', 'later'),
];

test('every change is in one group', () =>
  expect(ALL.map(groupOf)).toEqual([
    'slower', 'slower', 'errors', 'errors', 'added', 'more', 'imports', 'order',
  ])); // prettier-ignore

test('groups that have any, with their number', () => {
  expect(countsOf(ALL).map(({ group, count }) => `${group.sign} ${group.title} ${count}`)).toEqual([
    '▲ slower 2', '! errors 2', '+ added 1', '» more calls 1', '⇢ imports 1', '⇅ order 1',
  ]); // prettier-ignore
  expect(countsOf(ALL).reduce((sum, { count }) => sum + count, 0)).toBe(ALL.length);
  expect(signOf(change('error', 'removed'))).toBe('!');
});

describe('what is looked for', () => {
  test.each([
    [{}, 8],
    [{ group: 'errors' }, 2],
    [{ group: 'errors', because: 'code' }, 1],
    [{ find: 'GET /C' }, 1],
    [{ find: 'src/a' }, 8],
    [{ group: 'slower', find: 'nowhere' }, 0],
  ])('%o', (wanted, count) => expect(wantedOf(ALL, wanted)).toHaveLength(count));
});

test('the same thing in two ways has two keys', () =>
  expect(keyOf(change('task', 'more'))).not.toBe(keyOf(change('task', 'more', { unit: 'ms' }))));
