import { expect, test } from 'vitest';
import { isNotLoaded } from './not-loaded.ts';

test.each([
  ['Unable to preload CSS for http://127.0.0.1:4700/assets/detail-lXnrTnui.css', true],
  ['Failed to fetch dynamically imported module: http://127.0.0.1:4700/assets/index.js', true],
  ['error loading dynamically imported module: http://127.0.0.1:4700/assets/index.js', true],
  ['Importing a module script failed.', true],
  ["Cannot read properties of undefined (reading 'id')", false],
])('%s: a screen that was not loaded: %j', (message, expected) => {
  expect(isNotLoaded(new Error(message))).toBe(expected);
});
