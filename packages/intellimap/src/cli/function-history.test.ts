/** `intellimap history` of a workspace with commits and runs. In pictures every event takes 10 µs; a and b are in src/a.ts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { GitFolder } from '../graph/history/fixtures/git-folder.ts';
import type { HistoryEvent } from '../graph/index.ts';
import { functionRuns, type FunctionRun } from '../query/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { history } from './commands/history.ts';
import { historyAnswer } from './function-history.ts';
import { SCHEMAS } from './shapes/index.ts';
import { PLAIN } from './terminal.ts';

let workspace: Workspace;
let folder: GitFolder;
beforeEach(() => {
  workspace = new Workspace();
  folder = new GitFolder(workspace.root);
});
afterEach(() => workspace.remove());

const b = (more = ''): string =>
  `export function b(cart) { ${more} return cart.lines.map((line) => line.price); }\n`;
const day = (n: number): number => Date.parse(`2026-01-${String(n).padStart(2, '0')}T18:00:00Z`);
const at = (commit: string, n: number, dirty = false): object => ({
  git: { commit, branch: 'main', dirty },
  startedAt: day(n),
});

/** What it prints, and what it says beside that. */
async function run(
  words: string[],
  values: Record<string, string | boolean> = {},
): Promise<{ printed: string; said: string }> {
  const answer = { printed: '', said: '' };
  await history.run({
    values,
    positionals: words,
    cwd: folder.root,
    out: {
      print: (text) => (answer.printed += `${text}\n`),
      say: (text) => (answer.said += `${text}\n`),
      progress: () => undefined,
      paint: PLAIN,
      paintError: PLAIN,
      columns: 80,
      looks: false,
    },
  });
  return answer;
}

/** Three versions; the first one ran twice, the second one ran and was not called, the third one threw. */
function threeVersions(): void {
  const one = folder.commit('one', { '.gitignore': '.intellimap', 'package.json': '{}', 'src/a.ts': b() });
  const two = folder.commit('two', { 'src/a.ts': b('check(cart);') });
  const three = folder.commit('three: \u001B[31mwith a subject that is longer than there is room for', {
    'src/a.ts': b('check(cart); check(cart);'),
  });
  workspace.run('20260101-a', { '7-0': [{ picture: 'a{ b{ }b b{ }b }a', end: true }] }, at(one, 1));
  workspace.run('20260101-b', { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] }, at(one, 1));
  workspace.run('20260102-a', { '7-0': [{ picture: 'a{ }a', end: true }] }, at(two, 2));
  const notes = [{ t: 'error', id: 1, name: 'Error', message: 'no' }];
  workspace.run(
    '20260103-a',
    { '7-0': [{ picture: 'a{ b{ ^1b !b v1aE }a', notes, end: true }] },
    at(three, 3),
  );
}

describe('the command', () => {
  test('tells commits, and what runs saw of each version; 80 columns do', async () => {
    threeVersions();
    const { printed } = await run(['b']);
    const lines = printed.trimEnd().split('\n');
    const commits = folder.git('log', '--format=%H').trim().split('\n').map((id) => id.slice(0, 9)); // prettier-ignore
    expect(lines).toEqual([
      'b',
      '  src/a.ts:1',
      '  ts:src/a.ts#b',
      '',
      `  2026-01-03  ${commits[0]}  Ada               edited  three: \\u001b[31mwith a subj…`,
      '                         1 run: 1 call, 20.0 µs of its own, threw 1 time',
      `  2026-01-02  ${commits[1]}  Ada               edited  two`,
      '                         1 run: never called',
      `  2026-01-01  ${commits[2]}  Ada               made    one`,
      '                         2 runs: 3 calls, 30.0 µs of its own',
    ]);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });

  test('as JSON, as its schema says', async () => {
    threeVersions();
    const answer = JSON.parse((await run(['b'], { json: true })).printed);
    expect(answer).toMatchObject({ more: false, shallow: false, others: [] });
    expect(answer.versions[2]).toMatchObject({
      subject: 'one',
      author: 'Ada',
      what: ['made'],
      id: 'ts:src/a.ts#b',
      before: null,
      runs: [
        { run: '20260101-b', calls: 1, ran: true },
        { run: '20260101-a', calls: 2, tier: 'performance' },
      ],
    });
    const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    expect([ajv.validate(SCHEMAS['history'], answer), ajv.errors]).toEqual([true, null]);
  });

  test('--limit, and that there is more', async () => {
    threeVersions();
    const { printed, said } = await run(['b'], { limit: '1' });
    expect(printed).toContain('three');
    expect(printed).not.toContain('two');
    expect(said).toBe('intellimap: there is more; --limit 2 shows it\n');
  });

  test('without any run; what was renamed says what it was', async () => {
    folder.commit('one', { 'package.json': '{}', 'src/old.ts': b() });
    folder.commit('two', { 'src/old.ts': null, 'src/new.ts': b() });
    folder.commit('three', { 'src/new.ts': b().replace('function b', 'function prices') });
    const { printed } = await run(['prices']);
    expect(printed).toMatch(
      /renamed {2}three\n {25}was b\n .* moved {4}two\n {25}was in src\/old.ts\n .* made {5}one\n$/,
    );
  });

  test('a name that several have, or nobody', async () => {
    folder.commit('one', { 'package.json': '{}', 'a.ts': b(), 'c.ts': b() });
    await expect(run(['b'])).rejects.toMatchObject({
      exitCode: 3,
      message: '2 functions match "b"',
      advice: 'name one of them by its id:\n  ts:a.ts#b\n  ts:c.ts#b',
    });
    await expect(run(['nobody'])).rejects.toMatchObject({ exitCode: 3 });
    await expect(run(['ts:a.ts#nobody'])).rejects.toMatchObject({ exitCode: 3 });
    await expect(run([])).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('which version a run belongs to', () => {
  const version = (subject: string, hash: string, n: number, ids = ['f']): HistoryEvent => ({
    commit: { id: subject, at: day(n), author: 'Ada', subject },
    what: ['edited'],
    function: { id: ids[0], path: 'a.ts', name: 'f', kind: 'function', scope: '', anchor: '', hash, line: 1, endLine: 1, start: 0, end: 1 },
    before: null, reason: null, score: null, ids,
  }); // prettier-ignore
  const seen = (hash: string | null, n: number, commit = 'other', id = 'f'): FunctionRun => ({
    run: 'r', at: day(n), commit, dirty: false, tier: 'performance', id, hash, calls: 1, selfMs: 1, threw: 0, errors: 0, ran: true,
  }); // prettier-ignore
  /** Subject of its version; null: none. */
  function belongs(run: FunctionRun, ...events: HistoryEvent[]): string | null {
    const { versions, others } = historyAnswer(events, [run], { more: false, shallow: false });
    const found = versions.find(({ runs }) => runs.length > 0);
    expect(others.length).toBe(found === undefined ? 1 : 0);
    return found?.subject ?? null;
  }

  test('the one with the text that ran', () => {
    const events = [version('c', 'zz', 5), version('b', 'yy', 3), version('a', 'xx', 1)];
    expect(belongs(seen('yy', 9), ...events)).toBe('b');
    expect(belongs(seen('ww', 9), ...events)).toBe(null);
  });

  test('of several with the same text, that of its commit, or the last before it', () => {
    const events = [version('c', 'xx', 5), version('b', 'yy', 3), version('a', 'xx', 1)];
    expect(belongs(seen('xx', 4), ...events)).toBe('a');
    expect(belongs(seen('xx', 6), ...events)).toBe('c');
    expect(belongs(seen('xx', 6, 'a'), ...events)).toBe('a');
  });

  test('by the id that it had then; without a hash by time', () => {
    const events = [version('c', 'zz', 5, ['g']), version('a', 'xx', 1, ['f', 'f~1'])];
    expect(belongs(seen('xx', 9, 'other', 'f~1'), ...events)).toBe('a');
    expect(belongs(seen('zz', 9, 'other', 'f'), ...events)).toBe(null);
    expect(belongs(seen(null, 9, 'other', 'f'), ...events)).toBe('a');
  });
});

test('what runs saw: all of them, by any id; nobody counts where nobody looked', async () => {
  threeVersions();
  workspace.run(
    '20260104-a',
    { '7-0': [{ counts: [[2, 5]], end: true }] },
    { tier: 'minimal', startedAt: day(4) },
  );
  const plain = (await functionRuns(workspace.root, ['ts:src/a.ts#b', 'ts:src/b.ts#n'])).map(
    ({ run, id, calls, selfMs, errors, ran }) => [run, id.slice(-1), calls, selfMs, errors, ran],
  );
  // In these recordings, what b throws is thrown by a statement of n.
  expect(plain).toEqual([
    ['20260104-a', 'b', 5, null, 0, true],
    ['20260104-a', 'n', 0, null, 0, false],
    ['20260103-a', 'b', 1, 0.02, 0, true],
    ['20260103-a', 'n', 0, 0, 1, false],
    ['20260102-a', 'b', 0, 0, 0, false],
    ['20260102-a', 'n', 0, 0, 0, false],
    ['20260101-b', 'b', 1, 0.01, 0, true],
    ['20260101-b', 'n', 0, 0, 0, false],
    ['20260101-a', 'b', 2, 0.02, 0, true],
    ['20260101-a', 'n', 0, 0, 0, false],
  ]);
});
