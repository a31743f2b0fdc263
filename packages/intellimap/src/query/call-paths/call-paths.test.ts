/** Ways over calls that runs saw and that the text has: `a b c` is a way, `!` behind a function says that the call of it ran. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../../store/fixtures/workspace.ts';
import type { SurveySources } from '../../store/index.ts';
import { openSession, type Session } from '../session.ts';
import { callPaths, type PathOptions } from './index.ts';

const workspace = new Workspace();
let session: Session;

const idOf = (name: string): string => `ts:src/${name <= 'm' ? 'a' : 'b'}.ts#${name}`;
const pathOf = (name: string): string => (name <= 'm' ? 'src/a.ts' : 'src/b.ts');
const place = (src: string, text: string) => ({ src: idOf(src), path: pathOf(src), line: src.charCodeAt(0) - 96, column: text.length, text }); // prettier-ignore
const edge = (src: string, dst: string, confidence: 'certain' | 'maybe' = 'certain') => ({ ...place(src, dst), dst: idOf(dst), kind: 'direct', confidence, later: false }); // prettier-ignore
const NAMES = ['a', 'b', 'c', 'd', 'n', 'o'];
const sources: SurveySources = async () => ({
  files: ['src/a.ts', 'src/b.ts'].map((path) => ({
    path, package: '', role: 'source' as const, entry: null, content_hash: 'x', bytes: 1, modified_at: 1, lines: 99, problem: null, surveyed_by: 1,
  })),
  changed: new Map(['src/a.ts', 'src/b.ts'].map((path) => [path, {
    functions: NAMES.filter((name) => pathOf(name) === path).map((name) => ({
      ast_node_id: idOf(name), path, name: name === 'd' ? 'Shop.deal' : name, kind: 'function', parent: null, line: 10 * (name.charCodeAt(0) - 96),
      end_line: 10 * (name.charCodeAt(0) - 96) + 5, hash: '', off: null, member_of: null, member_name: null,
    })),
    holders: [], references: [], imports: [], exports: [], flagReads: [], flagSides: [], calls: '',
  }])),
  packages: [], dependencies: [], target: () => null, namesInData: () => [],
  linkCalls: () => ({
    edges: [edge('a', 'd'), edge('d', 'n'), edge('a', 'b'), edge('b', 'n'), edge('n', 'o', 'maybe'), edge('c', 'a')],
    sites: [
      { ...place('n', 'fs.readFile'), form: 'method', via: 'import', targets: 0, outside: true, too_many: null, module: 'node:fs', loop: 'while', awaited: true },
    ],
  }),
}); // prettier-ignore

beforeAll(async () => {
  workspace.run('1', { '7-0': [{ picture: 'a{ b{ n{ }n }b }a c{ c{ n{ }n }c }c', end: true }] });
  session = await openSession(workspace.root, { sources });
});
afterAll(() => {
  session.close();
  workspace.remove();
});

async function paths(from: string, to: string, options?: PathOptions): Promise<string[]> {
  const answer = await callPaths(session, from, to, options);
  return answer.paths.map(({ evidence, hops }) =>
    [`${evidence}:`, hops[0].from.name, ...hops.map(({ to: next, text, evidence: how }) => `${next?.name ?? text}${how === 'ran' ? '!' : ''}`)].join(' '),
  );
} // prettier-ignore

test.each<[string, string, string, PathOptions | undefined, string[]]>([
  ['the one that ran first', 'a', 'n', undefined, ['ran: a b! n!', 'text only: a Shop.deal n']],
  ['that ran', 'a', 'n', { evidence: 'ran' }, ['ran: a b! n!']],
  ['one only', 'a', 'n', { alternatives: 1 }, ['ran: a b! n!']],
  ['what only runs know', 'c', 'n', { alternatives: 1 }, ['ran: c n!']],
  ['in the text', 'c', 'n', { evidence: 'text', alternatives: 1 }, ['partly: c a b! n!']],
  ['a name in part', 'a', 'deal', undefined, ['text only: a Shop.deal']],
  ['a line', 'src/a.ts:23', 'n', undefined, ['ran: b n!']],
  ['a file', 'b', 'src/b.ts', undefined, ['ran: b n!']],
  ['a package', 'a', 'node:fs', { alternatives: 1 }, ['partly: a b! n! fs.readFile']],
  ['a package that the function calls itself', 'n', 'fs', undefined, ['text only: n fs.readFile']],
  ['as it is written', 'b', 'readFile', undefined, ['partly: b n! fs.readFile']],
  ['what may be is no way', 'n', 'o', undefined, []],
  ['but where it is asked for', 'n', 'o', { maybe: true }, ['text only: n o']],
  ['round', 'c', 'c', undefined, ['ran: c c!']],
  ['too far', 'a', 'n', { most: 1 }, []],
])('%s', async (_, from, to, options, expected) => expect(await paths(from, to, options)).toEqual(expected));

test('a call says where it is and how it is known', async () => {
  const answer = await callPaths(session, 'd', 'node:fs');
  expect(answer.paths[0].hops).toMatchObject([
    { from: { name: 'Shop.deal', path: 'src/a.ts', line: 40 }, to: { name: 'n' }, text: 'n', path: 'src/a.ts', line: 4, places: 1, kind: 'direct', confidence: 'certain', count: 0 },
    { from: { name: 'n' }, to: null, text: 'fs.readFile', module: 'node:fs', loop: 'while', path: 'src/b.ts', line: 14, detail: 'outside' },
  ]);
  expect(answer.capped).toBeNull();
  expect((await callPaths(session, 'a', 'o')).capped).toBe('only ways of up to 20 calls were looked for');
}); // prettier-ignore

test('what is nowhere is a fault', async () => {
  await expect(callPaths(session, 'nobody', 'n')).rejects.toThrow('nothing in the source matches "nobody"');
  await expect(callPaths(session, 'a', 'left-pad')).rejects.toThrow(
    'nothing in the source matches "left-pad"',
  );
});
