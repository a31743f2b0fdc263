import { afterEach, expect, it } from 'vitest';
import { createRedaction } from '../core/index.ts';
import { nextLook, secretVariables } from './secret-variables.ts';

afterEach(() => void delete process.env['LATER_TOKEN']);

it('a variable that is set later is known when a module begins', () => {
  const { isSecretName } = createRedaction();
  const { known, lookAgain } = secretVariables(
    () => isSecretName,
    () => false,
    [1, 2],
  );
  const shown = (): string => known('it is hunter-nine', () => '…');
  expect(shown()).toBe('it is hunter-nine');
  process.env['LATER_TOKEN'] = 'hunter-nine';
  lookAgain();
  expect(shown()).toBe('it is …');
});

it.each([
  ['a short look', 10, 10.02, 60.02],
  ['one at many variables', 10, 10.3, 310.3],
  ['one that had to wait', 10, 40, 540],
])('the next look is so late that all of them cost a thousandth: after %s', (_, began, ended, next) => {
  expect(nextLook(began, ended)).toBeCloseTo(next);
});
