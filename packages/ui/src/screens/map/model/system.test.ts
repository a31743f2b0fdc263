import { describe, expect, test } from 'vitest';
import type { MapPicture } from '../../../../../intellimap/src/layout/picture.ts';
import { BOX, PER_ROW, systemBoxes } from './system.ts';

/** So many files in each group; groups stand where `at` says; an edge from each to the next, the first of them hot. */
function picture(files: readonly number[], at: (g: number) => { x: number; y: number }): MapPicture {
  const group = Uint32Array.from(files.flatMap((count, g) => Array.from({ length: count }, () => g)));
  const first = files.map((_, g) => group.indexOf(g));
  const src = Uint32Array.from(files.slice(1), (_, g) => g);
  const layout = {
    groups: { x: files.map((_, g) => at(g).x), y: files.map((_, g) => at(g).y) },
    cards: { group },
    groupEdges: { src, dst: src.map((g) => g + 1) },
  };
  const edges = { src: src.map((g) => first[g]), dst: src.map((g) => first[g + 1]), hot: src.map((g) => Number(g === 0)) }; // prettier-ignore
  return { facts: { edges }, layout } as unknown as MapPicture;
}

describe('boxes of groups', () => {
  test('few columns stay as calls order them, and none lies on another', () => {
    const boxes = systemBoxes(picture([3, 5, 2], (g) => ({ x: g === 0 ? 0 : 400, y: 100 * g })));
    expect(boxes.x[1]).toBe(boxes.x[2]);
    expect(boxes.x[0] + BOX.width).toBeLessThan(boxes.x[1]);
    expect(boxes.y[1] + boxes.h[1]).toBeLessThan(boxes.y[2]);
  });

  test('very many columns are stacked, in their order', () => {
    const boxes = systemBoxes(picture(Array.from({ length: 30 }, () => 4), (g) => ({ x: 100 * g, y: 0 }))); // prettier-ignore
    expect(new Set(boxes.x).size).toBeLessThan(10);
    expect([...boxes.x]).toEqual([...boxes.x].toSorted((a, b) => a - b));
    expect(boxes.width / boxes.height).toBeGreaterThan(0.8);
    for (let g = 1; g < 30; g++)
      if (boxes.x[g] === boxes.x[g - 1]) expect(boxes.y[g - 1] + boxes.h[g - 1]).toBeLessThan(boxes.y[g]);
  });

  test('a box has room for each of its files', () => {
    const boxes = systemBoxes(picture([1, 3 * PER_ROW + 1], (g) => ({ x: 400 * g, y: 0 })));
    expect(boxes.h[1] - boxes.h[0]).toBe(3 * BOX.pitch);
  });

  test('the heaviest chain goes along edges between its groups', () => {
    expect([...systemBoxes(picture([2, 2, 2], (g) => ({ x: 400 * g, y: 0 }))).hot]).toEqual([1, 0]);
  });
});
