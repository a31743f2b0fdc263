/** Calls that repeat, in pictures: `B2{ ~2` an async call begins and waits, `>2 }2` it goes on and ends. Letters from A on are async. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { awaitsInTurn, openSession, repeatedCalls, type Session } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

async function ask<T>(picture: string, question: (session: Session) => Promise<T>): Promise<T> {
  const notes = [7, 8].map((id) => ({ t: 'task', id, kind: 'request', name: `GET /carts/${id}` }));
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] });
  const session = await openSession(workspace.root);
  try {
    return await question(session);
  } finally {
    session.close();
  }
}
const time = (events: number): string => Array.from({ length: events }, () => '.9').join(' ');
let frame = 100;
/** An async call of `letter` that waits for so many events; the caller, frame `outer`, waits for it. */
function awaited(letter: string, outer: number, events: number): string {
  const id = ++frame;
  return `${letter}${id}{ ~${id} ~${outer} ${time(events)} >${id} }${id} >${outer}`;
}
const many = (count: number, letter: string, outer: number, events = 3): string =>
  Array.from({ length: count }, () => awaited(letter, outer, events)).join(' ');

describe('N+1', () => {
  const told = async (picture: string): Promise<string[]> => {
    const found = await ask(picture, (session) => repeatedCalls(session, { minCalls: 5, limit: 10 }));
    return found.map(({ caller, callee, callers, least, most, inTurn, savingMs, tasks }) =>
      [`${caller.name} > ${callee.name}`, `${least}-${most} in ${callers}`, inTurn ? 'in turn' : 'together', `saves ${Math.round(savingMs * 1000)}`, ...tasks].join(', '),
    );
  }; // prettier-ignore

  test('one for each of many', async () => {
    expect(await told(`A1{ ${many(5, 'B', 1)} }1 A2{ ${many(7, 'B', 2)} }2`)).toEqual([
      'A > B, 5-7 in 2, in turn, saves 900',
    ]);
  });
  test('few are none, nor are calls that nobody waits for', async () => {
    const plain = Array.from({ length: 9 }, () => 'b{ }b').join(' ');
    expect(await told(`A1{ ${many(4, 'B', 1)} ~1 ${plain} >1 ${plain} }1`)).toEqual([]);
  });
  test('at the same time', async () => {
    const begin = [11, 12, 13, 14, 15].map((id) => `B${id}{ ~${id}`).join(' ');
    const end = [11, 12, 13, 14, 15].map((id) => `>${id} }${id}`).join(' ');
    expect(await told(`A1{ ${begin} ~1 ${time(20)} ${end} >1 }1`)).toEqual([
      'A > B, 5-5 in 1, together, saves 0',
    ]);
  });
  test('a plain function that gives back the promise of an async one', async () => {
    const one = (id: number): string => `b{ C${id}{ ~${id} }b ~1 ${time(4)} >${id} }${id} >1`;
    const found = await told(`A1{ ${[11, 12, 13, 14, 15].map(one).join(' ')} }1`);
    expect(found).toEqual([expect.stringMatching(/^A > b, 5-5 in 1, in turn, saves \d+$/)]);
  });
  test('requests are named by what they are alike', async () => {
    const request = (id: number): string => `[${id} A${id}{ ${many(5, 'B', id)} }${id} ]${id} .${id}`;
    expect(await told(`${request(7)} ${request(8)}`)).toEqual([
      'A > B, 5-5 in 2, in turn, saves 720, GET /carts/*',
    ]);
  });
});

describe('awaits in turn', () => {
  const told = async (picture: string): Promise<string[]> => {
    const found = await ask(picture, (session) => awaitsInTurn(session, { minCalls: 5, minSavingMs: 0.1, limit: 10 }));
    return found.map(({ caller, steps, callers, inTurnMs, togetherMs }) =>
      [caller.name, steps.map(({ name, times }) => `${name}×${times}`).join(' '), callers, `${inTurnMs.toFixed(1)} → ${togetherMs.toFixed(1)}`].join(', '),
    );
  }; // prettier-ignore

  test('one after the other', async () => {
    const pair = `${awaited('B', 1, 60)} ${awaited('C', 1, 80)} ${awaited('B', 1, 60)}`;
    expect(await told(`A1{ ${pair} }1`)).toEqual(['A, B×2 C×1, 1, 2.1 → 0.8']);
  });
  test('at the same time is not in turn', async () => {
    expect(await told(`A1{ B11{ ~11 C12{ ~12 ~1 ${time(60)} >11 }11 >12 }12 >1 }1`)).toEqual([]);
  });
  test('many of one are N+1, short ones nothing', async () => {
    expect(await told(`A1{ ${many(6, 'B', 1, 60)} }1`)).toEqual([]);
    expect(await told(`A1{ ${many(3, 'B', 1, 10)} }1`)).toEqual([]);
  });
});
