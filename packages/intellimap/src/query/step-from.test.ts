/** The next and the previous of everything, from any moment of random programs, is what a list of all that happened says. */
import { afterEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openStore } from '../store/index.ts';
import { randomFrom, Simulation } from '../store/replay/fixtures/simulation.ts';
import { inPieces } from './fixtures/pieces.ts';
import type { StepWhat } from './moment-answers.ts';
import { openSession, type Session } from './session.ts';
import { stepFrom } from './step-from.ts';

const STEP = 10;
let workspace: Workspace;
afterEach(() => workspace.remove());

interface Happened {
  t: number;
  call: number;
  name: string;
  kind: string;
  /** Of calls that begin. */
  parent: number | null;
}

/** All that happened, in order. */
function happened(tokens: readonly string[]): Happened[] {
  const stack: { call: number; name: string }[] = [];
  const frames = new Map<string, { call: number; name: string }>();
  const all: Happened[] = [];
  let calls = 0;
  for (const [at, token] of tokens.entries()) {
    const [, sign, frame] = /^([}!~>])(\d+)$/.exec(token) ?? [];
    if (token === '%') continue;
    if (token.endsWith('{')) {
      const parent = stack.at(-1)?.call ?? null;
      const call = { call: calls++, name: token[0] };
      stack.push(call);
      if (token.length > 2) frames.set(token.slice(1, -1), call);
      all.push({ t: at * STEP, ...call, kind: 'begin', parent });
      continue;
    }
    if (sign === '>') stack.push(frames.get(frame)!);
    const call = sign === '>' ? stack.at(-1)! : stack.pop()!;
    const kind = { '}': 'return', '!': 'throw', '~': 'suspend', '>': 'resume' }[token[0]]!;
    all.push({ t: at * STEP, ...call, kind, parent: null });
  }
  return all;
}

/** What a run with too many calls for rows of all does without. */
const SHORT = `
  DELETE FROM calls WHERE parent_call_id IS NOT NULL AND outcome = 'returned' AND end_us - start_us <= 40
    AND function_id NOT IN (SELECT function_id FROM functions WHERE is_async)
    AND call_id NOT IN (SELECT parent_call_id FROM calls WHERE parent_call_id IS NOT NULL)`;

async function compare(
  session: Session,
  all: readonly Happened[],
  tasks: ReadonlyMap<number, number>,
  end: number,
) {
  const begins = all.filter(({ kind }) => kind === 'begin');
  const near = (list: readonly Happened[], t: number, direction: 1 | -1): Happened | undefined =>
    direction === 1 ? list.find((each) => each.t > t) : list.findLast((each) => each.t < t);
  const check = async (
    asked: { t: number; direction: 1 | -1; what: StepWhat; task?: number; call?: number; function?: string },
    wanted: Happened | undefined,
  ) => {
    const step = await stepFrom(session, { thread: 1, ...asked });
    const found = step && { t: step.t, call: step.call, name: step.fn?.name, kind: step.kind };
    const { t, call, name, kind } = wanted ?? {};
    expect(found, JSON.stringify(asked)).toEqual(wanted && { t, call, name, kind });
  };
  for (const direction of [1, -1] as const) {
    for (let t = -5; t < end; t += 15) {
      await check({ t, direction, what: 'event' }, near(all, t, direction));
      await check({ t, direction, what: 'call' }, near(begins, t, direction));
      const task = tasks.get(Math.floor(t / 50) % begins.length) ?? 1;
      const ofTask = all.filter(({ call }) => tasks.get(call) === task);
      await check({ t, direction, what: 'event', task }, near(ofTask, t, direction));
      const ofB = all.filter(({ name }) => name === 'B');
      await check({ t, direction, what: 'event', function: 'ts:src/b.ts#B' }, near(ofB, t, direction));
    }
    for (const begun of begins) {
      const { t, call, name, parent } = begun;
      const same = begins.filter((each) => each.name === name);
      await check({ t, direction, what: 'same-function', call }, near(same, t, direction));
      const siblings = begins.filter((each) => each.parent === parent);
      await check({ t, direction, what: 'sibling', call }, near(siblings, t, direction));
      const children = begins.filter((each) => each.parent === call);
      await check({ t, direction, what: 'child', call }, children.at(direction === 1 ? 0 : -1));
      await check(
        { t, direction, what: 'parent', call },
        begins.find((each) => each.call === parent),
      );
    }
  }
}

test('of threads, tasks, functions and calls, with rows of all calls and without', async () => {
  for (let seed = 1; seed <= 3; seed++) {
    workspace = new Workspace();
    const { tokens } = new Simulation(seed, 24 + 10 * seed);
    workspace.run('r1', { '7-0': inPieces(tokens, randomFrom(seed)) });
    for (const isShort of [false, true]) {
      if (isShort) {
        const store = await openStore(workspace.root);
        await store.connection.run(SHORT);
        await store.connection.run(`UPDATE runs SET loaded_state = 'short'`);
        store.close();
      }
      const session = await openSession(workspace.root, { load: !isShort });
      const rows = await session.db.all<{ call: number; parent: number | null; task: number }>(
        'SELECT call_id AS call, parent_call_id AS parent, task_id AS task FROM calls ORDER BY call_id',
      );
      const tasks = new Map(rows.map(({ call, task }) => [call, task]));
      const all = happened(tokens);
      // Calls without a row have the task of their caller.
      for (const { call, parent, kind } of all)
        if (kind === 'begin' && !tasks.has(call)) tasks.set(call, tasks.get(parent!)!);
      await compare(session, all, tasks, tokens.length * STEP + 20);
      session.close();
    }
    workspace.remove();
  }
});

test('errors and writes, in the order of all threads', async () => {
  workspace = new Workspace();
  const notes = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];
  const values = { texts: ['["this.total",1]'] };
  workspace.run('r1', {
    '7-0': [
      { picture: 'n{ ^1n v1nE }n a{', notes },
      { picture: 'n{ $3n0 }n }a', values, end: true },
    ],
    '7-1': [{ picture: 'o{ o{ o{ ^2o }o }o }o', end: true }],
  });
  const session = await openSession(workspace.root);
  const steps = async (what: StepWhat, direction: 1 | -1, t: number): Promise<string[]> => {
    const found: string[] = [];
    for (let at = t; ;) {
      const step = await stepFrom(session, { t: at, direction, what });
      if (step === undefined) return found;
      found.push(`${step.thread} ${step.fn?.name} ${step.t}`);
      at = step.t;
    }
  };
  expect(await steps('error', 1, -1)).toEqual(['1 n 10', '2 o 30']);
  expect(await steps('error', -1, 1000)).toEqual(['2 o 30', '1 n 10']);
  expect(await steps('state', 1, -1)).toEqual(['1 n 60']);
  expect(await stepFrom(session, { t: 60, thread: 1, direction: 1, what: 'child' })).toBeUndefined();
  expect(await stepFrom(session, { t: 60, thread: 1, direction: -1, what: 'parent' })).toMatchObject({
    t: 40,
  });
  session.close();
});
