/** A chain goes from what went wrong back to who brought it about, and says of each link how it is known. */
import { afterEach, expect, test } from 'vitest';
import { type Segment, Workspace } from '../store/fixtures/workspace.ts';
import type { WhyChain } from './moment-answers.ts';
import { openSession, type Session } from './session.ts';
import { why } from './why.ts';

let workspace: Workspace;
let session: Session;
afterEach(() => {
  session.close();
  workspace.remove();
});

async function opened(segment: Segment): Promise<void> {
  workspace = new Workspace();
  workspace.run('r1', { '7-0': [{ ...segment, end: true }] });
  session = await openSession(workspace.root);
}

const shown = (chain: WhyChain | undefined): string[] =>
  chain?.links.map(({ kind, words, place, call, t, sure }) =>
    [kind, words, `${place?.path}:${place?.line}`, call, t, sure].join(' | '),
  ) ?? [];

async function signature(): Promise<string> {
  const [row] = await session.db.all<{ signature: string }>('SELECT signature FROM errors');
  return row.signature;
}

const NOTES = [
  { t: 'error', id: 1, name: 'TypeError', message: "Cannot read properties of undefined (reading 'tier')" },
  { t: 'task', id: 7, kind: 'request', name: 'GET /cart' },
];

test('by what the message names: the last write to it, what that was made of, and the request', async () => {
  const texts = ['{"n":"0code","v":["vip1"]}', '["c.tier","vip1"]', '"vip1"', '{"n":"0cart","v":[{"id":7}]}'];
  // 0  10 20 30   40 50 60   70   80 90 100  110 120 130 140 150
  const picture = '[7 b{ d{ $1d2 }d n{ $0n0 $3n1 }n o{ $0o3 ^1o !o !b ]7 .7';
  await opened({ picture, notes: NOTES, values: { texts } });
  const chain = await why(session, { error: await signature() });
  expect(shown(chain)).toEqual([
    "error | TypeError: Cannot read properties of undefined (reading 'tier') was thrown | src/b.ts:151 | 3 | 110 | recorded",
    'call | o was called with cart = {id: 7} | src/b.ts:150 | 3 | 90 | recorded',
    'state | n wrote c.tier = "vip1" | src/b.ts:140 | 2 | 70 | order',
    'call | n was called with code = "vip1" | src/b.ts:140 | 2 | 50 | recorded',
    'result | d gave "vip1", which is equal to code = "vip1" | src/a.ts:40 | 1 | 40 | same value',
    'call | d was called | src/a.ts:40 | 1 | 20 | recorded',
    'call | b is where that stack begins | src/a.ts:20 | 0 | 10 | recorded',
    'request | All of it was done for the request GET /cart | undefined:undefined |  | 0 | recorded',
  ]);
  expect(chain?.ends).toBe('No recorded value that leads further is equal to one of these.');
  // The same from the playhead.
  expect(shown(await why(session, { thread: 1, t: 115 }))).toEqual(shown(chain));
});

test('from the server to the page that asked: by the span that both tell', async () => {
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const span = 'b7ad6b7169203331';
  workspace = new Workspace();
  workspace.run('r1', {
    '7-0': [{ picture: '[7 b{ o{ !o !b ]7 .7', notes: [{ ...NOTES[1], trace, parent: span }], end: true }],
    '10000001-0': [
      {
        picture: '[3 a{ c{ @5 }c }a ]3 .3',
        notes: [
          { t: 'task', id: 3, kind: 'click', name: 'click button#go "Go"' },
          {
            t: 'resource',
            id: 5,
            kind: 'fetch',
            method: 'GET',
            url: 'http://h/cart',
            micros: 1025,
            trace,
            span,
          },
        ],
        end: true,
      },
    ],
  });
  session = await openSession(workspace.root);
  expect(shown(await why(session, { thread: 1, call: 1 }))).toEqual([
    'call | o was called | src/b.ts:150 | 1 | 20 | recorded',
    'call | b is where that stack begins | src/a.ts:20 | 0 | 10 | recorded',
    'request | All of it was done for the request GET /cart | undefined:undefined |  | 0 | recorded',
    'request | c asked for it: GET http://h/cart | src/a.ts:30 | 1 | 25 | recorded',
    'call | a is where that stack begins | src/a.ts:10 | 0 | 10 | recorded',
    'task | All of it is part of click click button#go "Go" | undefined:undefined |  | 0 | recorded',
  ]);
});

test('through callers that hand a value on; what everything is equal to leads nowhere', async () => {
  const texts = ['{"n":"0order","v":["A-77"]}', '{"n":"0id,1n","v":["A-77",1]}', '["count",1]'];
  await opened({ picture: 'b{ $4b2 }b n{ $0n0 o{ $0o1 }o }n', values: { texts } });
  expect(shown(await why(session, { thread: 1, call: 2 })).slice(0, 4)).toEqual([
    'call | o was called with id = "A-77", n = 1 | src/b.ts:150 | 2 | 50 | recorded',
    'value | n had it before: order = "A-77" | src/b.ts:140 | 1 | 30 | same value',
    'call | n was called with order = "A-77" | src/b.ts:140 | 1 | 30 | recorded',
    'task | All of it is part of callback n | undefined:undefined |  | 30 | recorded',
  ]);
  expect(shown(await why(session, { thread: 1, write: 0 }))[0]).toBe(
    'state | b wrote count = 1 | src/a.ts:20 | 0 | 10 | recorded',
  );
});

test('of an error that was only seen where it was caught: the call that was left by an exception first, and what it was given', async () => {
  const undefinedValue = '{"$":"undefined"}';
  const texts = [
    undefinedValue,
    `{"n":"0tier","v":[${undefinedValue}]}`,
    `{"n":"0tier","v":[${undefinedValue}]}`,
  ];
  // 0  10  20   30 40 50   60 70   80 90 100 110
  await opened({ picture: 'n{ b{ $1b0 }b o{ $0o1 p{ $0p2 !p !o v1n }n', notes: NOTES, values: { texts } });
  const chain = await why(session, { error: await signature() });
  expect(shown(chain).slice(0, 7)).toEqual([
    "error | TypeError: Cannot read properties of undefined (reading 'tier') was first seen where it was caught: what threw it is not recorded | src/b.ts:141 | 0 | 100 | recorded",
    'call | p was the first to be left by an exception on the way there | src/b.ts:160 | 3 | 80 | order',
    'call | p was called with tier = undefined | src/b.ts:160 | 3 | 60 | recorded',
    'value | o had it before: tier = undefined | src/b.ts:150 | 2 | 40 | same value',
    'call | o was called with tier = undefined | src/b.ts:150 | 2 | 40 | recorded',
    'result | b gave undefined, which is equal to tier = undefined | src/a.ts:20 | 1 | 30 | same value',
    'call | b was called | src/a.ts:20 | 1 | 10 | recorded',
  ]);
});

test('of a call that no exception left: not one of another call in its task', async () => {
  await opened({ picture: '[7 n{ }n o{ !o ]7 .7', notes: NOTES });
  expect(shown(await why(session, { thread: 1, call: 0 }))[0]).toBe(
    'call | n was called | src/b.ts:140 | 0 | 10 | recorded',
  );
  expect(shown(await why(session, { thread: 1, call: 1 })).join()).not.toContain('n was');
});

test('of a call: the last error in it, or who left it by an exception, or where one argument comes from', async () => {
  const texts = ['{"n":"0id,1code","v":["id-9","vip1"]}', '"id-9"', '"vip1"'];
  // 0  10 20   30 40 50   60 70   80   90 100 110 120 130 140
  const picture = 'n{ b{ $1b1 }b d{ $1d2 }d o{ $0o0 ^1o p{ ^1p !p v1nE ^2o }n';
  const notes = [...NOTES, { t: 'error', id: 2, name: 'RangeError', message: 'too far' }];
  await opened({ picture, notes, values: { texts } });
  const first = async (question: object): Promise<string | undefined> =>
    shown(await why(session, { thread: 1, ...question } as never)).at(0);
  const message = "Cannot read properties of undefined (reading 'tier')";
  expect(await first({ call: 3 })).toBe(
    'error | RangeError: too far was thrown | src/b.ts:151 | 3 | 140 | recorded',
  );
  expect(await first({ call: 3, t: 100 })).toBe(
    `error | TypeError: ${message} was thrown | src/b.ts:151 | 3 | 90 | recorded`,
  );
  expect(await first({ call: 4 })).toBe(
    `error | TypeError: ${message} was thrown | src/b.ts:161 | 4 | 110 | recorded`,
  );
  expect(await first({ call: 0, t: 125 })).toBe(
    'call | p was the first to be left by an exception on the way there | src/b.ts:160 | 4 | 120 | order',
  );
  const code = await why(session, { thread: 1, call: 3, name: 'code' });
  expect(shown(code)[1]).toBe(
    'result | d gave "vip1", which is equal to code = "vip1" | src/a.ts:40 | 2 | 60 | same value',
  );
  const id = await why(session, { thread: 1, call: 3, name: 'id' });
  expect(shown(id)[1]).toBe(
    'result | b gave "id-9", which is equal to id = "id-9" | src/a.ts:20 | 1 | 30 | same value',
  );
});

test('without values: who called, what set that off, and what would tell more', async () => {
  await opened({ picture: 'n{ }n =1<0other o{ ^1o !o =2<1timeout', notes: NOTES });
  const chain = await why(session, { error: await signature() });
  expect(shown(chain).slice(1)).toEqual([
    'call | o was called | src/b.ts:150 | 1 | 30 | recorded',
    'scheduled | o was run by timeout, which the turn of n set off | src/b.ts:140 | 0 | 0 | recorded',
    'task | All of it is part of callback n | undefined:undefined |  | 0 | recorded',
  ]);
  expect(chain?.ends).toBe('No values were recorded: run with --values to follow them.');
  expect(await why(session, { error: 'none' })).toBeUndefined();
  expect(await why(session, { thread: 1, call: 99 })).toBeUndefined();
});
