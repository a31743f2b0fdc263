/** Why tasks were slow, in pictures: `B2{ ~2` an async call begins and waits, `>2 }2` it goes on and ends; every event takes 10 µs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openSession, slowTasks } from './index.ts';
import { anatomyOf, covered, type TaskCall } from './task-anatomy.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const time = (events: number): string => Array.from({ length: events }, () => '.99').join(' ');

async function told(picture: string): Promise<string[]> {
  const notes = [7, 8].map((id) => ({ t: 'task', id, kind: 'request', name: `GET /carts/${id}` }));
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] });
  const session = await openSession(workspace.root);
  try {
    return (await slowTasks(session, { minMs: 0.05, limit: 10 })).map((task) => {
      const ms = (figure: number): string => figure.toFixed(2);
      const waits = task.waits.map(({ function: who, kind, ms: took, times }) => `${who?.name ?? `for ${kind ?? '?'}`} ${ms(took)}×${times}`);
      return [
        `${task.shape} ${ms(task.durationMs)} of ${task.alike}`, `work ${ms(task.workMs)}`, `wait ${ms(task.waitMs)}`, ...waits,
        ...(task.othersMs > 0 ? [`others ${ms(task.othersMs)}`] : []), ...(task.heldBy === null ? [] : [`held by ${task.heldBy.name}`]),
        task.path.map(({ name }) => name).join('>'),
      ].join(', ');
    });
  } finally {
    session.close();
  }
} // prettier-ignore

test('work, and waiting by who waits', async () => {
  const picture = `[7 a{ A1{ ~1 }a ]7 b{ ${time(3)} }b >1 B2{ ~2 ~1 ${time(20)} >2 }2 >1 }1 .7`;
  expect(await told(picture)).toEqual([
    'GET /carts/* 0.39 of 1, work 0.08, wait 0.31, B 0.22×1, A 0.08×1, for ? 0.01×1, others 0.04, a>A>B',
  ]);
});

test('of tasks that are alike, the slowest is told', async () => {
  const request = (id: number, events: number): string => `[${id} a{ ${time(events)} }a ]${id} .${id}`;
  expect(await told(`${request(7, 10)} ${request(8, 30)}`)).toEqual([
    'GET /carts/* 0.34 of 2, work 0.31, wait 0.03, for ? 0.01×1, a',
  ]);
});

test('another task that held the event loop meanwhile', async () => {
  const [line] = await told(`[7 a{ A1{ ~1 }a ]7 b{ ${time(6000)} }b >1 }1 .7`);
  expect(line).toContain('held by b');
});

describe('one task taken apart', () => {
  const call = (id: number, parent: number | null, name: string, startUs: number, endUs: number, facts: Partial<TaskCall> = {}): TaskCall => ({
    id, parent, function: name, startUs, endUs, selfUs: 0, waitUs: 0, stalledUs: 0, ranBy: null, ...facts,
  }); // prettier-ignore

  test('what it waited for the recorder is no waiting of its own', () => {
    const calls = [
      call(0, null, 'a', 0, 100, { selfUs: 10, waitUs: 70, stalledUs: 20 }),
      call(1, 0, 'b', 5, 15, { selfUs: 5, stalledUs: 5 }),
    ];
    expect(anatomyOf(calls, [0, 100]).waits).toEqual([{ function: 'a', kind: null, us: 65, times: 1 }]);
  });
  test('between callbacks, it waits for what runs the next one', () => {
    const calls = [
      call(0, null, 'a', 0, 10, { selfUs: 10 }),
      call(1, null, 'b', 60, 70, { selfUs: 10, ranBy: 'timeout' }),
      call(2, null, 'c', 75, 80, { selfUs: 5, ranBy: 'fs' }),
    ];
    expect(anatomyOf(calls, [0, 80])).toEqual({
      workUs: 25,
      waitUs: 55,
      waits: [
        { function: null, kind: 'timeout', us: 50, times: 1 },
        { function: null, kind: 'fs', us: 5, times: 1 },
      ],
      path: ['a'],
    });
  });
  test('waiting at the same time counts for each, and the path takes the longest', () => {
    const calls = [
      call(0, null, 'a', 0, 100, { waitUs: 98, selfUs: 2 }),
      call(1, 0, 'b', 1, 40, { waitUs: 39 }),
      call(2, 0, 'c', 1, 99, { waitUs: 98 }),
    ];
    const { waits, path } = anatomyOf(calls, [0, 100]);
    expect(waits.map(({ function: who, us }) => `${who} ${us}`)).toEqual(['c 98', 'b 39']);
    expect(path).toEqual(['a', 'c']);
  });
  test('calls in turn are one step, a call that outlives its caller is on the path', () => {
    const calls = [
      call(0, null, 'a', 0, 5),
      call(1, 0, 'b', 1, 90, { waitUs: 80 }),
      call(2, 1, 'c', 2, 30, { waitUs: 28 }),
      call(3, 1, 'c', 30, 60, { waitUs: 30 }),
      call(4, 1, 'd', 60, 90, { waitUs: 30 }),
    ];
    expect(anatomyOf(calls, [0, 90]).path).toEqual(['a', 'b', 'c']);
  });
  test('covered', () => {
    expect(covered([[0, 10], [5, 20], [30, 40]], [2, 35])).toBe(23);
    expect(covered([], [0, 5])).toBe(0);
  }); // prettier-ignore
});
