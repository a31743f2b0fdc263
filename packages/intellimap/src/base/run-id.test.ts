import { expect, test } from 'vitest';
import { runNamed } from './run-id.ts';

const ids = ['20261121-2-b', '20261121-1-a', '20261121-1', '20261120-9-c'];

test('an id, a unique beginning, or the newest', () => {
  expect(runNamed(ids, '20261121-1')).toBe('20261121-1');
  expect(runNamed(ids, '20261120')).toBe('20261120-9-c');
  expect(runNamed(ids, undefined)).toBe('20261121-2-b');
});

test('none, or several, are refused by name', () => {
  expect(() => runNamed(ids, '2025')).toThrow('there is no run "2025"');
  expect(() => runNamed(ids, '2025')).toThrow(
    expect.objectContaining({ advice: 'intellimap runs lists them' }),
  );
  expect(() => runNamed([], '2025')).toThrow(
    expect.objectContaining({ advice: expect.stringMatching(/^Make one/) }),
  );
  expect(() => runNamed([], undefined)).toThrow('there is no recording yet');
  expect(() => runNamed(ids, '20261121')).toThrow(
    'could be any of 3 runs: 20261121-2-b, 20261121-1-a, 20261121-1',
  );
});
