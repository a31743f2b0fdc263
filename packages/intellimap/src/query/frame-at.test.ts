/** Any moment is what a program did up to then: of random programs, and of pictures that show one thing each. */
import { afterEach, expect, test } from 'vitest';
import { type Segment, Workspace } from '../store/fixtures/workspace.ts';
import { randomFrom, Simulation } from '../store/replay/fixtures/simulation.ts';
import { inPieces } from './fixtures/pieces.ts';
import { frameAt } from './frame-at.ts';
import type { ExecutionFrame } from './moment-answers.ts';
import { openSession, type Session } from './session.ts';

const STEP = 10;
let workspace: Workspace | undefined;
let session: Session | undefined;
afterEach(() => {
  session?.close();
  workspace?.remove();
  session = workspace = undefined;
});

async function opened(threads: Record<string, Segment[]>, facts = {}): Promise<Session> {
  workspace = new Workspace();
  workspace.run('r1', threads, facts);
  return (session = await openSession(workspace.root));
}

interface NaiveCall {
  call: number;
  name: string;
  since: number;
  parent: number | null;
  suspendedSince: number | null;
}

/** Plays tokens in the plainest way there is: what holds after the first `count` of them. */
function naive(tokens: readonly string[], count: number) {
  const stack: NaiveCall[] = [];
  const frames = new Map<string, NaiveCall>();
  const waiting: NaiveCall[] = [];
  let calls = 0;
  const remove = (call: NaiveCall): void => void waiting.splice(waiting.indexOf(call), 1);
  for (const [at, token] of tokens.slice(0, count).entries()) {
    const [, sign, frame] = /^([}!~>])(\d+)$/.exec(token) ?? [];
    const known = frames.get(frame);
    if (token.endsWith('{')) {
      const parent = stack.at(-1)?.call ?? null;
      const call = { call: calls++, name: token[0], since: at * STEP, parent, suspendedSince: null };
      stack.push(call);
      if (token.length > 2) frames.set(token.slice(1, -1), call);
    } else if (sign === '~') {
      waiting.push(stack.pop()!);
      waiting.at(-1)!.suspendedSince = at * STEP;
    } else if (sign === '>') {
      remove(known!);
      stack.push(known!);
    } else if (token !== '%') stack.pop();
  }
  return { stack, waiting, calls };
}

const isEvent = (token: string): boolean => token !== '%';

/** The same of an answer. */
function shown({ threads }: ExecutionFrame) {
  const [{ stack, suspended, calls, last, next, phase }] = threads;
  return {
    stack: stack.map(({ call, name, since, parent }) => [call, name, since, parent]),
    suspended: suspended.map(({ call, name, since, parent, suspendedSince }) => [
      call,
      name,
      since,
      parent,
      suspendedSince,
    ]),
    calls,
    last,
    next,
    phase,
  };
}

function expected(tokens: readonly string[], t: number) {
  const count = Math.min(tokens.length, Math.floor(t / STEP) + 1);
  const { stack, waiting, calls } = naive(tokens, count);
  const last = tokens.findLastIndex((token, at) => at < count && isEvent(token));
  const next = tokens.findIndex((token, at) => at >= count && isEvent(token));
  const idle = last < 0 ? 'before' : next < 0 ? 'after' : 'idle';
  return {
    stack: stack.map(({ call, name, since, parent }) => [call, name, since, parent]),
    suspended: waiting
      .toSorted((a, b) => b.suspendedSince! - a.suspendedSince!)
      .map(({ call, name, since, parent, suspendedSince }) => [call, name, since, parent, suspendedSince]),
    calls,
    last: last < 0 ? null : last * STEP,
    next: next < 0 ? null : next * STEP,
    phase: stack.length > 0 ? 'running' : idle,
  };
}

test('random programs, at each event and between any two', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = randomFrom(seed);
    const { tokens } = new Simulation(seed, 8 * seed);
    const asked = await opened({ '7-0': inPieces(tokens, random) });
    for (let t = -5; t < tokens.length * STEP + 20; t += 5) {
      const found = shown(await frameAt(asked, { t, limit: 1000 }));
      expect(found, `seed ${seed}, t ${t}: ${tokens.join(' ')}`).toEqual(expected(tokens, t));
    }
    asked.close();
    workspace!.remove();
  }
});

test('errors that were seen so far, tasks, and what was scheduled', async () => {
  const notes = [
    { t: 'error', id: 1, name: 'TypeError', message: 'no cart' },
    { t: 'task', id: 7, kind: 'request', name: 'GET /' },
  ];
  // 0   10  20  30  40      50  60  70  80  90  100        110 120 130 140         150
  const picture = 'n{ ^1n v1nE }n  =1<0other [7  c{  d{  }d  }c =2<0other  ]7  o{ }o =3<2timeout .7';
  const asked = await opened({ '7-0': [{ picture, notes, end: true }] });
  const at = async (t: number): Promise<ExecutionFrame> => await frameAt(asked, { t });
  expect((await at(5)).counters.errors).toBe(0);
  expect((await at(10)).counters).toMatchObject({ calls: 1, errors: 1, heldMs: 0.01 });
  expect((await at(25)).threads[0].stack.map(({ name, at: line }) => `${name}:${line}`)).toEqual(['n:141']);
  const within = await at(75);
  expect(
    within.tasks.map(({ kind, name, since, until, state }) => [kind, name, since, until, state]),
  ).toEqual([['request', 'GET /', 50, 150, 'running']]);
  expect(within.threads[0].stack.map(({ name, task }) => [name, task])).toEqual([
    ['c', 2],
    ['d', 2],
  ]);
  const between = await at(115);
  expect(between.tasks.map(({ name, state }) => [name, state])).toEqual([['GET /', 'waiting']]);
  expect(
    between.messages.map(({ kind, from, to, sent, arrives }) => [kind, from?.name, to?.name, sent, arrives]),
  ).toEqual([['timeout', 'c', 'o', 60, 120]]);
  expect((await at(120)).messages).toEqual([]);
  expect((await at(30)).tasks).toEqual([]);
});

test('what was written last, what it had before, and which write was the last thing that happened', async () => {
  const texts = [
    '{"n":"0x","v":[1],"t":{"$":"Cart"}}',
    '["this.total",1]',
    '["cache",true]',
    '["this.total",2]',
    '["this.total",9]',
  ];
  // 0   10   20   30  40  50   60   70  80
  const picture = 'n{ $0n0 $3n1 $4n2 o{ $3o4 }o $3n3 }n';
  const asked = await opened({ '7-0': [{ picture, values: { texts }, end: true }] });
  const at = async (t: number) =>
    (await frameAt(asked, { t })).state.map(({ target, preview, before, writes, changed, by, at: when }) =>
      [target, preview, before, writes, changed, by.name, when].join(' '),
    );
  expect(await at(15)).toEqual([]);
  expect(await at(20)).toEqual(['this.total 1  1 true n 20']);
  expect(await at(45)).toEqual(['cache true  1 false n 30', 'this.total 1  1 false n 20']);
  // Of another class: another thing.
  expect(await at(50)).toEqual([
    'this.total 9  1 true o 50',
    'cache true  1 false n 30',
    'this.total 1  1 false n 20',
  ]);
  expect(await at(70)).toEqual([
    'this.total 2 1 2 true n 70',
    'this.total 9  1 false o 50',
    'cache true  1 false n 30',
  ]);
  expect((await frameAt(asked, { t: 70, limit: 1 })).stateMore).toBe(2);
  const [{ stack }] = (await frameAt(asked, { t: 45 })).threads;
  expect(
    stack.map(({ name, values }) => [name, values.map(({ role, name: of, preview }) => [role, of, preview])]),
  ).toEqual([
    [
      'n',
      [
        ['argument', 'x', '1'],
        ['this', null, '{"$":"Cart"}'],
      ],
    ],
    ['o', []],
  ]);
});

test('without a recording of single calls, as far as rows tell; of a part that is missing nothing is claimed', async () => {
  const asked = await opened({ '7-0': [{ picture: 'a{ b{ }b A1{ ~1 c{ }c }a ?5 a{ }a', end: true }] });
  expect((await frameAt(asked, { t: 55 })).threads[0]).toMatchObject({ phase: 'running', calls: 4 });
  const { db, run } = asked;
  const rows = await frameAt({ ...asked, db, run: { ...run, id: 'gone', loaded_state: 'gone' } }, { t: 55 });
  expect([rows.source, rows.unknown.length]).toEqual(['rows', 2]);
  expect(rows.threads[0].stack.map(({ name }) => name)).toEqual(['a', 'c']);
  expect(rows.threads[0].suspended.map(({ name, suspendedSince }) => [name, suspendedSince])).toEqual([
    ['A', null],
  ]);
  expect(rows.threads[0]).toMatchObject({ calls: 4, last: 50, next: 60 });
});
