import { describe, expect, it } from 'vitest';
import { BoxGrid, type BoxColumns, touches } from './grid.ts';

const columns = (boxes: number[][]): BoxColumns => ({
  x: boxes.map(([x]) => x),
  y: boxes.map(([, y]) => y),
  w: boxes.map(([, , w]) => w),
  h: boxes.map(([, , , h]) => h),
});

describe('a grid of boxes', () => {
  it('gives the uppermost box at a point', () => {
    const grid = new BoxGrid(columns([[0, 0, 10, 10], [5, 5, 10, 10], [100, 0, 1, 1]])); // prettier-ignore
    expect([grid.at({ x: 2, y: 2 }), grid.at({ x: 7, y: 7 }), grid.at({ x: 50, y: 5 })]).toEqual([0, 1, -1]);
    expect([grid.at({ x: 98, y: 0 }), grid.at({ x: 98, y: 0 }, 3)]).toEqual([-1, 2]);
  });

  it('finds the same in a window as who looks at each', () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const boxes = Array.from({ length: 500 }, () => [random() * 900 - 100, random() * 300, random() * 60, random() * 20]); // prettier-ignore
    const grid = new BoxGrid(columns(boxes));
    for (let n = 0; n < 100; n++) {
      const window = {
        x: random() * 1000 - 150,
        y: random() * 400 - 50,
        w: random() * 200,
        h: random() * 90,
      };
      const each = boxes.flatMap(([x, y, w, h], at) => (touches({ x, y, w, h }, window) ? [at] : []));
      expect(grid.within(window)).toEqual(each);
    }
  });

  it('has nothing of nothing', () => {
    const grid = new BoxGrid(columns([]));
    expect([grid.at({ x: 0, y: 0 }), grid.within({ x: 0, y: 0, w: 1, h: 1 })]).toEqual([-1, []]);
  });
});
