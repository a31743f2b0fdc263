/** How long functions take on each side of a flag, in pictures: a reads, and calls b on one side, c on the other. */
import { expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { flagLatency, type FlagPair, openSession } from './index.ts';

const of = (letter: string): string => `ts:src/a.ts#${letter}`;
const PAIRS: FlagPair[] = [
  { side: 'on', reader: of('a'), callee: of('b') },
  { side: 'off', reader: of('a'), callee: of('c') },
];

/** Calls and µs of each side. */
async function latency(picture: string): Promise<Record<string, [calls: number, us: number]>> {
  const workspace = new Workspace();
  try {
    workspace.run('r1', { '7-0': [{ picture, end: true }] });
    const session = await openSession(workspace.root);
    const rows = await flagLatency(session, PAIRS, ['r1']);
    session.close();
    return Object.fromEntries(
      rows.map(({ side, calls, medianMs }) => [side, [calls, Math.round(medianMs * 1000)]]),
    );
  } finally {
    workspace.remove();
  }
}

test('of calls of the reader, by what they called; one that has not ended, and others, do not count', async () => {
  expect(await latency('a{ b{ }b b{ }b }a a{ c{ }c }a d{ c{ d{ }d }c }d a{ c{ }c')).toEqual({
    on: [1, 50],
    off: [1, 30],
  });
});

test('what the program waited for the recorder is nobody’s time', async () => {
  expect(await latency('a{ b{ % % }b }a a{ c{ }c }a')).toEqual({ on: [1, 30], off: [1, 30] });
});
