/** Whose it is what the browser measured, by a clock that stands still within a tick. */
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { createNetwork, type Network } from './network.ts';
import type { Teller } from './teller.ts';

/** What the probe takes as the page's clock when it starts. */
const clock = vi.hoisted(() => {
  const given = { ms: 0 };
  vi.stubGlobal('performance', { now: () => given.ms });
  return given;
});
vi.stubGlobal('location', new URL('http://here/'));
afterAll(() => void vi.unstubAllGlobals());

let teller: Teller;
let network: Network;
beforeEach(() => {
  let count = 0;
  teller = { note() {}, mark() {}, number: () => ++count, shown: (url: string) => url } as never;
  network = createNetwork(teller, { current: () => ({ trace: {} }) } as never, () => true);
});

const ask = (ms: number, url = '/a', kind = 'fetch') => {
  clock.ms = ms;
  return network.ask(kind, 'GET', url, true)!;
};
const answer = (asked: ReturnType<typeof ask>, ms: number): void => {
  clock.ms = ms;
  network.answers(asked, 200);
};
/** Number of the request that this was measured of. */
const measured = (startTime: number, responseStart: number, initiatorType = 'fetch'): number | undefined =>
  teller.asked!({ name: 'http://here/a', initiatorType, startTime, responseStart } as never);

test('what was measured is of the last that was asked for when it began', () => {
  const all = [ask(1), ask(2), ask(3)];
  for (const asked of all.toReversed()) answer(asked, 9);
  expect([measured(3.1, 5), measured(1.1, 5), measured(2.1, 5)]).toEqual([3, 1, 2]);
});

test('what began in the tick in which one more was asked for is of neither, and the rest stays as sure', () => {
  const all = [ask(1), ask(2), ask(3)];
  for (const asked of all) answer(asked, 9);
  expect([measured(2, 5), measured(3.1, 5), measured(2, 5)]).toEqual([undefined, 3, undefined]);
});

test('which was answered may tell of such: none that is not, and none whose answer came before', () => {
  const [first, second] = [ask(1), ask(2)];
  answer(second, 9);
  expect(measured(2, 8)).toBe(2);
  answer(first, 20);
  expect(measured(2, 18)).toBe(1);
  const [third, fourth] = [ask(30), ask(30)];
  answer(third, 35);
  answer(fourth, 40);
  expect(measured(30, 38)).toBe(4);
});

test('one that failed has what was measured of it, which is told to nobody', () => {
  const slow = ask(1);
  clock.ms = 3;
  network.ends(ask(2), 'failed');
  answer(slow, 4);
  expect([measured(2.1, 0), measured(1.1, 3.5)]).toEqual([undefined, 1]);
});

test('what the page loads from the same URL in another way is none of them', () => {
  answer(ask(1), 5);
  answer(ask(2, '/a', 'xhr'), 5);
  expect([measured(3, 4, 'img'), measured(3, 4, 'xmlhttprequest'), measured(3, 4)]).toEqual([
    undefined,
    2,
    1,
  ]);
});

test('of many that were never measured the first are let go', () => {
  const first = ask(1);
  for (let count = 0; count < 1000; count++) ask(2, '/b');
  answer(first, 5);
  expect(measured(1, 4)).toBe(undefined);
  answer(ask(6), 8);
  expect(measured(6, 7)).toBe(1002);
});
