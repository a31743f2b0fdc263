/** Two runs side by side: whether they can be compared, and what is usual. In pictures every event takes 10 µs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunFile } from '../../base/recording.ts';
import { type Segment, Workspace } from '../../store/fixtures/workspace.ts';
import { pairOf } from '../drift/index.ts';
import { figureOf } from '../drift/usual.ts';
import { openSession, type Session } from '../session.ts';
import { type Comparison, compareRuns } from './index.ts';

let workspace: Workspace;
let day = 1;
beforeEach(() => {
  workspace = new Workspace();
  day = 1;
});
afterEach(() => workspace.remove());

const NOTES = [{ t: 'error', id: 1, name: 'Error', message: 'no cart' }];

/** A run a day, the newest last. */
function run(picture: string, facts: Partial<RunFile> = {}, more: Partial<Segment> = {}): void {
  const startedAt = 1_790_000_000_000 + 86_400_000 * day;
  workspace.run(`2026110${day++}-r`, { '7-0': [{ picture, notes: NOTES, end: true, ...more }] }, { startedAt, ...facts }); // prettier-ignore
}

async function ask<T>(question: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(workspace.root);
  try {
    return await question(session);
  } finally {
    session.close();
  }
}

const compared = async (other?: string): Promise<Comparison | null> =>
  await ask((session) => compareRuns(session, other));
const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join(' ');

test('there is nothing to compare a first run with', async () => {
  run('a{ }a');
  expect(await compared()).toBe(null);
});

describe('what makes two runs comparable', () => {
  const told = (found: Comparison | null): string[] =>
    found!.likeness.map(
      ({ what, verdict, isDoubt, says }) => `${what} ${verdict}${isDoubt ? '!' : ''}: ${says}`,
    );

  test('all of it, in words', async () => {
    run('a{ b{ }b }a');
    run('a{ b{ }b }a');
    expect(told(await compared())).toEqual([
      'command same: both ran node app.js',
      'code same: the same commit c0ffee',
      'machine same: node v20.20.2, platform linux x64, intellimap 0.1.0',
      'load unknown: how busy the machine was is not known: too few functions were timed often',
      'tier same: both of tier performance',
      'completeness same: both recordings are complete',
    ]);
  });

  test('another commit is what one compares for; the rest takes weight from what is found', async () => {
    run('a{ }a', { command: ['other'], node: 'v18.0.0', git: { commit: 'beef', branch: null, dirty: false } });
    run('a{ ?5', {}, { end: false });
    expect(told(await compared('20261101'))).toEqual([
      'command differs!: commands differ: other before, node app.js now',
      'code differs: commit beef before, c0ffee now',
      'machine differs!: node v18.0.0 before, v20.20.2 now',
      'load unknown: how busy the machine was is not known: too few functions were timed often',
      'tier same: both of tier performance',
      'completeness differs!: part of this run is missing (sampled, let go, lost or cut off)',
    ]);
  }); // prettier-ignore

  test('a machine that was busy made all functions slower', async () => {
    const names = 'bcdefghijklm'.split('');
    const work = (each: string): string => `a{ ${times(20, names.map((name) => `${name}{ ${each} }${name}`).join(' '))} }a`; // prettier-ignore
    run(work('.9'));
    run(work('.9 .9 .9'));
    const load = (await compared())!.likeness.find(({ what }) => what === 'load')!;
    expect([load.verdict, load.says]).toEqual([
      'differs',
      'the machine was busier: functions took 2.00 times as long in the middle, which is taken into account',
    ]);
  });
});

describe('what is usual', () => {
  const calls = (count: number): string => `a{ ${times(count, 'b{ }b')} }a`;
  const usual = async (): Promise<unknown[]> =>
    (await compared())!.changes.map(({ subject, before, now, usual: band }) => [subject, before, now, band]);

  test('a band of earlier runs, the one before among them', async () => {
    for (const count of [10, 14, 12, 40]) run(calls(count));
    expect(await usual()).toEqual([['a → b', 12, 40, { low: 10, high: 14, runs: 3 }]]);
  });

  test('is not known of a first difference', async () => {
    for (const count of [10, 40]) run(calls(count));
    expect(await usual()).toEqual([['a → b', 10, 40, null]]);
  });

  test('each change has the figure that the run before has', async () => {
    const busy = times(25, 'b{ c{ .9 .9 .9 .9 .9 .9 .9 .9 .9 }c }b');
    const slow = times(25, `b{ c{ ${times(300, '.9')} }c d{ }d }b`);
    run(`a{ ${busy} e{ ^1e !e v1a }a`);
    run(`a{ ${busy} e{ ^1e !e v1a }a`);
    run(`a{ ${slow} }a a{ }a`);
    const found = (await compared())!.changes;
    const { pair } = (await ask((session) => pairOf(session)))!;
    expect(new Set(found.map(({ kind }) => kind)).size).toBeGreaterThan(3);
    for (const change of found.filter(({ kind }) => kind !== 'order' && kind !== 'import')) {
      expect([change.kind, figureOf(pair.before, change)]).toEqual([change.kind, change.before]);
      expect([change.kind, figureOf(pair.now, change)]).toEqual([change.kind, change.now]);
    }
  });
});

test('a change leads to its function: of an edge, to the caller', async () => {
  run('a{ b{ }b c{ }c }a');
  run('a{ b{ c{ }c }b c{ }c }a');
  expect((await compared())!.changes.map(({ subject, function: id }) => [subject, id])).toEqual([
    ['b → c', 'ts:src/a.ts#b'],
  ]);
});
