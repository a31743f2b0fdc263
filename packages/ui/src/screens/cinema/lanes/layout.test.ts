import { describe, expect, test } from 'vitest';
import { barHeight, depthAt, type LanesAsked, layoutOf, placeAt } from './layout.ts';
import { laneTitle, processTitle } from './titles.ts';

const thread = (thread: number, process: number, depths: number) => ({
  thread,
  name: 'main',
  process,
  tid: 0,
  kind: 'main' as const,
  script: 'src/main.ts',
  depths,
  indexed: 15,
});
const task = (thread: number, task: number) => ({
  thread,
  task,
  kind: 'request',
  name: `GET /${task}`,
  start: 0,
  end: 1,
  calls: 1,
  errors: 0,
  more: 0,
});

const asked = (change: Partial<LanesAsked> = {}): LanesAsked => ({
  threads: [thread(1, 40, 3), thread(2, 41, 12), thread(3, 41, 0)],
  tasks: [{ task: task(2, 89), depths: 2 }],
  tracks: [],
  level: 'function',
  folded: new Set(),
  whole: new Set(),
  only: null,
  ...change,
});
const lines = (change?: Partial<LanesAsked>) =>
  layoutOf(asked(change), new Map()).places.map(
    (place) => `${place.top} ${place.key}${place.kind === 'process' ? '' : ` ×${place.depths}`}`,
  );

describe('lanes', () => {
  test('stand by process, thread and task; deep ones show their first depths', () =>
    expect(lines()).toEqual([
      '0 process 40',
      '22 thread 1 ×3',
      '76 process 41',
      '98 thread 2 ×6',
      '197 task 2.89 ×2',
      '236 thread 3 ×0',
    ]));

  test('are folded, or shown whole', () =>
    expect(lines({ folded: new Set(['process 40', 'task 2.89']), whole: new Set(['thread 2']) })).toEqual([
      '0 process 40',
      '22 process 41',
      '44 thread 2 ×12',
      '233 task 2.89 ×1',
      '263 thread 3 ×0',
    ]));

  test('pages have names, no numbers; their workers stand below them', () => {
    const page = { ...thread(4, 10_000_001, 2), kind: 'page' as const, name: 'page /checkout', script: null };
    const worker = { ...page, thread: 5, tid: 1, kind: 'web worker' as const, name: 'web worker /price.js' };
    const titles = (level: 'function' | 'system') =>
      layoutOf(asked({ threads: [thread(1, 40, 3), page, worker], tasks: [], level }), new Map()).places.map(
        (place) => (place.kind === 'process' ? processTitle(place) : laneTitle(place)),
      );
    expect(titles('function')).toEqual([
      '▾ src/main.ts · 40',
      'main thread',
      '▾ page /checkout',
      'page',
      'web worker /price.js',
    ]);
    expect(titles('system')).toEqual(['src/main.ts', 'page /checkout', 'web worker /price.js']);
  });

  test('at level system: one bar for each thread, which is as high as its lane; no tasks, no headings', () => {
    expect(lines({ level: 'system', folded: new Set(['process 41']) })).toEqual([
      '0 thread 1 ×1',
      '46 thread 2 ×1',
      '92 thread 3 ×1',
    ]);
    const [place] = layoutOf(asked({ level: 'system' }), new Map()).places;
    expect(place.kind === 'thread' && [barHeight(place), depthAt(place, 40)]).toEqual([36, 0]);
  });

  test('at level line: one lane', () => {
    expect(lines({ level: 'line' })).toEqual(['0 thread 1 ×3']);
    expect(lines({ level: 'line', only: 2 })).toEqual(['0 thread 2 ×9']);
  });

  test('do not jump: a lane keeps the depths that it had', () => {
    const seen = new Map<number, number>();
    layoutOf(asked(), seen);
    const later = layoutOf(asked({ threads: [thread(1, 40, 1)] }), seen);
    expect(later.places[1]).toMatchObject({ key: 'thread 1', depths: 3 });
  });

  test('tracks stand on top, but for the level that has room for one lane', () => {
    const tracks = [{ name: 'slow', depths: 8 }];
    expect(lines({ tracks }).slice(0, 2)).toEqual(['0 track 0 ×6', '99 process 40']);
    expect(lines({ tracks, level: 'line' })).toEqual(['0 thread 1 ×3']);
  });

  test('are found by their height', () => {
    const layout = layoutOf(asked(), new Map());
    expect([0, 22, 100, 1e5].map((y) => placeAt(layout, y)?.key)).toEqual([
      'process 40',
      'thread 1',
      'thread 2',
      undefined,
    ]);
  });
});
