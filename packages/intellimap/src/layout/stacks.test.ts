/** Cards in stacks, drawn as `a b | c`: stacks beside each other, cards above each other; in front of `/` those that are wide. */
import { expect, test } from 'vitest';
import { placedIn } from './place.ts';
import { stacked } from './stacks.ts';

/** Functions of files that are called by letters: capital letters have many. */
const cellsOf = (path: string): number => (path < 'a' ? 400 : path === 'h' ? 60 : 5);

function drawn(paths: string, count: number): string {
  const { wide, stacks } = stacked('src', paths.split(' '), count, cellsOf);
  const rows = stacks.map((stack) => stack.join(' ')).join(' | ');
  return wide.length === 0 ? rows : `${wide.join(' ')} / ${rows}`;
}

test.each([
  ['a b c d', 1, 'a b c d'],
  ['a b c d', 2, 'a b | c d'],
  ['a b c d e', 3, 'a b | c d | e'],
  ['h a b c', 2, 'h a | b c'],
  ['a b', 3, 'a | b | '],
  ['A a b c d e f', 1, 'A / a b c | d e f'],
])('%s in %i: %s', (paths, count, picture) => expect(drawn(paths, count)).toBe(picture));

test('cards below a wide one begin where it ends, all others at the top', () => {
  const { cards } = placedIn(stacked('src', ['A', 'a', 'b', 'c', 'd', 'e'], 4, cellsOf), cellsOf);
  const { x, y, w, h } = cards.get('A')!;
  const others = ['a', 'b', 'c', 'd', 'e'].map((path) => cards.get(path)!);
  const below = others.filter((card) => card.x < x + w);
  expect(below.every((card) => card.y > y + h)).toBe(true);
  expect(Math.min(...others.map((card) => card.y))).toBe(y);
});
