import { expect, test } from 'vitest';
import { watched } from './watched.ts';

test.each([
  [1, 0, 1, '1 call of 0 functions in 1 task'],
  [18_003, 4, 12, '18.0 k calls of 4 functions in 12 tasks'],
])('%i calls, %i functions, %i tasks: %s', (calls, hit, count, expected) => {
  expect(watched({ calls, functions: { hit }, tasks: { count } })).toBe(expected);
});
