import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from '../../store/fixtures/workspace.ts';
import type { SurveySources } from '../../store/index.ts';
import { openSession, type Session } from '../session.ts';
import { type Functions, type Recording, recordingOf } from './index.ts';

const workspace = new Workspace();
let session: Session;
let recording: Recording;

const idOf = (name: string): string => `ts:src/${name <= 'm' ? 'a' : 'b'}.ts#${name}`;
const file = (path: string) => ({
  path, package: '', role: path === 'src/b.ts' ? ('test' as const) : ('source' as const), entry: null, content_hash: 'x', bytes: 1, modified_at: 1, lines: 9,
  problem: null, surveyed_by: 1,
}); // prettier-ignore
/** `a` to `d`, `n` and `o`; `o` has another body than it was recorded with. */
const sources: SurveySources = async () => ({
  files: ['src/a.ts', 'src/b.ts'].map(file),
  changed: new Map(
    ['src/a.ts', 'src/b.ts'].map((path) => [
      path,
      {
        functions: ['a', 'b', 'c', 'd', 'n', 'o'].filter((name) => idOf(name).includes(path)).map((name) => ({
          ast_node_id: idOf(name), path, name: name === 'b' ? 'Cart.b' : name, kind: 'function', parent: null, line: 1, end_line: 9, hash: name === 'o' ? 'new' : null,
          off: null, member_of: null, member_name: null,
        })),
        holders: [], references: [], imports: [], exports: [], flagReads: [], flagSides: [], calls: '',
      },
    ]),
  ),
  packages: [],
  dependencies: [],
  target: () => null,
  namesInData: () => [],
  linkCalls: () => ({ edges: [], sites: [] }),
}); // prettier-ignore

beforeAll(async () => {
  workspace.run('1', {
    // a calls b twice, which calls n; c calls itself and n; o is called, d is not.
    '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ }n n{ }n }b }a c{ c{ n{ }n }c }c o{ }o', end: true }],
  });
  session = await openSession(workspace.root, { sources });
  recording = recordingOf(session);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

const names = async (of: Functions): Promise<string> => (await of.rows()).map(({ name }) => name).join(' ');
const all = (): Functions => recording.functions();

describe('functions', () => {
  test('all that there are, by id', async () => {
    expect(await names(all())).toBe('a Cart.b c d n o');
    expect(await all().count()).toBe(6);
  });

  test.each<[string, () => Functions, string]>([
    ['a number', () => all().where((f) => f.calls.gte(2)), 'Cart.b c n'],
    ['several conditions: all of them', () => all().where((f) => f.calls.gt(1)).where((f) => f.calls.lt(4)), 'Cart.b c'],
    ['and', () => all().where((f) => f.calls.eq(0).and(f.role.eq('source'))), 'd'],
    ['or', () => all().where((f) => f.name.eq('d').or(f.name.eq('n'))), 'd n'],
    ['not', () => all().where((f) => f.name.like('?').not()), 'Cart.b'],
    ['between', () => all().where((f) => f.calls.between(1, 2)), 'a Cart.b c o'],
    ['one of these', () => all().where((f) => f.name.in(['a', 'n', 'x'])), 'a n'],
    ['one of none', () => all().where((f) => f.name.in([])), ''],
    ['what is not known is neither', () => all().where((f) => f.p95.gt(0).or(f.p95.lte(0))), 'a Cart.b c n o'],
    ['known', () => all().where((f) => f.self.isKnown().not()), 'd'],
    ['flags', () => all().where((f) => f.isSeen.is(false)), 'o'],
    ['names: the last part', () => all().named('b'), 'Cart.b'],
    ['names: wholly', () => all().named('Cart.*'), 'Cart.b'],
    ['ids', () => all().named('ts:src/b.ts#*'), 'n o'],
    ['files', () => all().in('src/b*'), 'n o'],
    ['signs of globs that are none', () => all().named('[a]'), ''],
    ['beginnings', () => all().where((f) => f.name.startsWith('Cart')), 'Cart.b'],
    ['a part', () => all().where((f) => f.path.contains('/b')), 'n o'],
    ['the greatest first', () => all().orderBy((f) => f.calls.desc()).limit(2), 'n Cart.b'],
    ['unknown ones last', () => all().orderBy((f) => f.self.asc()).where((f) => f.name.in(['a', 'd'])), 'a d'],
  ])('%s', async (_, of, expected) => expect(await names(of())).toBe(expected)); // prettier-ignore

  test.each<[string, () => Functions, string]>([
    ['callers', () => all().named('n').callers(), 'Cart.b c'],
    ['callees', () => all().named('a').callees(), 'Cart.b'],
    ['calling, by name', () => all().calling('n'), 'Cart.b c'],
    ['calling, by a question', () => all().calling(all().where((f) => f.role.eq('test'))), 'Cart.b c'],
    ['called by', () => all().calledBy('c'), 'c n'],
    ['reaching', () => all().reaching('n'), 'a Cart.b c'],
    ['reaching in one step', () => all().reaching('n', 1), 'Cart.b c'],
    ['reached from', () => all().reachedFrom('a'), 'Cart.b n'],
    ['reached from nothing', () => all().reachedFrom('d'), ''],
    ['of the first only', () => all().named('n').callers().limit(1).callees(), 'n'],
    ['all together', () => all().calling(all().named('n')).where((f) => f.calls.gt(1)).orderBy((f) => f.name.desc()), 'c Cart.b'],
  ])('%s', async (_, of, expected) => expect(await names(of())).toBe(expected)); // prettier-ignore

  test('a row has all that is known', async () => {
    expect(await all().named('b').first()).toMatchObject({
      id: 'ts:src/a.ts#b', name: 'Cart.b', path: 'src/a.ts', role: 'source', kind: 'function', line: 1, endLine: 9, calls: 2, threw: 0, errors: 0, callers: 1, callees: 1,
      isSeen: true,
    }); // prettier-ignore
    expect(await all().named('d').first()).toMatchObject({ calls: 0, self: null, p95: null, callers: 0 });
    expect(await all().named('nobody').first()).toBeUndefined();
  });

  test('times of calls', async () => {
    const row = (await all().named('b').first())!;
    const [exact] = await recording.sql<{ p50: number; most: number }>(
      `SELECT median(end_us - start_us) / 1000 AS p50, max(end_us - start_us) / 1000 AS most FROM calls JOIN functions USING (function_id) WHERE ast_node_id = $id`,
      { id: row.id },
    );
    expect(row.p50).toBeCloseTo(exact.p50);
    expect(row.p99! > row.p50! && row.p99! <= exact.most).toBe(true);
  });
});

test('what was given is bound, never written into the SQL', async () => {
  const evil = `x'; DROP TABLE calls; --`;
  const question = all().named(evil).calling(evil).where((f) => f.path.eq(evil)).reaching(evil, 3);
  const { sql, values } = question.toSql();
  expect(sql).not.toContain('DROP');
  expect(Object.values(values).filter((value) => value === evil).length).toBeGreaterThan(0);
  expect(await question.rows()).toEqual([]);
}); // prettier-ignore

test('a question is asked anew for each step, and says what is wrong', () => {
  const first = all();
  first.where((f) => f.calls.gt(1));
  expect(first.toSql().sql).not.toContain('WHERE');
  expect(() => first.limit(1.5)).toThrow('limit takes a whole number, not 1.5');
});
