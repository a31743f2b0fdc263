import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from '../../store/fixtures/workspace.ts';
import type { SurveySources } from '../../store/index.ts';
import { openSession, type Session } from '../session.ts';
import { type Calls, type Functions, type Recording, recordingOf } from './index.ts';

const workspace = new Workspace();
let session: Session;
let recording: Recording;

const idOf = (name: string): string => `ts:src/${name <= 'm' ? 'a' : 'b'}.ts#${name}`;
const exportsOf = (path: string) => path === 'src/a.ts' ? [{ path, line: 1, name: 'd', dst: idOf('d'), specifier: null, imported: null }] : []; // prettier-ignore
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
        holders: [], references: [], imports: [], exports: exportsOf(path), flagReads: [], flagSides: [], calls: '',
      },
    ]),
  ),
  packages: [],
  dependencies: [],
  target: () => null,
  namesInData: () => [],
  linkCalls: () => ({
    edges: [
      { ...place('d', 'n'), dst: idOf('n'), kind: 'import', confidence: 'certain', later: false },
      { ...place('o', 'b'), dst: idOf('b'), kind: 'field name', confidence: 'maybe', later: false },
      { ...place('c', 'n'), dst: idOf('n'), kind: 'callback of map', confidence: 'likely', later: false },
      { ...place('c', 'o'), dst: idOf('o'), kind: 'direct', confidence: 'certain', later: false },
    ],
    sites: [
      { ...place('d', 'n'), ...SITE, targets: 1, loop: 'for … of', awaited: true },
      { ...place('o', 'b'), ...SITE, targets: 1 },
      { ...place('c', 'n'), ...SITE, targets: 1 },
      { ...place('c', 'o'), ...SITE, targets: 1 },
      { ...place('a', 'this.db.query'), ...SITE, form: 'method', outside: true, module: 'pg/pool', loop: 'callback of map' },
      { ...place('o', 'db.query'), ...SITE, form: 'method', outside: true, module: 'pg', awaited: true },
    ],
  }),
}); // prettier-ignore

const SITE = { form: 'call', via: 'import', targets: 0, outside: false, too_many: null, module: null, loop: null, awaited: false } as const; // prettier-ignore
const place = (src: string, text: string) => ({ src: idOf(src), path: src <= 'm' ? 'src/a.ts' : 'src/b.ts', line: 2, column: src.charCodeAt(0) * 10 + text.length, text }); // prettier-ignore

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
    ['callers', () => all().named('n').callers({ evidence: 'ran' }), 'Cart.b c'],
    ['callers, as the text has it, too', () => all().named('n').callers(), 'Cart.b c d'],
    ['callees', () => all().named('a').callees(), 'Cart.b'],
    ['calling, by name', () => all().calling('n'), 'Cart.b c d'],
    ['calling, as the run saw it', () => all().calling('n', { evidence: 'ran' }), 'Cart.b c'],
    ['calling, as the text has it', () => all().calling('n', { evidence: 'text' }), 'c d'],
    ['calling, as the text alone has it', () => all().calling('n', { evidence: 'text only' }), 'd'],
    ['calling, by a question', () => all().calling(all().where((f) => f.role.eq('test')), { evidence: 'ran' }), 'Cart.b c'],
    ['what may be called does not count', () => all().calling('Cart.b'), 'a'],
    ['unless somebody asks for it', () => all().calling('Cart.b', { maybe: true }), 'a o'],
    ['calling what is written so', () => all().calling('db.query'), 'a o'],
    ['calling what is written so, wholly', () => all().calling('this.db.*'), 'a'],
    ['calling a package', () => all().calling('pg'), 'a o'],
    ['calling a part of a package', () => all().calling('pg/pool'), 'a'],
    ['calling what nobody calls', () => all().calling('p'), ''],
    ['called in a loop', () => all().calling('db.query').inLoop(), 'a'],
    ['handed to what calls it for each element', () => all().calling('n').inLoop(), 'c d'],
    ['any call in a loop', () => all().inLoop(), 'a c d'],
    ['awaited', () => all().calling('n').awaiting(), 'd'],
    ['awaiting, by name', () => all().awaiting('db.query'), 'o'],
    ['awaiting anything', () => all().awaiting(), 'd o'],
    ['each of several calls by itself', () => all().calling('n').inLoop().calling('o'), 'c'],
    ['called by', () => all().calledBy('c'), 'c n o'],
    ['reaching', () => all().reaching('n', { evidence: 'ran' }), 'a Cart.b c'],
    ['reaching, as the text has it, too', () => all().reaching('n'), 'a Cart.b c d'],
    ['reaching in one step', () => all().reaching('n', { most: 1, evidence: 'ran' }), 'Cart.b c'],
    ['reaching a package', () => all().reaching('pg'), 'a c o'],
    ['reaching a package from what ran', () => all().reaching('pg', { evidence: 'ran' }), 'a o'],
    ['reached from', () => all().reachedFrom('a'), 'Cart.b n'],
    ['reached from, as the text has it', () => all().reachedFrom('d'), 'n'],
    ['reached from nothing', () => all().reachedFrom('d', { evidence: 'ran' }), ''],
    ['of the first only', () => all().named('n').callers().limit(1).callees(), 'n'],
    ['all together', () => all().calling(all().named('n')).where((f) => f.calls.gt(1)).orderBy((f) => f.name.desc()), 'c Cart.b'],
    ['one or the other', () => all().calledBy('a').or(all().named('d')), 'Cart.b d'],
    ['both', () => all().calling('n').alsoIn(all().in('src/a*').calledBy('a')), 'Cart.b'],
    ['one and not the other', () => all().calling('n').except(all().ran()), 'd'],
    ['never ran', () => all().neverRan(), 'd'],
    ['throwing', () => all().throwing(), ''],
    ['exported', () => all().exported(), 'd'],
  ])('%s', async (_, of, expected) => expect(await names(of())).toBe(expected)); // prettier-ignore

  test('a row has all that is known', async () => {
    expect(await all().named('b').first()).toMatchObject({
      id: 'ts:src/a.ts#b', name: 'Cart.b', path: 'src/a.ts', role: 'source', kind: 'function', line: 1, endLine: 9, calls: 2, threw: 0, errors: 0, callers: 1, callees: 1,
      isSeen: true,
    }); // prettier-ignore
    expect(await all().named('d').first()).toMatchObject({
      calls: 0,
      self: null,
      p95: null,
      callers: 0,
      cyclomatic: null,
      commits: null,
    });
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

describe('calls', () => {
  const shown = async (of: Calls): Promise<string[]> =>
    (await of.rows()).map(({ fromName, toName, text, evidence, count }) => `${fromName} → ${toName ?? text} ${evidence} ${count}`);

  test('of a function, with how they are known', async () => {
    expect(await shown(recording.calls().to('n'))).toEqual([
      'c → n ran 1', 'd → n text only 0', 'Cart.b → n ran 3',
    ]);
    expect(await shown(recording.calls().to('n').textOnly())).toEqual(['d → n text only 0']);
    expect(await shown(recording.calls().from('c').ran())).toEqual(['c → n ran 1', 'c → c ran 1']);
  });

  test('what the text is not sure of', async () => {
    expect(await shown(recording.calls().from('o'))).toEqual(['o → Cart.b text only 0', 'o → db.query text only 0']);
    expect(await shown(recording.calls().from('o').sure())).toEqual(['o → db.query text only 0']);
  });

  test('in loops, awaited, of a module', async () => {
    expect(await recording.calls().inLoop().count()).toBe(3);
    expect(await shown(recording.calls().awaited().in('src/b*'))).toEqual(['o → db.query text only 0']);
    expect(await recording.calls().to('pg').where((c) => c.loop.isKnown()).first()).toMatchObject({
      from: idOf('a'), to: null, toName: null, path: 'src/a.ts', line: 2, text: 'this.db.query', module: 'pg/pool', loop: 'callback of map', detail: 'outside',
    });
  });
}); // prettier-ignore

describe('files', () => {
  test('what is known of them', async () => {
    expect(await recording.modules().in('src/a*').first()).toMatchObject({
      path: 'src/a.ts', role: 'source', lines: 9, functions: 4, functionsHit: 3, calls: 5, imports: 0, exports: 1,
    });
    expect(await recording.modules().neverLoaded().count()).toBe(0);
    expect(await recording.modules().importing('pg').rows()).toEqual([]);
  });
}); // prettier-ignore

describe('groups', () => {
  test('one row for each value, the greatest first', async () => {
    expect(
      await all().groupBy('path', (f, count) => ({ functions: count(), calls: f.calls.sum(), most: f.calls.greatest(), p: f.p95.least() })).rows(),
    ).toMatchObject([
      { path: 'src/a.ts', functions: 4, calls: 5, most: 2 },
      { path: 'src/b.ts', functions: 2, calls: 5, most: 4 },
    ]);
    expect(await all().ran().groupBy('role', () => ({})).limit(1).rows()).toEqual([{ role: 'source' }]);
  });

  test('names are only names', async () => {
    const evil = '"; DROP TABLE calls; --';
    expect(await all().groupBy('role', (f) => ({ [evil]: f.line.average() })).rows()).toHaveLength(2);
  });
}); // prettier-ignore

test('explaining tells the SQL, what it reads and what is done', async () => {
  const { sql, rows, tables, steps, ms } = await all().calling('n').inLoop().explain();
  expect(sql).toContain("GLOB 'n'");
  expect([rows, ms > 0]).toEqual([2, true]);
  const of = (name: string) => tables.find((each) => each.name === name);
  expect(of('call_sites')).toMatchObject({ rows: 6, evidence: 'text' });
  expect(of('edges_runtime')).toMatchObject({ evidence: 'recorded' });
  expect(steps.some(({ what }) => what === 'read call_edges')).toBe(true);
  expect((await recording.explain('SELECT text FROM known_calls WHERE loop IS NOT NULL')).rows).toBe(3);
  await expect(recording.explain('DROP TABLE calls')).rejects.toThrow('only SELECT');
  await expect(recording.explain('SELECT 1; SELECT 2')).rejects.toThrow('one statement');
  await expect(recording.explain('EXPLAIN SELECT 1')).rejects.toThrow('only SELECT');
});

test('what was given is bound, never written into the SQL', async () => {
  const evil = `x'; DROP TABLE calls; --`;
  const question = all().named(evil).calling(evil).where((f) => f.path.eq(evil)).reaching(evil, 3).awaiting(evil).inLoop();
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
