/** Windows of random programs equal what a naive bucketing of all their spans gives, at any zoom, however the recording is cut. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRun, openStore } from '../store/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { randomFrom, Simulation } from '../store/replay/fixtures/simulation.ts';
import { openSession, type Session, type TimeWindow, type TimeWindowAsk, timeWindow } from './index.ts';
import { spansOf, windowOf } from './timeline/fixtures/naive.ts';

let workspace: Workspace;
let session: Session | null = null;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => {
  session?.close();
  session = null;
  workspace.remove();
});

interface Size {
  words: number;
  lines: number;
  wordsALine: number;
}

/** Loads a run of threads and opens it; `size` of the leaves, so that small recordings have many. */
async function opened(
  threads: readonly (readonly string[])[],
  frames: () => number,
  size?: Size,
): Promise<Session> {
  workspace.run(
    'r1',
    Object.fromEntries(threads.map((tokens, tid) => [`7-${tid}`, inFrames(tokens, frames)])),
  );
  const store = await openStore(workspace.root);
  await loadRun(store, workspace.runDir('r1'), size === undefined ? {} : { leaves: size });
  store.close();
  return (session = await openSession(workspace.root, { load: false }));
}

function inFrames(tokens: readonly string[], length: () => number) {
  const frames = [];
  for (let at = 0; at < tokens.length;)
    frames.push({ picture: tokens.slice(at, (at += length())).join(' ') });
  return frames;
}

/** As `windowOf` says it. */
function lines({ head: { functions }, columns }: TimeWindow): string[] {
  return Array.from(columns.row, (row, at) => {
    const { depth, start, duration, count, failed, call, failedCall, flags } = columns;
    const first = Number.isNaN(failedCall[at]) ? '-' : failedCall[at];
    const { name } = functions[columns.function[at]];
    return `${row} ${depth[at]} ${start[at]}+${duration[at]} ×${count[at]} !${failed[at]}:${first} ${name} ${call[at]} ${flags[at]}`;
  });
}

function randomAsk(random: (below: number) => number, end: number): TimeWindowAsk {
  const [a, b] = [random(end), random(end)];
  const narrow = random(3) === 0 ? random(60) : Math.abs(a - b);
  const t0 = Math.min(a, b) + random(4) / 4;
  return { t0, t1: t0 + narrow + 1, px: 1 + random(random(2) === 0 ? 20 : 400), depths: 1 + random(12) };
}

test('of random programs, in leaves of a few words', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = randomFrom(seed);
    const threads = [0, 1].map((thread) => {
      const { tokens } = new Simulation(seed + thread * 1000, 20 + random(1500));
      // Broken off while calls are open; words are lost.
      const whole = tokens.slice(0, tokens.length - random(10));
      return seed % 3 === 0
        ? whole.flatMap((token) => (random(25) === 0 ? [`?${1 + random(9)}`, token] : [token]))
        : whole;
    });
    const size = { words: 1 + random(random(2) === 0 ? 80 : 1500), lines: 17 + random(10), wordsALine: 1000 };
    await opened(threads, () => 1 + random(30), size);
    const naive = threads.map(spansOf);
    const end = Math.max(...threads.map(({ length }) => length)) * 10;
    for (let time = 0; time < 60; time++) {
      const ask = randomAsk(random, end);
      const found = await timeWindow(session!, ask);
      const { t0, t1, resolution } = found.head;
      expect(
        lines(found),
        `seed ${seed} ${JSON.stringify({ ...ask, ...size, resolution })}\n${threads.map((each) => each.join(' ')).join('\n')}`,
      ).toEqual(windowOf(naive, resolution, t0, t1, ask.depths!));
      expect((t1 - t0) / resolution).toBeLessThanOrEqual(ask.px + 2);
      expect(t0 <= ask.t0 && ask.t1 <= t1).toBe(true);
    }
    session!.close();
    session = null;
    workspace.remove();
    workspace = new Workspace();
  }
});

test('deep rows where there is little to read, and errors in them at every zoom', async () => {
  const letters = 'abcdefghijklmnopqrst'.split('');
  const ends = [
    '!t',
    '!s',
    '}r',
    ...letters
      .slice(0, 17)
      .toReversed()
      .map((letter) => `}${letter}`),
  ];
  const tokens = [...letters.map((letter) => `${letter}{`), ...ends];
  await opened([tokens], () => 50, { words: 10, lines: 17, wordsALine: 1000 });
  for (const [px, depths] of [
    [1, 16],
    [3, 16],
    [50, 16],
    [1, 255],
    [3, 18],
    [500, 255],
  ] as const) {
    const found = await timeWindow(session!, { t0: 0, t1: 500, px, depths });
    const { t0, t1, resolution, lanes } = found.head;
    expect(lines(found)).toEqual(windowOf([spansOf(tokens)], resolution, t0, t1, depths));
    if (depths > 16 || px === 1) expect(lanes[0].indexed).toBe(depths > 16 ? 255 : 16);
    expect(lanes[0].depths).toBe(Math.min(20, depths));
    const deep = lines(found).filter((line) => line.startsWith('0 255 '));
    expect(deep.reduce((sum, line) => sum + Number(/!(\d+)/.exec(line)![1]), 0)).toBe(2);
  }
});

test('where the recording is gone, buckets are as wide as those of the index', async () => {
  const { tokens } = new Simulation(5, 600);
  await opened([tokens], () => 20, { words: 100, lines: 17, wordsALine: 1000 });
  rmSync(join(workspace.runDir('r1'), 'threads'), { recursive: true });
  const ask = { t0: 0, t1: 6000, px: 10_000, depths: 16 };
  const found = await timeWindow(session!, ask);
  expect(found.head.resolution).toBeGreaterThan(1);
  const { t0, t1, resolution } = found.head;
  expect(lines(found)).toEqual(windowOf([spansOf(tokens)], resolution, t0, t1, 16));
});

test('a run without an index, as imports are: its rows of calls are taken', async () => {
  const tokens = 'a{ b{ }b !a a{ c{ }c }a'.split(' ');
  workspace.run('r1', { '7-0': inFrames(tokens, () => 100) });
  const store = await openStore(workspace.root);
  await loadRun(store, workspace.runDir('r1'));
  await store.connection.run('DELETE FROM time_index');
  store.close();
  session = await openSession(workspace.root, { load: false });
  const found = await timeWindow(session, { t0: 5, t1: 80, px: 100 });
  const { t0, t1, resolution } = found.head;
  expect(lines(found)).toEqual(windowOf([spansOf(tokens)], resolution, t0, t1, 16));
  expect(found.head.lanes).toEqual([
    { thread: 1, name: 'main', process: 7, tid: 0, kind: 'main', script: null, depths: 2, indexed: 255 },
  ]);
});

test('no window', async () => {
  await opened([['a{', '}a']], () => 100);
  for (const ask of [
    { t0: 5, t1: 5, px: 9 },
    { t0: 0, t1: 9, px: 0 },
    { t0: NaN, t1: 9, px: 9 },
    { t0: -1, t1: 9, px: 9 },
  ])
    await expect(timeWindow(session!, ask)).rejects.toThrow(/no window/);
});
