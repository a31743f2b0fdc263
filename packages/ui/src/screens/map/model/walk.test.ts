import { expect, it } from 'vitest';
import { mapOf } from './fixtures/map.ts';
import { type Direction, next, nextCell } from './walk.ts';

//  a   b   d
//      c
const { layout, facts } = mapOf('a.ts@0,0: x\nb.ts@1,0: x\nc.ts@1,1: x\nd.ts@2,0: x');
const from = (name: string, ...ways: Direction[]): string =>
  facts.modules.path[ways.reduce((at, way) => next(layout.cards, at, way), facts.modules.path.indexOf(name))];

it.each([
  ['a.ts', ['right'], 'b.ts'],
  ['a.ts', ['right', 'right'], 'd.ts'],
  ['b.ts', ['down'], 'c.ts'],
  ['c.ts', ['up'], 'b.ts'],
  ['c.ts', ['left'], 'a.ts'],
  ['a.ts', ['left'], 'a.ts'],
  ['nobody', ['down'], 'a.ts'],
] as const)('from %s %j to %s', (name, ways, to) => expect(from(name, ...ways)).toBe(to));

it('goes past what is hidden', () => expect(next(layout.cards, 0, 'right', (at) => at === 3)).toBe(3));

//  0 1 2
//  3 4
it.each([
  [0, 'right', 1],
  [2, 'right', -1],
  [1, 'down', 4],
  [2, 'down', -1],
  [4, 'up', 1],
  [3, 'left', -1],
] as const)('from cell %d %s to %d', (cell, way, to) => expect(nextCell(cell, 5, 3, way)).toBe(to));
