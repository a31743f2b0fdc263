import { expect, it } from 'vitest';
import { placesOf } from './places.ts';

const node = (id: string, far: number) => ({ id, name: id, path: 'a.ts', line: 1, far, calls: 1, selfMs: null, errors: 0 }); // prettier-ignore
const edge = (src: string, dst: string) => ({ src, dst, calls: 1, totalMs: null });

//  a ─→ c ←─ b        d is called by c as b is drawn above a
it('has callers at the left, callees at the right, near whom they belong to', () => {
  const places = placesOf({
    nodes: [
      node('c', 0),
      node('a', -1),
      node('b', -1),
      node('d', 1),
      node('e', 1),
      node('f', 2),
      node('g', 2),
    ],
    edges: [edge('a', 'c'), edge('b', 'c'), edge('c', 'd'), edge('c', 'e'), edge('d', 'g'), edge('e', 'f')],
    more: { nodes: 0, edges: 0 },
  });
  expect(places.get('c')).toEqual({ x: 0, y: 0 });
  expect(places.get('a')!.x).toBeLessThan(0);
  expect(places.get('d')!.x).toBeGreaterThan(0);
  // Without crossing: f beside e, g beside d.
  const isAbove = (a: string, b: string): boolean => places.get(a)!.y < places.get(b)!.y;
  expect(isAbove('d', 'e')).toBe(isAbove('g', 'f'));
});
