import { describe, expect, test } from 'vitest';
import { SpanFlag } from '../../../../../intellimap/src/query/timeline/window-shape.ts';
import { Bar, barAt, NO_ROW, type Bars, busyOf, firstAfter } from './bars.ts';
import { colourOf, COLOURS } from './colour.ts';
import { drawnOf, pictured } from './fixtures/picture.ts';
import { atLevel } from './levels.ts';
import { depthsOf } from './tasks.ts';

const names = (bars: Bars, n: number) => (n < 0 ? null : bars.functions[bars.fn[n]].name);

describe('bars', () => {
  const bars = pictured(`
    aaaaaaa  ddd
     bb cc    e
  `);

  test('are told by lane, depth and time', () => {
    expect(bars.runs).toEqual([
      { lane: 0, depth: 0, first: 0, end: 2 },
      { lane: 0, depth: 1, first: 2, end: 5 },
    ]);
  });

  test('are found at a moment, or near it', () => {
    expect(names(bars, barAt(bars, 0, 1, 1.5, 0))).toBe('b');
    expect(names(bars, barAt(bars, 0, 1, 3.5, 0))).toBe(null);
    expect(names(bars, barAt(bars, 0, 1, 3.5, 0.6))).toBe('b');
    expect(names(bars, barAt(bars, 0, 2, 1.5, 9))).toBe(null);
  });

  test('at the left of the view are not looked at', () => {
    expect(names(bars, firstAfter(bars, bars.runs[1], 4))).toBe('c');
  });

  test('tell when something ran', () => {
    expect(busyOf(bars)).toEqual([
      [0, 7],
      [9, 12],
    ]);
  });
});

test('where two lie on one pixel, the one that failed is found', () => {
  const bars = pictured(`
    aaaaX
  `);
  expect(names(bars, barAt(bars, 0, 0, 2, 5))).toBe('X');
});

describe('levels', () => {
  // Letters are functions; the file of each is its lower case: A and a are of one module. X failed.
  const bars = pictured(`
    aaaaaaaaaaaa
     AAAA  bbbb
      cc    BB
      CC
  `);

  test('function: each call', () => expect(drawnOf(atLevel(bars, 'function'))).toEqual(drawnOf(bars)));

  test('module: calls within a module are one with it', () =>
    expect(drawnOf(atLevel(bars, 'module'))).toEqual(['aaaaaaaaaaaa', '  cc   bbbb']));

  test('system: only that it ran', () => expect(drawnOf(atLevel(bars, 'system'))).toEqual(['aaaaaaaaaaaa']));

  test('an error is never hidden by its own module', () => {
    const failing = pictured(`
      xxxxxx
        X
    `);
    expect(drawnOf(atLevel(failing, 'module'))).toEqual(['xxxxxx', '  x']);
  });
});

test('a module has one of eight colours, and modules that are much alike have different ones', () => {
  const colours = Array.from({ length: 64 }, (_, n) => colourOf(`src/services/step${n}.mjs`));
  const counts = Array.from({ length: COLOURS }, (_, k) => colours.filter((colour) => colour === k).length);
  expect(Math.min(...counts)).toBeGreaterThan(2);
  expect(colourOf('src/a.ts')).toBe(colourOf('src/a.ts'));
});

test('errors without a row are signs at every level, and need no row', () => {
  const bars = pictured(`
    aaaaaa
     XX
  `);
  const deep = {
    ...bars,
    depth: Uint8Array.of(0, NO_ROW),
    runs: [bars.runs[0], { ...bars.runs[1], depth: NO_ROW }],
  };
  for (const level of ['system', 'module', 'function'] as const) {
    const { depth, failed } = atLevel(deep, level);
    expect([...depth]).toEqual([0, NO_ROW]);
    expect([...failed]).toEqual([0, 1]);
  }
  expect([...atLevel(bars, 'system').depth]).toEqual([0, NO_ROW]);
  expect(depthsOf(deep, 1)).toEqual([1]);
});

test('flags are those of the answer', () => expect(Bar).toMatchObject(SpanFlag));
