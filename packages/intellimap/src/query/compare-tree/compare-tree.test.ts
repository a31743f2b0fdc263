/** Two runs of pictures as one tree: every event takes 10 µs, a and b … are in src/a.ts, n … and A … in src/b.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunFile, SiteTable } from '../../base/recording.ts';
import { type Segment, Workspace } from '../../store/fixtures/workspace.ts';
import { openSession, type Session } from '../session.ts';
import { compareTree, type CompareTree, type CompareTreeQuestion, PATH_FLAG } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const BEFORE = '20261101-r';
const NOW = '20261102-r';

function run(id: string, segment: Segment, facts: Partial<RunFile> = {}): void {
  workspace.run(id, { '7-0': [{ ...segment, end: true }] }, { startedAt: id === NOW ? 1_790_100_000_000 : 1_790_000_000_000, ...facts });
} // prettier-ignore

async function ask<T>(question: (session: Session) => Promise<T>, of = NOW): Promise<T> {
  const session = await openSession(workspace.root, { run: of });
  try {
    return await question(session);
  } finally {
    session.close();
  }
}

async function compared(
  before: string,
  now: string,
  question: Partial<CompareTreeQuestion> = {},
): Promise<CompareTree> {
  run(BEFORE, { picture: before });
  run(NOW, { picture: now });
  return await ask((session) =>
    compareTree(session, { other: BEFORE, minShare: 0, mostCalls: 0, ...question }),
  );
}

const nameOf = ({ functions, fn }: CompareTree, row: number): string => functions[fn[row]].name;

function pathOf(tree: CompareTree, row: number): string {
  const above = tree.parent[row];
  return above < 0 ? nameOf(tree, row) : `${pathOf(tree, above)}>${nameOf(tree, row)}`;
}

/** `a>b 40→60 own 40→60 1→2`, µs and calls; `~`: shares. */
const lines = (tree: CompareTree): string[] =>
  [...tree.fn.keys()].map((row) => {
    const pair = (before: Float64Array, now: Float64Array, unit: number): string =>
      [before, now].map((column) => Math.round(column[row] * unit)).join('→');
    const { SHARED_NOW, SHARED_BEFORE, ROUND } = PATH_FLAG;
    const flags = tree.flags[row];
    return [
      pathOf(tree, row), pair(tree.before, tree.now, 1000), `own ${pair(tree.ownBefore, tree.ownNow, 1000)}`, `calls ${pair(tree.callsBefore, tree.callsNow, 1)}`,
      ...((flags & (SHARED_NOW | SHARED_BEFORE)) === 0 ? [] : ['~']), ...((flags & ROUND) === 0 ? [] : ['round']),
    ].join(' ');
  }); // prettier-ignore

describe('the tree', () => {
  test('has what either run called, aligned by the path', async () => {
    expect(lines(await compared('a{ b{ }b c{ }c }a', 'a{ b{ .9 d{ }d }b b{ }b }a'))).toEqual([
      'a 50→80 own 30→30 calls 1→1',
      'a>b 10→50 own 10→40 calls 1→2',
      'a>c 10→0 own 10→0 calls 1→0',
      'a>b>d 0→10 own 0→10 calls 0→1',
    ]);
  });

  test('has the time of calls that are open when a recording ends, until then', async () => {
    const tree = await compared('a{ b{ }b }a', 'a{ b{ .9 .9 .9', { measure: 'latency' });
    expect(lines(tree)).toEqual(['a 30→50 own 20→10 calls 1→1', 'a>b 10→40 own 10→40 calls 1→1']);
  });

  test('gives each path its share where a function has several callers, and says so', async () => {
    const tree = await compared('a{ b{ c{ }c }b c{ }c }a', 'a{ b{ c{ }c }b c{ }c }a');
    expect(lines(tree).filter((line) => line.includes('~'))).toEqual([
      'a>b>c 10→10 own 10→10 calls 1→1 ~',
      'a>c 10→10 own 10→10 calls 1→1 ~',
    ]);
  });

  test('is exact where every call has a row', async () => {
    const pictures = ['a{ b{ c{ }c }b c{ }c }a', 'a{ b{ c{ .9 .9 }c }b c{ }c }a'] as const;
    const shared = await compared(...pictures);
    const exact = await compared(...pictures, { mostCalls: 100 });
    expect([shared.source, exact.source]).toEqual(['pairs', 'calls']);
    expect(lines(exact)).toEqual([
      'a 70→90 own 30→30 calls 1→1',
      'a>b 30→50 own 20→20 calls 1→1',
      'a>b>c 10→30 own 10→30 calls 1→1',
      'a>c 10→10 own 10→10 calls 1→1',
    ]);
  });

  test('folds recursion, of one function and of several', async () => {
    expect(lines(await compared('a{ }a', 'a{ b{ b{ b{ }b }b }b }a'))).toEqual([
      'a 10→70 own 10→20 calls 1→1',
      'a>b 0→50 own 0→50 calls 0→3',
    ]);
    const tree = await compared('a{ }a', 'a{ b{ c{ b{ }b }c }b }a');
    expect(lines(tree).filter((line) => line.includes('round'))).toHaveLength(1);
  });

  test('as latency, what waited has taken its time; as work it has not', async () => {
    const picture = 'A1{ ~1 .9 .9 .9 >1 }1';
    const latency = await compared(picture, picture, { measure: 'latency' });
    expect(lines(latency)).toEqual(['A 60→60 own 20→20 calls 1→1']);
    const work = await compared(picture, picture, { measure: 'work' });
    expect(lines(work)).toEqual(['A 20→20 own 20→20 calls 1→1']);
  });

  test('as calls, each counts one for all that led to it', async () => {
    const tree = await compared('a{ b{ }b }a', 'a{ b{ c{ }c c{ }c }b }a', { measure: 'calls' });
    expect([...tree.now]).toEqual([4, 3, 2]);
    expect([tree.totalBefore, tree.totalNow]).toEqual([2, 4]);
  });

  test('leaves out what is small, and counts it', async () => {
    const tree = await compared('a{ }a', 'a{ b{ .9 .9 .9 .9 .9 .9 .9 }b c{ d{ }d }c }a', { minShare: 0.5 });
    expect([lines(tree).map((line) => line.split(' ')[0]), tree.left]).toEqual([['a', 'a>b'], 1]);
    const first = await compared('a{ }a', 'a{ b{ }b c{ }c }a', { limit: 1 });
    expect([lines(first).length, first.left]).toEqual([1, 2]);
  });
});

describe('functions of one run only', () => {
  const unmatched = ({ unmatched: all }: CompareTree): string[] =>
    all.map(({ name, ran, why, calls, movedFrom }) => `${name} ${ran} ${why} ${calls} ${movedFrom ?? '-'}`);

  test('are all told, whatever the tree has room for', async () => {
    const tree = await compared('a{ b{ }b c{ }c }a', 'a{ d{ d{ }d }d }a', { minShare: 1 });
    expect(lines(tree)).toHaveLength(1);
    expect(unmatched(tree)).toEqual(['d now not called 2 -', 'b before not called 1 -', 'c before not called 1 -']);
  }); // prettier-ignore

  test('one that has the text of another that is gone was moved', async () => {
    run(BEFORE, { picture: 'a{ b{ }b }a' });
    run(NOW, { picture: 'a{ b{ }b }a' });
    const file = join(workspace.runDir(NOW), 'sites/aaaa.json');
    const table = JSON.parse(readFileSync(file, 'utf8')) as SiteTable;
    Object.assign(table.sites[1], { id: 'ts:src/a.ts#renamed', name: 'renamed', hash: 'same' });
    writeFileSync(file, JSON.stringify(table));
    const old = join(workspace.runDir(BEFORE), 'sites/aaaa.json');
    const oldTable = JSON.parse(readFileSync(old, 'utf8')) as SiteTable;
    oldTable.sites[1].hash = 'same';
    writeFileSync(old, JSON.stringify(oldTable));
    const tree = await ask((session) => compareTree(session, { other: BEFORE }));
    expect(unmatched(tree)).toEqual([
      'b before written 1 ts:src/a.ts#renamed',
      'renamed now written 1 ts:src/a.ts#b',
    ]);
  });
});

describe('what cannot be told', () => {
  test('a minimal run does not know who called whom', async () => {
    run(BEFORE, { counts: [[1, 5]] }, { tier: 'minimal' });
    run(NOW, { picture: 'a{ b{ }b }a' });
    const tree = await ask((session) => compareTree(session, { other: BEFORE }));
    expect([tree.measures, tree.unmatched.map(({ name }) => name)]).toEqual([[], ['b']]);
  });

  test('of a run that took no times, calls are compared', async () => {
    run(BEFORE, { edges: [[0, 1, 1], [1, 2, 3]] }, { tier: 'edges' });
    run(NOW, { picture: 'a{ b{ }b }a' });
    const tree = await ask((session) => compareTree(session, { other: BEFORE }));
    expect([tree.measures, tree.measure, lines(tree)[1]]).toEqual([['calls'], 'calls', 'a>b 3000→1000 own 3000→1000 calls 3→1']);
  }); // prettier-ignore

  test('a run that is not there', async () => {
    run(NOW, { picture: 'a{ }a' });
    await expect(ask((session) => compareTree(session, { other: '2027' }))).rejects.toThrow(
      'there is no run',
    );
  });
});

describe('beside every single call', () => {
  /** A program of plain calls: names of the callees of each call, down to a depth. */
  const body: fc.Memo<string> = fc.memo((depth) =>
    fc.array(fc.tuple(fc.constantFrom('b', 'c', 'd', 'e', 'f', 'g'), depth <= 1 ? fc.constant('') : body(depth - 1)), { maxLength: 3 })
      .map((calls) => calls.map(([name, inner]) => `${name}{ ${inner} }${name}`).join(' ')),
  ); // prettier-ignore
  const program = fc.array(body(3), { minLength: 1, maxLength: 2 }).map((roots) => roots.map((each) => `a{ ${each} }a`).join(' ')); // prettier-ignore

  interface Row {
    call: number;
    parent: number | null;
    id: string;
    self: number;
    ms: number;
  }

  /** Own time and calls by path of ids, straight from the rows of calls; a path passes a function once. */
  async function naive({ db }: Session, run: string): Promise<Map<string, { own: number; ms: number; calls: number }>> {
    const rows = await db.all<Row>(
      `SELECT call_id AS call, parent_call_id AS parent, ast_node_id AS id, self_us AS self, end_us - start_us AS ms
       FROM all_runs.calls JOIN all_runs.functions USING (run_id, function_id) WHERE run_id = $run ORDER BY call_id`,
      { run },
    );
    const paths = new Map<number, string[]>();
    const found = new Map<string, { own: number; ms: number; calls: number }>();
    for (const { call, parent, id: name, self, ms } of rows) {
      const above = parent === null ? [] : paths.get(parent)!;
      const isAgain = above.includes(name);
      const ids = isAgain ? above.slice(0, above.indexOf(name) + 1) : [...above, name];
      const path = ids.map((each) => `>${each}`).join('');
      paths.set(call, ids);
      const sums = found.get(path) ?? { own: 0, ms: 0, calls: 0 };
      found.set(path, { own: sums.own + self / 1000, ms: sums.ms + (isAgain ? 0 : ms / 1000), calls: sums.calls + 1 });
    }
    return found;
  } // prettier-ignore

  const workOf = (rows: Map<string, { own: number }>, path: string): number =>
    [...rows].reduce((sum, [each, { own }]) => sum + (`${each}>`.startsWith(`${path}>`) ? own : 0), 0);

  const idsOf = (tree: CompareTree, row: number): string =>
    `${tree.parent[row] < 0 ? '' : idsOf(tree, tree.parent[row])}>${tree.functions[tree.fn[row]].id}`;

  test('paths that are no shares are exact, and nothing of what functions did is lost where none calls in circles', async () => {
    await fc.assert(
      fc.asyncProperty(
        program,
        program,
        fc.constantFrom('work', 'latency'),
        fc.constantFrom(0, 1000),
        async (before, now, measure, mostCalls) => {
          workspace.remove();
          workspace = new Workspace();
          run(BEFORE, { picture: before });
          run(NOW, { picture: now });
          const question = { other: BEFORE, minShare: 0, measure, mostCalls, limit: Infinity } as const;
          const [tree, ofNow, ofBefore] = await ask(async (session) => [
            await compareTree(session, question),
            await naive(session, NOW),
            await naive(session, BEFORE),
          ]);
          const sides = [
          { rows: ofNow, own: tree.ownNow, all: tree.now, calls: tree.callsNow, bit: PATH_FLAG.SHARED_NOW },
          { rows: ofBefore, own: tree.ownBefore, all: tree.before, calls: tree.callsBefore, bit: PATH_FLAG.SHARED_BEFORE },
        ]; // prettier-ignore
          if (mostCalls > 0) expect([tree.source, Math.max(...tree.flags)]).toEqual(['calls', 0]);
          const isRound = tree.flags.some((flags) => (flags & PATH_FLAG.ROUND) !== 0);
          for (const { rows, own, all, calls, bit } of sides) {
            const totals = new Map<string, number[]>();
            for (const row of tree.fn.keys()) {
              const path = idsOf(tree, row);
              const exact = rows.get(path);
              if ((tree.flags[row] & bit) === 0) {
                expect(own[row]).toBeCloseTo(exact?.own ?? 0, 6);
                expect(all[row]).toBeCloseTo(measure === 'work' ? workOf(rows, path) : (exact?.ms ?? 0), 6);
                expect(calls[row]).toBeCloseTo(exact?.calls ?? 0, 6);
              }
              add(totals, path.slice(path.lastIndexOf('>')), own[row], calls[row]);
            }
            if (isRound) continue;
            const expected = new Map<string, number[]>();
            for (const [path, sums] of rows) add(expected, path.slice(path.lastIndexOf('>')), sums.own, sums.calls); // prettier-ignore
            for (const [id, sums] of expected)
              sums.forEach((sum, n) => expect(totals.get(id)?.[n]).toBeCloseTo(sum, 4));
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  function add(sums: Map<string, number[]>, id: string, ...figures: number[]): void {
    const before = sums.get(id) ?? figures.map(() => 0);
    sums.set(id, figures.map((figure, n) => before[n] + figure)); // prettier-ignore
  }
}, 240_000);
