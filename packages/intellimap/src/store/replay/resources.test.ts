import { describe, expect, test } from 'vitest';
import { letterOf, play } from './fixtures/picture.ts';
import { type EndedResource, ResourceKeeper, ThreadResources } from './resources.ts';

const UNTRACED = { trace: null, span: null };
const END: EndedResource = { took: NaN, ttfb: 1, status: 200, bytes: 5, type: 'text/plain', failure: null };

/** A keeper, and a thread that makes requests `GET http://h/<path>`, which take so many µs. */
function thread(limit?: number) {
  const keeper = new ResourceKeeper(limit);
  const all = new ThreadResources(1, keeper);
  let id = 0;
  const begin = (path: string): number => {
    all.begun({
      id: ++id,
      kind: 'fetch',
      method: 'GET',
      url: `http://h/${path}`,
      start: 1000 * id,
      ...UNTRACED,
    });
    return id;
  };
  const make = (path: string, took: number, failure: string | null = null): void =>
    all.ended(begin(path), { ...END, took, failure });
  return {
    keeper,
    all,
    begin,
    make,
    rows: () => keeper.rows().map(({ url, took }) => `${url.slice(9)} ${took}`),
  };
}

describe('who made a request', () => {
  /** Calls by request, and whether they have a row. */
  function askers(picture: string, letters: Parameters<typeof play>[1] = {}): string[] {
    const { replay, sinks } = play(picture, letters);
    for (const id of [1, 2])
      replay.resource({ id, kind: 'fetch', method: 'GET', url: 'http://h/', start: 0, ...UNTRACED });
    replay.finish();
    const { calls, resources, tasks } = sinks;
    return resources.rows().map(({ call, task }) => {
      const at = calls.id.subarray(0, calls.size).indexOf(call);
      const name = Number.isNaN(call) ? 'nobody' : at < 0 ? `no row of ${call}` : letterOf(calls.fn[at]);
      const row = tasks.rows().find(({ id }) => id === tasks.idOf(1, task));
      return `${name} in ${row?.name ?? row?.kind ?? 'no task'}`;
    });
  }
  test('the call on top of the stack, which has a row however many calls there are', () => {
    expect(askers('m{ a{ @1 b{ }b }a c{ @2 }c }m', { modules: 'm', limit: 3 })).toEqual([
      'a in main',
      'c in main',
    ]);
  });
  test('nobody on the stack: it is of the task of whoever scheduled the turn', () => {
    const text = 'm{ }m =1<0module [7 a{ }a ]7 =2<0socket @1 =3<2tick .7 @2';
    expect(askers(text, { modules: 'm' })).toEqual(['nobody in task', 'nobody in no task']);
  });
});

test('the word may come before the note, after it, and after its end', () => {
  const { keeper, all, begin } = thread();
  all.asked(1, { call: 10, fn: 0, task: 1 });
  begin('a');
  begin('b');
  all.asked(2, { call: 20, fn: 0, task: 2 });
  begin('c');
  all.ended(3, END);
  all.asked(3, { call: 30, fn: 0, task: 3 });
  all.ended(1, END);
  all.finish();
  expect(keeper.rows().map(({ id, call, task, ended }) => [id, call, task, ended])).toEqual([
    [1, 10, 1, true],
    [2, 20, 2, false],
    [3, 30, 3, true],
  ]);
});

test('what the browser measured and what was heard, in any order, make one whole', () => {
  const { keeper, all, begin } = thread();
  const heard = { ...END, took: NaN, ttfb: 70, status: 404, bytes: NaN, type: null };
  const measured = { ...END, took: 90, ttfb: 60, status: NaN, bytes: 7, type: 'text/css' };
  begin('a');
  all.half(1, heard);
  expect(keeper.rows()).toEqual([]);
  // It began 3 µs after it was asked for.
  all.half(1, measured, 1003);
  begin('b');
  all.half(2, measured, 2003);
  all.half(2, heard);
  expect(
    keeper.rows().map(({ took, ttfb, status, bytes, type }) => [took, ttfb, status, bytes, type]),
  ).toEqual([
    [93, 63, 404, 7, 'text/css'],
    [93, 63, 404, 7, 'text/css'],
  ]);
  // Another origin does not tell; one fails after it was measured; one is never measured.
  begin('c');
  all.half(3, heard);
  all.half(3, { ...measured, ttfb: NaN, bytes: NaN, type: null }, 3000);
  begin('d');
  all.half(4, measured, 4000);
  all.ended(4, { ...heard, took: 200, failure: 'failed' });
  begin('e');
  all.half(5, heard);
  all.half(5, heard);
  all.half(9, heard);
  all.finish();
  expect(
    keeper
      .rows()
      .slice(2)
      .map(({ took, ttfb, failure, ended }) => [took, ttfb, failure, ended]),
  ).toEqual([
    [90, 70, null, true],
    [90, 60, 'failed', true],
    [NaN, 70, null, true],
  ]);
});

test('connections of an EventSource are no loads of the page; the last one ends it, when the program closes it', () => {
  const { all, keeper } = thread();
  const measured = { ...UNTRACED, kind: 'other', method: 'GET', url: 'http://h/stream' };
  expect(all.stream({ ...measured, id: 8, start: 0 }, END)).toBe(false);
  for (const id of [1, 2, 3]) all.begun({ ...measured, id, kind: 'eventsource', start: 1000 * id });
  // It broke off, and is made again.
  expect(all.stream({ ...measured, id: 8, start: 1010 }, { ...END, took: 500 })).toBe(true);
  expect(all.stream({ ...measured, id: 9, start: 2010 }, { ...END, took: 500, ttfb: 20, status: NaN })).toBe(
    true,
  );
  all.ended(3, { ...END, took: 7, failure: 'failed' });
  expect(all.stream({ ...measured, id: 10, start: 3010 }, { ...END, took: 4, status: NaN })).toBe(true);
  all.finish();
  expect(keeper.rows().map(({ id, ended, took, ttfb, failure }) => [id, ended, took, ttfb, failure])).toEqual(
    [
      [1, false, NaN, NaN, null],
      [2, true, 510, 30, null],
      [3, true, 7, 1, 'failed'],
    ],
  );
});

test('the status is the one that the program heard, whatever the browser measured', () => {
  const { keeper, all, begin } = thread();
  const heard = { ...END, took: NaN, ttfb: 70, status: 401, bytes: NaN, type: null };
  const measured = { ...END, took: 90, ttfb: 60, status: 200, bytes: 7, type: null };
  begin('a');
  all.half(1, heard);
  all.half(1, measured, 1000);
  begin('b');
  all.half(2, measured, 2000);
  all.half(2, heard);
  // Nobody may know it but the browser.
  begin('c');
  all.half(3, { ...heard, status: NaN });
  all.half(3, measured, 3000);
  expect(keeper.rows().map(({ took, status }) => [took, status])).toEqual([
    [90, 401],
    [90, 401],
    [90, 200],
  ]);
});

test('an end whose beginning is not there is no request', () => {
  const { keeper, all } = thread();
  all.ended(5, END);
  all.finish();
  expect([keeper.rows(), keeper.routes()]).toEqual([[], []]);
});

test('of many, those that failed or are open stay, and the slowest; all are counted', () => {
  const { keeper, all, begin, make, rows } = thread(4);
  make('failed', 1, 'ECONNRESET');
  begin('open');
  for (let took = 1; took <= 20; took++) make(`users/${took}`, took * 100);
  all.finish();
  expect(rows()).toEqual(['failed 1', 'open NaN', 'users/19 1900', 'users/20 2000']);
  expect(keeper.leftOut.get(1)).toBe(18);
  const [failed, users, open] = keeper.routes();
  expect([failed, open].map(({ count, failures }) => [count, failures])).toEqual([
    [1, 1],
    [1, 0],
  ]);
  expect(users).toMatchObject({ route: 'h/users/*', count: 20, failures: 0, bytes: 100, max: 2000 });
  const [p50, p95] = keeper.quantiles(users, [0.5, 0.95]);
  expect([p50 / 1000, p95 / 1900].every((share) => Math.abs(share - 1) < 0.033)).toBe(true);
});

test('beyond so many routes, they are one', () => {
  const { keeper, make } = thread();
  const word = (at: number) => Array.from(String(at), (digit) => 'abcdefghij'[Number(digit)]).join('');
  for (let at = 0; at < 1500; at++) make(word(at), 1);
  expect([keeper.routes().length, keeper.routes().at(-1)]).toMatchObject([
    1001,
    { method: '', route: '(others)', count: 500 },
  ]);
});
