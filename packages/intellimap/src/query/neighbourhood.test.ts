/** Who is near whom, in pictures of calls: `a{ b{ }b }a` a calls b; every event takes 10 µs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { insideModule, neighbourhood, openSession, type Session, slowestCall } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

async function ask<T>(picture: string, question: (session: Session) => Promise<T>): Promise<T> {
  workspace.run('r1', { '7-0': [{ picture, end: true }] });
  const session = await openSession(workspace.root);
  try {
    return await question(session);
  } finally {
    session.close();
  }
}

const near = (picture: string, name: string, depth: number): Promise<string[]> =>
  ask(picture, async (session) => {
    const [{ id }] = await session.db.all<{ id: string }>(
      'SELECT ast_node_id AS id FROM functions WHERE name = $name',
      { name },
    );
    const { nodes, edges } = await neighbourhood(session, id, depth);
    const nameOf = new Map(nodes.map((node) => [node.id, node.name]));
    return [
      nodes.map((node) => `${node.name}${node.far}`).join(' '),
      edges.map(({ src, dst, calls }) => `${nameOf.get(src)}>${nameOf.get(dst)}×${calls}`).join(' '),
    ];
  });

//        a ─→ b ─→ c ─→ d ─→ e
const chain = 'a{ b{ c{ d{ e{ }e }d }c }b }a';

test('callers below 0, callees above, as far as was asked', async () => {
  expect(await near(chain, 'c', 1)).toEqual(['c0 b-1 d1', 'b>c×1 c>d×1']);
});

test('two calls far', async () => {
  expect(await near(chain, 'c', 2)).toEqual(['c0 b-1 d1 a-2 e2', 'a>b×1 b>c×1 c>d×1 d>e×1']);
});

test('who is on both sides stands on the nearer one; who calls itself keeps its edge', async () => {
  expect(await near('a{ b{ c{ a{ }a }c b{ }b }b }a', 'a', 3)).toEqual([
    'a0 b1 c-1',
    'a>b×1 b>b×1 b>c×1 c>a×1',
  ]);
});

test('the inside of a file has the calls that begin or end there', async () => {
  const edges = await ask(`${chain} a{ b{ }b }a`, async (session) => {
    const [{ path }] = await session.db.all<{ path: string }>('SELECT DISTINCT path FROM functions LIMIT 1');
    return (await insideModule(session, path)).edges;
  });
  expect(edges.map(({ src, dst, calls }) => `${src.name}>${dst.name}×${calls}`)).toEqual([
    'a>b×2',
    'b>c×1',
    'c>d×1',
    'd>e×1',
  ]);
});

test('the slowest call is the longest one, and none where there is none', async () => {
  const told = await ask('a{ }a .9 .9 a{ .9 .9 .9 }a a{ .9 }a', async (session) => {
    const [{ id }] = await session.db.all<{ id: string }>(
      "SELECT ast_node_id AS id FROM functions WHERE name = 'a'",
    );
    return [
      (await slowestCall(session, { function: id }))?.call,
      await slowestCall(session, { function: 'nobody' }),
    ];
  });
  expect(told).toEqual(['1', null]);
});
