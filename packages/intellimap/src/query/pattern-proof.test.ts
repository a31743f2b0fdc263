/** What runs say of patterns, in pictures: `a{ b{ }b }a` is a that calls b, letters from A on are async (`~1` waits, `>1` goes on), `!b` fails, `[7 ]7` a task's turn. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fact, ProofQuestion } from '../base/proof.ts';
import { type Segment, Workspace } from '../store/fixtures/workspace.ts';
import { openSession, patternProof } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const idOf = (letter: string): string => `ts:src/${letter >= 'a' && letter <= 'm' ? 'a' : 'b'}.ts#${letter}`;
const question = (fact: Fact, letter: string, callee: string | null = null): ProofQuestion => ({
  key: 0,
  fact,
  functions: [{ id: idOf(letter), hash: null }],
  callee: callee === null ? null : { id: idOf(callee) },
  through: null,
  elsewhere: 0,
  site: null,
  alone: false,
  paths: [],
});

/** `confirmed 3` */
async function told(...asked: ProofQuestion[]): Promise<string[]> {
  const session = await openSession(workspace.root);
  try {
    const proofs = await patternProof(
      session,
      asked.map((each, key) => ({ ...each, key })),
    );
    return asked.map((_, key) => `${proofs.get(key)!.state} ${proofs.get(key)!.count}`);
  } finally {
    session.close();
  }
}
const record = (picture: string, id = 'r1', notes: Segment['notes'] = []): string =>
  workspace.run(id, { '7-0': [{ picture, notes, end: true }] });

test('it ran, in all runs together; never; nobody knows it', async () => {
  record('a{ b{ }b b{ }b }a');
  record('a{ b{ }b }a', 'r2');
  const unknown = { ...question('ran', 'a'), functions: [{ id: 'ts:src/other.ts#f', hash: null }] };
  const both = {
    ...question('ran', 'a'),
    functions: ['a', 'b'].map((each) => ({ id: idOf(each), hash: null })),
  };
  expect(await told(question('ran', 'b'), question('ran', 'c'), unknown, both)).toEqual([
    'confirmed 3', 'never ran 0', 'not recorded 0', 'confirmed 5',
  ]); // prettier-ignore
});

test('more than once in one run', async () => {
  record('a{ }a b{ }b');
  record('a{ }a b{ }b b{ }b b{ }b', 'r2');
  expect(await told(question('ran again', 'a'), question('ran again', 'b'))).toEqual([
    'not shown 2',
    'confirmed 3',
  ]);
});

test('one call that makes a call again and again, by id and by its last name', async () => {
  record('a{ b{ }b b{ }b b{ }b c{ }c }a a{ b{ }b }a');
  const named = { ...question('repeated', 'a'), callee: { name: 'b' } };
  expect(await told(question('repeated', 'a', 'b'), question('repeated', 'a', 'c'), named, question('repeated', 'b', 'c'))).toEqual([
    'confirmed 3', 'not shown 2', 'confirmed 3', 'not shown 4',
  ]); // prettier-ignore
});

test('at the same time, or one after the other', async () => {
  const together = 'A1{ B2{ ~2 B3{ ~3 B4{ ~4 ~1 .9 >2 }2 >3 }3 >4 }4 >1 }1';
  const inTurn = 'C5{ D6{ ~6 ~5 .9 >6 }6 >5 E7{ ~7 ~5 .9 >7 }7 >5 }5';
  record(`${together} ${inTurn}`);
  expect(await told(question('at once', 'A', 'B'), question('at once', 'C', 'D'), question('in turn', 'C', 'E'), question('in turn', 'A', 'B'))).toEqual([
    'confirmed 3', 'not shown 1', 'confirmed 1', 'not shown 1',
  ]); // prettier-ignore
});

test('what other places of the function may have called, too', async () => {
  record('a{ b{ !b b{ }b b{ }b }a c{ d{ }d }c A1{ B2{ ~2 B3{ ~3 ~1 .9 >2 }2 >3 }3 >1 }1');
  const asked = (fact: Fact, letters: string, elsewhere: number | null): ProofQuestion => ({
    ...question(fact, letters[0], letters[1]),
    elsewhere,
  });
  expect(await told(
    asked('failed', 'ab', 0), asked('failed', 'ab', 1), asked('failed', 'cd', 1), asked('at once', 'AB', 1),
    asked('repeated', 'ab', 1), asked('repeated', 'ab', 2), asked('repeated', 'ab', null), asked('repeated', 'cd', 1),
  )).toEqual([
    'confirmed 1', 'unclear 1', 'not shown 1', 'unclear 1',
    'confirmed 2', 'unclear 1', 'unclear 1', 'not shown 1',
  ]); // prettier-ignore
});

test('what is handed over begins calls that go on when its own has ended', async () => {
  record('A1{ b{ B2{ ~2 }b b{ B3{ ~3 }b B4{ ~4 ~1 .9 >2 }2 >3 }3 >4 }4 >1 }1');
  const through = { ...question('at once', 'A', 'B'), through: idOf('b') };
  expect(await told(through, question('at once', 'A', 'b'), question('at once', 'A', 'B'))).toEqual([
    'confirmed 2', 'not shown 1', 'not shown 1',
  ]); // prettier-ignore
});

test('who is called in a run that knows nobody by that name', async () => {
  record('a{ b{ }b }a');
  const outside = { ...question('failed', 'a'), callee: { name: 'fetch' } };
  const never = { ...question('failed', 'c'), callee: { name: 'fetch' } };
  expect(await told(outside, question('at once', 'a'), never)).toEqual([
    'unclear 1',
    'unclear 1',
    'never ran 0',
  ]);
});

test('the call fails; who catches it is told of when it is the only one who could', async () => {
  record('a{ b{ !b }a a{ b{ }b }a c{ d{ }d }c');
  const alone = { ...question('caught', 'a'), alone: true };
  expect(await told(question('failed', 'a', 'b'), question('failed', 'c', 'd'), alone, question('caught', 'a'))).toEqual([
    'confirmed 1', 'not shown 1', 'confirmed 1', 'not shown 2',
  ]); // prettier-ignore
});

test('errors that a clause was the first to see', async () => {
  record(
    'a{ v1a v2a }a b{ }b',
    'r1',
    [1, 2].map((id) => ({ t: 'error', id, name: 'TypeError', message: 'no' })),
  );
  const session = await openSession(workspace.root);
  const rows = await session.db.all<{ site: string }>(
    "SELECT ast_node_id AS site FROM errors WHERE kind = 'caught'",
  );
  session.close();
  const clause = { ...question('caught', 'a'), site: rows[0].site };
  // `.catch(b)`: that b ran says that something was caught.
  expect(await told(clause, question('caught', 'a'), question('caught', 'a', 'b'))).toEqual([
    'confirmed 2', 'not shown 1', 'confirmed 1',
  ]); // prettier-ignore
});

test('for more than one task', async () => {
  record(
    '[7 a{ }a b{ }b ]7 [8 a{ }a ]8 .7 .8',
    'r1',
    [7, 8].map((id) => ({ t: 'task', id, kind: 'request', name: 'GET /' })),
  );
  expect(await told(question('shared', 'a'), question('shared', 'b'))).toEqual([
    'confirmed 2',
    'not shown 1',
  ]);
});

test('files that were loaded in one run', async () => {
  record('a{ }a');
  const files = (...paths: string[]): ProofQuestion => ({ ...question('loaded', 'a'), functions: [], paths });
  expect(await told(files('src/a.ts', 'src/b.ts'), files('src/a.ts', 'src/x.ts'), files('src/x.ts'))).toEqual([
    'confirmed 1', 'never ran 0', 'not recorded 0',
  ]); // prettier-ignore
});

test('another body is another function', async () => {
  record('a{ }a');
  const changed = { ...question('ran', 'a'), functions: [{ id: idOf('a'), hash: '00000000' }] };
  const session = await openSession(workspace.root);
  const [row] = await session.db.all<{ hash: string | null }>(
    'SELECT hash FROM functions WHERE ast_node_id = $id',
    { id: idOf('b') },
  );
  session.close();
  // Recordings of the kit know no hashes: those count for any body.
  expect(row.hash).toBeNull();
  expect(await told(changed)).toEqual(['confirmed 1']);
});
