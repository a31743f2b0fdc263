import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentMap } from './recent.ts';

test('the youngest are kept; the rest goes at once, the oldest first', () => {
  const gone: string[] = [];
  const map = new RecentMap<number, string>(2, (value) => gone.push(value));
  for (const [key, value] of ['a', 'b', 'c'].entries()) map.set(key, value);
  expect([map.values(), map.get(0), gone]).toEqual([['a', 'b', 'c'], 'a', []]);
  map.set(0, 'A');
  expect([map.values(), gone]).toEqual([['c', 'A'], ['b']]);
  map.delete(2);
  expect([map.get(2), map.size]).toEqual([undefined, 1]);
});

test('as a Map that forgets between `limit` and twice as many entries', () => {
  const step = fc.record({ key: fc.nat(9), value: fc.nat(), isDelete: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 5 }), (steps, limit) => {
      const forgotten: number[] = [];
      const map = new RecentMap<number, number>(limit, (value) => forgotten.push(value));
      const all = new Map<number, number>();
      for (const { key, value, isDelete } of steps) {
        all.delete(key);
        if (isDelete) map.delete(key);
        else {
          map.set(key, value);
          all.set(key, value);
        }
        const values = map.values();
        expect(values).toEqual([...all.values()].slice(all.size - values.length));
        expect(values.length).toBe(map.size);
        expect(values.length).toBeLessThan(2 * limit + 1);
        for (const [each, kept] of all) expect(map.get(each)).toBe(map.has(each) ? kept : undefined);
        if (values.length < Math.min(limit, all.size)) {
          // Only deletions make it smaller than that.
          expect(steps.some((each) => each.isDelete)).toBe(true);
        }
      }
    }),
  );
});
