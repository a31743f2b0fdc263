import { expect, test } from 'vitest';
import { cardText } from './card-text.ts';
import { mapOf } from './fixtures/map.ts';

const model = mapOf('web.ts@0,0: route\ncart.ts@1,0: add total! drop-', 'web.ts>cart.ts*9');

test('a file as text: its figures, who calls it, what of it is called most', () =>
  expect(cardText(model, { kind: 'module', at: 1 })).toBe(
    [
      'cart.ts, 2 of 3 functions ran, 110 calls, 1 error',
      '    calls: 110',
      '    errors: 1',
      '    called by web.ts, 9 calls',
      '    total (line 3), 100 calls',
      '    add (line 2), 10 calls',
    ].join('\n'),
  ));

test('a function as text', () =>
  expect(cardText(model, { kind: 'function', at: 3 })).toMatch(/^drop, cart\.ts line \d+, never ran/));
