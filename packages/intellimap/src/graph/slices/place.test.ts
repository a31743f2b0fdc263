import { expect, test } from 'vitest';
import { parsePlace } from './place.ts';

test.each([
  ['src/a.ts:12', { path: 'src/a.ts', line: 12 }],
  ['src/a.ts:12:7', { path: 'src/a.ts', line: 12, column: 7 }],
  ['src/a.ts:12:total', { path: 'src/a.ts', line: 12, name: 'total' }],
  ['c:/a.ts:3:#x', { path: 'c:/a.ts', line: 3, name: '#x' }],
  ['src/a.ts', undefined],
  ['src/a.ts:total', undefined],
])('%s', (text, place) => expect(parsePlace(text)).toEqual(place));
