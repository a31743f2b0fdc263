import { expect, test } from 'vitest';
import { barsOfTracks, trackBars } from './track-bars.ts';

const told = (bars: ReturnType<typeof trackBars>) =>
  Array.from(
    bars.lane,
    (lane, n) =>
      `${lane}.${bars.depth[n]} ${bars.from[n]}-${bars.to[n]} ${bars.functions[bars.fn[n]].name} ${bars.thread[n]}.${bars.call[n]}`,
  );

test('rows are bars; what overlaps stands below', () =>
  expect(
    told(
      trackBars([
        null,
        {
          columns: ['name', 'thread_id', 'call_id', 'start_us', 'dur'],
          rows: [
            ['late', 2, 7, 30, 5],
            ['outer', 2, 5, 10, 20],
            ['inner', 2, 6, 12, 3],
            ['no time', 2, 8, null, 3],
          ],
        },
        {
          columns: ['t', 'x'],
          rows: [
            [4, 1],
            [4, 2],
          ],
        },
      ]),
    ),
  ).toEqual([
    '1.0 10-30 outer 2.5',
    '1.0 30-35 late 2.7',
    '1.1 12-15 inner 2.6',
    '2.0 4-4 4 NaN.NaN',
    '2.0 4-4 4 NaN.NaN',
  ]));

test('an end counts where there is no length, and what overlaps too often is left out', () => {
  const rows = Array.from({ length: 20 }, (_, n) => [n, 100]);
  const bars = trackBars([{ columns: ['ts', 'end_us'], rows }]);
  expect(bars.lane).toHaveLength(12);
  expect([...bars.to]).toEqual(Array(12).fill(100));
});

test('rows without a time are no bars', () =>
  expect(trackBars([{ columns: ['name'], rows: [['a']] }]).lane).toHaveLength(0));

test('the same list has the same bars: they are not made anew for each picture', () => {
  const tracks = [{ rows: { columns: ['ts'], rows: [[4]] } }];
  expect(told(barsOfTracks(tracks))).toEqual(['0.0 4-4 4 NaN.NaN']);
  expect(barsOfTracks(tracks)).toBe(barsOfTracks(tracks));
  expect(barsOfTracks([...tracks])).not.toBe(barsOfTracks(tracks));
});
