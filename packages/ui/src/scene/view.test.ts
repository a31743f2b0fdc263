import { describe, expect, it } from 'vitest';
import {
  between,
  fitted,
  panned,
  reprojection,
  revealing,
  seen,
  toScreen,
  toWorld,
  type View,
  zoomed,
} from './view.ts';

const size = { width: 200, height: 100 };
const view: View = { x: 10, y: 20, kx: 2, ky: 4 };
const bounds = { least: 0.1, most: 8 };

describe('the camera', () => {
  it('goes to the screen and back', () => {
    expect(toScreen(view, { x: 15, y: 21 })).toEqual({ x: 10, y: 4 });
    expect(toWorld(view, toScreen(view, { x: 3, y: 99 }))).toEqual({ x: 3, y: 99 });
    expect(seen(view, size)).toEqual({ x: 10, y: 20, w: 100, h: 25 });
  });

  it('pans by px', () => expect(panned(view, 20, -8)).toEqual({ x: 20, y: 18, kx: 2, ky: 4 }));

  it('zooms about a point, axis by axis, within bounds', () => {
    const at = { x: 40, y: 60 };
    const world = toWorld(view, at);
    const closer = zoomed(view, at, { fx: 1.7, fy: 1.3 }, bounds);
    expect(toScreen(closer, world).x).toBeCloseTo(at.x);
    expect(toScreen(closer, world).y).toBeCloseTo(at.y);
    expect(zoomed(view, at, { fx: 100 }, bounds)).toMatchObject({ kx: 8, ky: 4 });
    // Lanes: 1 µs may be 0.0001 px while a row keeps its height.
    expect(zoomed({ ...view, ky: 99 }, at, { fx: 2 }, bounds).ky).toBe(99);
  });

  it('fits a box into the middle', () => {
    const fit = fitted({ x: 0, y: 0, w: 400, h: 100 }, size, { padding: 0 });
    expect(fit).toEqual({ x: 0, y: -50, kx: 0.5, ky: 0.5 });
    expect(fitted({ x: 0, y: 0, w: 1, h: 1 }, size).kx).toBe(1);
  });

  it('moves no further than it must to show a box', () => {
    const still: View = { x: 0, y: 0, kx: 1, ky: 1 };
    expect(revealing(still, { x: 50, y: 50, w: 10, h: 10 }, size, 0)).toEqual(still);
    expect(revealing(still, { x: 250, y: 50, w: 10, h: 10 }, size, 0)).toMatchObject({ x: 60, y: 0 });
    expect(revealing(still, { x: -40, y: 0, w: 999, h: 10 }, size, 0)).toMatchObject({ x: -40 });
  });

  it('glides so that the fixed point of a zoom stands still', () => {
    const at = { x: 40, y: 60 };
    const to = zoomed(view, at, { fx: 3, fy: 2 }, bounds);
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      const there = toScreen(between(view, to, part), toWorld(view, at));
      expect(there.x).toBeCloseTo(at.x);
      expect(there.y).toBeCloseTo(at.y);
    }
  });

  it('moves a painted picture to where a painting would be', () => {
    const to = zoomed(panned(view, 33, 5), { x: 9, y: 9 }, { fx: 1.5, fy: 0.8 }, bounds);
    const { a, d, e, f } = reprojection(view, to);
    const point = { x: 17, y: 23 };
    const painted = toScreen(view, point);
    expect({ x: painted.x * a + e, y: painted.y * d + f }).toEqual({
      x: expect.closeTo(toScreen(to, point).x),
      y: expect.closeTo(toScreen(to, point).y),
    });
  });
});
