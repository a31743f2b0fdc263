/** What happened in the calls of a function, from recordings as pictures. */
import { afterAll, expect, test } from 'vitest';
import { type Segment, Workspace } from '../../store/fixtures/workspace.ts';
import { Seen } from '../../base/call-trace.ts';
import { openSession } from '../session.ts';
import { type CallSequences, callSequences } from './call-sequences.ts';

const workspace = new Workspace();
afterAll(() => workspace.remove());

let runs = 0;

/** `3× returned: b c ~(await 2)`, most often first. */
async function told(id: string, segments: Segment[], most?: number): Promise<{ lines: string[] } & CallSequences> {
  const run = `${++runs}-run`;
  workspace.run(run, { '7-0': segments }, { startedAt: runs * 1e9 });
  const session = await openSession(workspace.root, { run });
  try {
    const found = (await callSequences(session, id, most))!;
    const name = (event: number): string => {
      const { seen, id: of } = found.told[event];
      return `${['', '~', '!', '|'][seen]}${of.replace(/^ts:src\/[ab]\.ts#/, '')}`;
    };
    const lines = found.sequences.map(({ count, end, events }) => `${count}× ${end}: ${events.map(name).join(' ')}`);
    return { lines, ...found };
  } finally {
    session.close();
  }
} // prettier-ignore

const A = 'ts:src/a.ts#a';

test('whom calls call, in order; calls of others do not matter', async () => {
  const picture = 'a{ b{ d{ }d }b c{ }c }a a{ c{ !c !a a{ b{ d{ }d }b c{ }c }a e{ b{ }b }e';
  const { lines, calls, partial } = await told(A, [{ picture, end: true }]);
  expect(lines).toEqual(['2× returned: b c', '1× threw: c']);
  expect([calls, partial]).toEqual([3, 0]);
});

test('a call goes on from frame to frame, and may be open at the end', async () => {
  const { lines } = await told(A, [{ picture: 'a{ b{ }b' }, { picture: 'e{ }e c{' }]);
  expect(lines).toEqual(['1× open: b e c']);
});

test('throws of its own are told, with where', async () => {
  const { lines, told: all } = await told('ts:src/b.ts#n', [{ picture: 'n{ o{ ^1o !o ^2n !n', end: true }]);
  expect(lines).toEqual(['1× threw: o !n/throw']);
  expect(all.map(({ seen }) => seen)).toEqual([Seen.CALL, Seen.THROW]);
});

test('what is missing in the recording is counted, and nothing is made of it', async () => {
  const { calls, partial, lines } = await told(A, [{ picture: 'a{ b{ }b ?5 }a a{ c{ }c }a', end: true }]);
  expect([calls, partial, lines]).toEqual([1, 1, ['1× returned: c']]);
});

test('no more calls are followed than are wanted', async () => {
  const frames = Array.from({ length: 4 }, (_, at) => ({ picture: 'a{ b{ }b }a a{ }a', end: at === 3 }));
  const { calls, isCut } = await told(A, frames, 3);
  expect([calls, isCut]).toEqual([4, true]);
});

test('how long calls, and what they called, took', async () => {
  const { sequences } = await told(A, [{ picture: 'a{ b{ }b }a a{ b{ }b }a', end: true }]);
  expect(sequences[0]).toMatchObject({
    thread: 1,
    call: 0,
    ms: [0.03, 0.03],
    spentUs: [20],
    spentCount: [2],
  });
});

test('a function that the run does not know', async () => {
  workspace.run('9-none', { '7-0': [{ picture: 'a{ }a', end: true }] }, { startedAt: 99e9 });
  const session = await openSession(workspace.root, { run: '9-none' });
  expect(await callSequences(session, 'ts:src/a.ts#nobody')).toBeUndefined();
  session.close();
});
