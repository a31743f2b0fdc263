/** What differs between runs of pictures. In pictures every event takes 10 µs, a and b … are in src/a.ts, n … and A … in src/b.ts. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunFile, SiteTable } from '../../base/recording.ts';
import { type Segment, Workspace } from '../../store/fixtures/workspace.ts';
import { openSession } from '../index.ts';
import { drift } from './index.ts';
import { noiseOf } from './noise.ts';
import { movedIn } from './others.ts';

let workspace: Workspace;
let day = 1;
beforeEach(() => {
  workspace = new Workspace();
  day = 1;
});
afterEach(() => workspace.remove());

const NOTES = [1, 2].map((id) => ({ t: 'error', id, name: 'Error', message: `no ${'xy'[id - 1]}` }));
/** Runs of the same command, one a day, the newest last. */
function runs(pictures: string[], facts: Partial<RunFile> = {}, more: Partial<Segment> = {}): void {
  for (const picture of pictures) {
    const id = `2026110${day}-r`;
    const startedAt = 1_790_000_000_000 + 86_400_000 * day++;
    workspace.run(id, { '7-0': [{ picture, notes: NOTES, end: true, ...more }] }, { startedAt, ...facts });
  }
}

async function compared(other?: string): Promise<string[] | null> {
  const session = await openSession(workspace.root);
  try {
    const found = await drift(session, other);
    return (
      found?.changes.map(
        ({ kind, what, subject, before, now, confidence }) => `${kind} ${what} ${subject} ${rounded(before)}→${rounded(now)} ${confidence}`,
      ) ?? null
    ); // prettier-ignore
  } finally {
    session.close();
  }
}
const rounded = (figure: number | null): number => Math.round((figure ?? 0) * 1000) / 1000;
const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join(' ');

describe('what differs', () => {
  test('nothing, of the same', async () => {
    runs(['a{ b{ }b }a', 'a{ b{ }b }a']);
    expect(await compared()).toEqual([]);
  });
  test('a function came, another went; edges to them are not told again', async () => {
    runs(['a{ b{ }b c{ }c }a', 'a{ b{ }b d{ }d }a']);
    expect(await compared()).toEqual(['function removed c 1→0 likely', 'function added d 0→1 likely']);
  });
  test('an edge between functions that ran before', async () => {
    runs(['a{ b{ }b c{ }c }a', 'a{ b{ c{ }c }b c{ }c }a']);
    expect(await compared()).toEqual(['edge added b → c 0→1 likely']);
  });
  test('a callee that is called more often, not what it calls in turn', async () => {
    runs(['a{ b{ c{ }c }b }a', `a{ ${times(5, 'b{ c{ }c }b')} }a`]);
    expect(await compared()).toEqual(['calls more a → b 1→5 possible']);
  });
  test('roots that are called more often', async () => {
    runs(['a{ }a', 'a{ }a a{ }a a{ }a']);
    expect(await compared()).toEqual(['calls more a 1→3 possible']);
  });
  test('errors by signature', async () => {
    runs(['a{ b{ ^1b !b v1aE }a', 'a{ b{ ^2b !b v2aE }a']);
    expect(await compared()).toEqual([
      'error added Error: no y 0→1 likely',
      'error removed Error: no x 1→0 likely',
    ]);
  });
  test('the order in which functions were first called', async () => {
    runs(['a{ b{ }b c{ }c d{ }d e{ }e }a', 'a{ c{ }c d{ }d b{ }b e{ }e }a']);
    expect(await compared()).toEqual(['order later b 2→4 possible']);
  });
  test('times, beyond the pace of all', async () => {
    const work = (slow: number): string => times(20, `a{ b{ }b c{ ${times(slow, '.9')} }c }a`);
    runs([work(1), work(300)]);
    expect(await compared()).toEqual(['self slower c 0.02→3.01 possible']);
  });
});

test('what somebody changed is told apart from what behaves otherwise', async () => {
  runs(['a{ b{ }b c{ }c }a', 'a{ b{ c{ }c }b c{ }c c{ }c }a']);
  const file = join(workspace.runDir('20261102-r'), 'sites/aaaa.json');
  const table = JSON.parse(readFileSync(file, 'utf8')) as SiteTable;
  table.sites[1].hash = 'changed';
  writeFileSync(file, JSON.stringify(table));
  const session = await openSession(workspace.root);
  const { changes } = (await drift(session))!;
  session.close();
  expect(changes.map(({ subject, because }) => `${subject} ${because}`)).toEqual([
    'a → c behaviour',
    'b → c code',
  ]);
});

describe('what earlier runs tell', () => {
  test('what comes and goes is no drift', async () => {
    runs(['a{ b{ }b }a', 'a{ }a', 'a{ b{ }b }a']);
    expect(await compared()).toEqual([]);
  });
  test('what was always there is missed for certain', async () => {
    runs(['a{ b{ }b }a', 'a{ b{ }b }a', 'a{ b{ }b }a', 'a{ }a']);
    expect(await compared()).toEqual(['function removed b 1→0 certain']);
  });
  test('counts that never varied are exact, those that did may vary again', async () => {
    const calls = (b: number, c: number): string => `a{ ${times(b, 'b{ }b')} ${times(c, 'c{ }c')} }a`;
    runs([calls(100, 50), calls(100, 90), calls(100, 70), calls(105, 100)]);
    expect(await compared()).toEqual(['calls more a → b 100→105 likely']);
  });
  test('a run of another command is none of them, nor one that is not complete', async () => {
    runs(['a{ b{ }b }a'], { command: ['other'] });
    runs(['a{ b{ }b }a'], {}, { end: false });
    runs(['a{ }a']);
    expect(await compared()).toBe(null);
    expect(await compared('20261101')).toEqual(['function removed b 1→0 likely']);
    await expect(compared('2027')).rejects.toThrow('there is no run "2027"');
  });
});

test('a run of which part is missing claims less', async () => {
  runs(['a{ b{ }b }a']);
  runs(['a{ ?5'], {}, { end: false });
  expect(await compared('20261101')).toEqual(['function removed b 1→0 possible']);
});

test('a run of a flight recorder that let something go is what others are compared with only if they did so, too', async () => {
  runs(['a{ b{ }b }a']);
  flights(2);
  expect(await others()).toEqual({ other: '20261102-r', history: ['20261101-r'] });
  runs(['a{ b{ }b }a']);
  expect(await others()).toEqual({ other: '20261101-r', history: [] });
});

async function others(): Promise<unknown> {
  const session = await openSession(workspace.root);
  try {
    const found = await drift(session);
    return found && { other: found.other, history: found.history };
  } finally {
    session.close();
  }
}

/** Runs of which the first part was let go. */
function flights(count: number): void {
  for (let run = 0; run < count; run++) {
    const id = `2026110${day}-r`;
    const header = { flight: 16 };
    const parts: Segment[] = [
      { picture: 'a{ b{ }b }a', header },
      { picture: 'a{ }a', header, end: true },
    ];
    workspace.run(id, { '7-0': parts }, { startedAt: 1_790_000_000_000 + 86_400_000 * day++ });
    const thread = join(workspace.root, '.intellimap/runs', id, 'threads/7-0');
    rmSync(join(thread, readdirSync(thread).toSorted()[0]));
  }
}

test('the pace of a machine, and how far times differ anyhow', () => {
  expect(noiseOf([2, 2, 2])).toEqual({ pace: 1, factor: 1 });
  const { pace, factor } = noiseOf([1.8, 1.9, 2, 2, 2, 2, 2.1, 2.1, 2.2, 2.3, 50]);
  expect(pace).toBeCloseTo(2);
  expect(factor).toBeGreaterThan(1.2);
  expect(factor).toBeLessThan(1.6);
});

test('as few as possible moved', () => {
  const moved = (now: string, before: string): string =>
    [...movedIn(now.split(''), before.split(''))].map(([id, { from, to }]) => `${id}${from}→${to}`).join(' ');
  expect(moved('abcd', 'abcd')).toBe('');
  expect(moved('dabc', 'abcd')).toBe('d3→0');
  expect(moved('abxcd', 'acbdy')).toBe('b2→1');
  expect(moved('', 'abc')).toBe('');
});
