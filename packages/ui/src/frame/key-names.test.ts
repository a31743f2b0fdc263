import { expect, test } from 'vitest';
import { keyParts } from './key-names.ts';

test.each([
  ['g m', 'G M', 'G M'],
  ['$mod+KeyK', 'Ctrl+K', '⌘K'],
  ['Alt+Shift+KeyT', 'Alt+Shift+T', '⌥⇧T'],
  ['Alt+ArrowLeft', 'Alt+←', '⌥←'],
  ['?', '?', '?'],
  ['KeyW', 'W', 'W'],
  ['Escape', 'Esc', 'Esc'],
  ['+', '+', '+'],
  ['Digit1', '1', '1'],
])('%s', (keys, elsewhere, mac) => {
  expect([keyParts(keys, false).join(' '), keyParts(keys, true).join(' ')]).toEqual([elsewhere, mac]);
});
