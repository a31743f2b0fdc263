import { afterEach, describe, expect, test } from 'vitest';
import { type Segment, Workspace } from '../store/fixtures/workspace.ts';
import { openStore } from '../store/index.ts';
import { lineHits } from './line-hits.ts';
import type { SourceLines } from './moment-answers.ts';
import { openSession, type Session } from './session.ts';
import { sourceLines } from './source-lines.ts';

test('a line has the count of the innermost range that covers all of it', () => {
  const range = (line: number, column: number | null, endLine: number, endColumn: number | null, count: number) => ({
    line, column, endLine, endColumn, count,
  }); // prettier-ignore
  const ranges = [
    range(4, 9, 6, 3, 1),
    range(2, 0, 8, 1, 3),
    range(1, 0, 10, 0, 1),
    range(9, null, 9, null, 7),
  ];
  expect([...lineHits(ranges)].toSorted((a, b) => a[0] - b[0])).toEqual([
    [1, 1], [2, 3], [3, 3], [4, 3], [5, 1], [6, 3], [7, 3], [8, 1], [9, 7],
  ]); // prettier-ignore
});

describe('a file', () => {
  let workspace: Workspace;
  let session: Session;
  afterEach(() => {
    session.close();
    workspace.remove();
  });

  async function opened(segment: Segment, sql = 'SELECT 1'): Promise<void> {
    workspace = new Workspace();
    workspace.run('r1', { '7-0': [{ ...segment, end: true }] });
    (await openSession(workspace.root)).close();
    const store = await openStore(workspace.root);
    await store.connection.run(sql);
    store.close();
    session = await openSession(workspace.root, { load: false });
  }

  /** `140 hits 2 share 0.5 passed err 1 x=1` */
  const shown = (found: SourceLines | undefined): string[] =>
    (found?.lines ?? [])
      .filter(
        ({ hits, values, errors, executed }) => hits !== 0 || values.length + errors > 0 || executed !== null,
      )
      .map(({ line, hits, selfShare, executed, values, errors }) =>
        [
          `${line}:`,
          hits !== null && `hits ${hits}`,
          selfShare !== null && selfShare > 0 && `share ${selfShare.toFixed(2)}`,
          executed !== null && (executed ? 'passed' : 'not passed'),
          errors > 0 && `errors ${errors}`,
          ...values.map(({ name, preview, t }) => `${name}=${preview}@${t}`),
        ]
          .filter(Boolean)
          .join(' '),
      );

  const NOTES = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];

  test('of a run: calls where functions begin, shares of time, errors', async () => {
    await opened({ picture: 'n{ o{ }o ^1n !n n{ }n', notes: NOTES });
    const found = await sourceLines(session, { path: 'src/b.ts' });
    expect(shown(found)).toEqual(['140: hits 2 share 0.80', '141: errors 1', '150: hits 1 share 0.20']);
    expect([found?.contentHash, found?.callRange, found?.unknown]).toEqual([
      'bbbb',
      null,
      ['How often single lines were passed is not recorded: run with --coverage.'],
    ]);
    expect(await sourceLines(session, { path: 'src/none.ts' })).toBeUndefined();
  });

  test('of a call: what it passed, with which values; a line that no call passed was not passed by it', async () => {
    const texts = ['{"n":"0x","v":[1]}', '["this.total",2]', '"done"'];
    const block = (line: number, end: number, count: number) =>
      `('r1', 'v8', 'src/b.ts', NULL, NULL, 'block', ${line}, 0, ${end}, 1, ${count})`;
    await opened(
      { picture: 'n{ $0n0 $3n1 ^1n v1nE $1n2 }n', notes: NOTES, values: { texts } },
      `INSERT INTO coverage VALUES ${block(140, 146, 4)}, ${block(142, 144, 0)}`,
    );
    const found = await sourceLines(session, { path: 'src/b.ts', call: { thread: 1, call: 0 } });
    // The end of a block is no line of it; the result stands where the function ends.
    expect(shown(found)).toEqual([
      '140: hits 4 share 1.00 passed x=1@0 this.total=2@20',
      '141: hits 4 passed errors 1',
      '142: hits 0 not passed',
      '143: hits 0 not passed result="done"@60',
      '144: hits 4',
      '145: hits 4',
    ]);
    expect(found?.callRange).toEqual({ line: 140, endLine: 143 });
  });
});
