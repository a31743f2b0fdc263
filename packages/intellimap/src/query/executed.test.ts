/** Which runs can say "never", and what they could have seen. */
import { afterAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import type { SurveySources } from '../store/index.ts';
import { executed } from './executed.ts';
import { openSession } from './session.ts';

const workspace = new Workspace();
afterAll(() => workspace.remove());

const DAY = 24 * 3600 * 1000;
const whole = [{ picture: 'a{ b{ }b }a', end: true }];
const stopped = [
  { t: 'gates' as const, micros: 1010, gate: 'off' as const, functions: null, reason: 'somebody asked' },
];

/** The functions `a` and `n` of the recorded program as they are now: `a` as it was, `n` changed since. */
const sources =
  (hashes: Record<string, string | null>): SurveySources =>
  async () => ({
    files: [{ path: 'src/a.ts', package: '', role: 'source', entry: null, content_hash: 'x', bytes: 1, modified_at: 1, lines: 1, problem: null, surveyed_by: 1 }],
    changed: new Map([
      [
        'src/a.ts',
        {
          functions: Object.entries(hashes).map(([id, hash]) => ({
            ast_node_id: id, path: 'src/a.ts', name: id, kind: 'function', parent: null, line: 1, end_line: 1, hash, off: null, member_of: null, member_name: null,
          })),
          holders: [], references: [], imports: [], exports: [], flagReads: [], flagSides: [],
        },
      ],
    ]),
    packages: [],
    dependencies: [],
    target: () => null,
    namesInData: () => [],
  }); // prettier-ignore

test('runs that told all that happened are whole; others are not', async () => {
  workspace.run('1-whole', { '7-0': whole }, { startedAt: DAY });
  workspace.run('2-killed', { '7-0': [{ picture: 'a{ b{ }b' }] }, { startedAt: 2 * DAY });
  workspace.run(
    '3-stopped',
    { '7-0': [{ picture: 'a{ }a', notes: stopped, end: true }] },
    { startedAt: 3 * DAY },
  );
  workspace.run('4-sampled', { '7-0': whole }, { startedAt: 4 * DAY, sample: 0.5 });
  workspace.run(
    '5-counted',
    { '7-0': [{ counts: [[1, 5]], end: true }] },
    { startedAt: 5 * DAY, tier: 'minimal' },
  );
  const first = await openSession(workspace.root);
  const known = await first.db.all<{ id: string; hash: string | null; name: string }>(
    "SELECT ast_node_id AS id, hash, name FROM functions WHERE name IN ('a', 'n') ORDER BY name",
  );
  first.close();
  const [a, n] = known;
  const session = await openSession(workspace.root, {
    sources: sources({ [a.id]: a.hash ?? 'h', [n.id]: 'another' }),
  });
  const { window, functions } = await executed(session);
  expect(window.runs.map(({ id, isWhole }) => `${id}: ${isWhole}`)).toEqual([
    '1-whole: true', '2-killed: false', '3-stopped: false', '4-sampled: false', '5-counted: true',
  ]); // prettier-ignore
  expect([window.from, window.to]).toEqual([DAY, 5 * DAY]);
  expect(functions.get(n.id)).toMatchObject({ hits: 0, witnesses: 0, whole: 0, last: null });
  const since = await executed(session, 4 * DAY);
  expect(since.window.runs.map(({ id }) => id)).toEqual(['4-sampled', '5-counted']);
  session.close();
});
