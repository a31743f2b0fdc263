import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hunk } from './changes.ts';
import { followBack, type Lines } from './lines-back.ts';

/** `3-5 touched`: where lines 4 to 6 of the new text were before. */
function before(hunk: [from: number, count: number, to: number, now: number] | Hunk[], start = 4, end = 6): string {
  const hunks = Array.isArray(hunk[0]) || typeof hunk[0] === 'object' ? (hunk as Hunk[]) : [of(hunk as [number, number, number, number])];
  const lines: Lines = { id: 'f', path: 'a', start, end, commits: 0, lastAt: null };
  followBack(new Map([['a', [lines]]]), [{ oldPath: 'a', newPath: 'a', hunks }], 1);
  return `${lines.start}-${lines.end}${lines.commits > 0 ? ' touched' : ''}`;
} // prettier-ignore
const of = ([from, count, to, now]: [number, number, number, number]): Hunk => ({ from, count, to, now });

test.each([
  ['two lines added above', [1, 0, 2, 2], '2-4'],
  ['one added right above', [2, 0, 3, 1], '3-5'],
  ['one added right below', [6, 0, 7, 1], '4-6'],
  ['one added within', [4, 0, 5, 1], '4-5 touched'],
  ['its first line is new', [3, 0, 4, 1], '4-5 touched'],
  ['its last line is new', [5, 0, 6, 1], '4-5 touched'],
  ['all of it is new', [3, 0, 4, 3], '4-3 touched'],
  ['all of it stands for one line', [4, 1, 4, 3], '4-4 touched'],
  ['one removed right above', [4, 1, 3, 0], '5-7'],
  ['one removed right below', [7, 1, 6, 0], '4-6'],
  ['two removed within', [5, 2, 4, 0], '4-8 touched'],
] as [string, [number, number, number, number], string][])('%s', (_, hunk, expected) => {
  expect(before(hunk)).toBe(expected);
}); // prettier-ignore

test('lines that stay are in it before if they are in it now, and others are not', () => {
  const edit = fc.record({ keep: fc.integer({ min: 1, max: 4 }), count: fc.nat(3), now: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), fc.nat(30), fc.nat(10), (edits, first, more) => {
      /** By line of the new text: the one before; 0: it is new. */
      const old: number[] = [0];
      const hunks: Hunk[] = [];
      let at = 1;
      for (const { keep, count, now } of edits) {
        for (let line = 0; line < keep; line++) old.push(at++);
        if (count + now === 0) continue;
        hunks.push({ from: count > 0 ? at : at - 1, count, to: now > 0 ? old.length : old.length - 1, now });
        for (let line = 0; line < now; line++) old.push(0);
        at += count;
      }
      for (let line = 0; line < 5; line++) old.push(at++);
      const start = 1 + (first % (old.length - 1));
      const end = Math.min(old.length - 1, start + more);
      const [from, to] = before(hunks, start, end).replace(' touched', '').split('-').map(Number) as [number, number];
      for (let line = 1; line < old.length; line++)
        if (old[line] > 0) expect(old[line] >= from && old[line] <= to).toBe(line >= start && line <= end);
    }),
  );
}); // prettier-ignore
