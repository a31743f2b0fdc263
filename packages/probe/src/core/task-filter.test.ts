import { expect, test } from 'vitest';
import { turnWord } from '../wire/turns.ts';
import { Kind, STALL, Told, wordOf } from '../wire/words.ts';
import { randomOf, TaskMaker, type MadeTask, type MadeThread } from './fixtures/tasks.ts';
import { isSampled } from './sampling.ts';
import { MAX_WAITING_WORDS, TaskFilter } from './task-filter.ts';

const call = (site: number): number[] => [wordOf(Kind.ENTER, site), wordOf(Kind.LEAVE, site)];
const ended = (number: number, origin: number, kind = 2): number[] => [
  turnWord(number, kind, false, false),
  origin,
  0,
];
const request = (task: number): number[] => [wordOf(Kind.TASK, 0), task, 0];
/** The program is loaded in turn 1. */
const START = [...call(1), ...ended(1, 0, 1)];

/** Feeds pieces of any size, and takes what is kept with its places among all words. */
function filtered(filter: TaskFilter, words: readonly number[], piece: () => number = () => Infinity) {
  const all = Int32Array.from(words);
  const kept: number[] = [];
  const places: number[] = [];
  const fetch = (): void => {
    const { kept: out } = filter;
    for (let place = out.from; out.length > 0 && place < out.to; place++) {
      const at = out.placeOf(place);
      if (at < out.length && out.placeOf(place + 1) === at + 1) places.push(place);
    }
    for (const word of out.words.subarray(0, out.length)) kept.push(word);
    out.clear();
  };
  let at = 0;
  while (at < all.length) {
    const taken = filter.take(all, at, Math.min(all.length, at + piece()));
    at += taken;
    fetch();
  }
  filter.giveUp();
  fetch();
  return { kept, places };
}

/** Places that are in one of the lists only, the first few. */
function differences(a: number[], b: number[]): number[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((each) => !inB.has(each)), ...b.filter((each) => !inA.has(each))].slice(0, 5);
}

const expected = ({ words, owners }: MadeThread, isKept: (task: MadeTask) => boolean): number[] =>
  words.flatMap((_, at) => (isKept(owners[at]) ? [at] : []));

test.each([0.1, 0.5, 1])('tasks that interleave are whole or absent, at rate %d', (rate) => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomOf(seed);
    const made = new TaskMaker(random, 300);
    const isKept = ({ nth }: MadeTask): boolean => nth === 0 || isSampled(nth, 0, rate);
    const told: [number, number][] = [];
    const filter = new TaskFilter(
      (nth) => isSampled(nth, 0, rate),
      (task, fate) => told.push([task, fate]),
    );
    const { kept, places } = filtered(filter, made.words, () => 3 + random(seed % 2 === 0 ? 40 : 2000));
    const at = expected(made, isKept);
    expect({ seed, wrong: differences(places, at) }).toEqual({ seed, wrong: [] });
    expect(kept).toEqual(at.map((place) => made.words[place]));
    const left = made.tasks.filter((task) => !isKept(task));
    expect(filter.tasks).toEqual({ kept: made.tasks.length - left.length, leftOut: left.length, partly: 0 });
    expect(filter.kept.leftOut.words).toBe(made.words.length - at.length);
    expect(told).toEqual(
      made.tasks.filter(({ declared }) => declared > 0).map((task) => [task.declared, isKept(task) ? 1 : 0]),
    );
  }
});

test('a time goes with the word that it is told of', () => {
  const of = (told: number): number[] => [STALL, told, 0];
  const filter = new TaskFilter(() => false);
  const timed = (site: number): number[] => [...of(Told.NEXT), ...call(site), ...of(Told.BEFORE)];
  const waiting = [wordOf(Kind.FRAME_ENTER, 5), 9, 0, wordOf(Kind.SUSPEND, 5), 9, 0];
  const goingOn = [wordOf(Kind.RESUME, 5), 9, 0, wordOf(Kind.FRAME_LEAVE, 5), 9, 0];
  const left = [...request(1), ...timed(2), ...waiting, ...ended(2, 0)];
  const [enter, leave] = call(3);
  // In a call that is kept, a frame of the other task goes on.
  const within = [enter, ...goingOn, ...of(Told.BEFORE), leave, ...of(Told.BEFORE)];
  const kept = [...timed(4), ...ended(3, 1)];
  expect(filtered(filter, [...START, ...left, ...within, ...kept]).kept).toEqual([
    ...START,
    enter,
    leave,
    ...of(Told.BEFORE),
    ...kept,
  ]);
});

test('sampling that begins in the middle keeps what had begun before', () => {
  const begun = [wordOf(Kind.FRAME_ENTER, 5), 9, 0, wordOf(Kind.SUSPEND, 5), 9, 0];
  const filter = new TaskFilter(() => false, undefined, {
    wordCount: 100,
    open: new Map([[9, { suspended: true }]]),
    picture: () => ({ sites: [4], frames: [0] }),
  });
  const rest = [wordOf(Kind.LEAVE, 4), ...ended(7, 3)];
  const later = [wordOf(Kind.RESUME, 5), 9, 0, wordOf(Kind.FRAME_LEAVE, 5), 9, 0];
  const words = [...rest, ...request(1), ...call(2), ...ended(8, 0), ...later, ...ended(9, 8), ...call(3), ...ended(10, 6)]; // prettier-ignore
  expect(begun.length).toBe(6);
  expect(filtered(filter, words).kept).toEqual([...rest, ...later, ...call(3), ...ended(10, 6)]);
  expect(filter.tasks).toEqual({ kept: 0, leftOut: 1, partly: 0 });
  expect(filter.read).toBe(100 + words.length);
});

test('a turn too long to wait for is kept, as what it schedules, and that is told', () => {
  const filter = new TaskFilter(() => false);
  const long = Array.from({ length: MAX_WAITING_WORDS }, () => call(6)).flat();
  const words = [...START, ...request(1), ...call(2), ...ended(2, 0), ...long, ...ended(3, 2), ...call(3), ...ended(4, 3)]; // prettier-ignore
  expect(filtered(filter, words, () => 5000).kept.length).toBe(START.length + long.length + 8);
  expect(filter.tasks).toMatchObject({ leftOut: 1, partly: 1 });
});

test('where nobody tells of turns, all is kept', () => {
  const words = [...request(1), ...call(2), ...request(2), ...call(3)];
  expect(filtered(new TaskFilter(() => false), words).kept).toEqual(words);
});

test('a loss, and an exception that nobody caught, end what seems to be on the stack', () => {
  const open = wordOf(Kind.ENTER, 4);
  const lost = [wordOf(Kind.LOST, 0), 17];
  const uncaught = [wordOf(Kind.TIME, 1), 0, 0];
  const filter = new TaskFilter(() => false);
  const turn = [...request(1), open, ...ended(2, 0)];
  const words = [...START, ...turn, ...uncaught, ...call(5), ...ended(3, 2), ...call(6), ...lost, ...call(7), ...ended(4, 1)]; // prettier-ignore
  // Whose turn the words before the loss were in is not known.
  expect(filtered(filter, words).kept).toEqual([...START, ...uncaught, ...call(6), ...lost, ...call(7), ...ended(4, 1)]); // prettier-ignore
});

test('requests in one turn go together', () => {
  const filter = new TaskFilter((nth) => nth === 2);
  const two = [...request(1), ...call(2), ...request(2), ...call(3), ...ended(2, 0)];
  const one = [...request(3), ...call(2), ...ended(3, 0)];
  expect(filtered(filter, [...START, ...two, ...one]).kept).toEqual([...START, ...one]);
  expect(filter.tasks).toEqual({ kept: 1, leftOut: 2, partly: 0 });
});

test('a generator that begins behind `yield*` goes as who goes on with it', () => {
  const filter = new TaskFilter((nth) => nth === 1);
  const host = [wordOf(Kind.FRAME_ENTER, 5), 1, 0, wordOf(Kind.SUSPEND, 6), 1, 0];
  const delegates = [wordOf(Kind.RESUME, 6), 1, 0, wordOf(Kind.SUSPEND, 7), 1, 0, wordOf(Kind.REACHED, 7), wordOf(Kind.FRAME_ENTER, 8), 2, 0, wordOf(Kind.SUSPEND, 8), 2, 0]; // prettier-ignore
  const kept = [...START, ...request(1), ...host, ...ended(2, 0)];
  const words = [...kept, ...request(2), wordOf(Kind.ENTER, 2), ...delegates, wordOf(Kind.LEAVE, 2), ...ended(3, 0)]; // prettier-ignore
  expect(filtered(filter, words).kept).toEqual([...kept, ...delegates]);
});

test('so it does where the thread waited for the reader in between; that is no event', () => {
  const stall = [STALL, 30, 40];
  const filter = new TaskFilter((nth) => nth === 1);
  const host = [wordOf(Kind.FRAME_ENTER, 5), 1, 0, wordOf(Kind.SUSPEND, 6), 1, 0];
  const delegates = [wordOf(Kind.RESUME, 6), 1, 0, wordOf(Kind.SUSPEND, 7), 1, 0, ...stall, wordOf(Kind.REACHED, 7), ...stall, ...stall, wordOf(Kind.FRAME_ENTER, 8), 2, 0, wordOf(Kind.SUSPEND, 8), 2, 0]; // prettier-ignore
  const kept = [...START, ...request(1), ...host, ...ended(2, 0)];
  const left = [...request(2), wordOf(Kind.ENTER, 2), ...stall, wordOf(Kind.LEAVE, 2), ...ended(3, 0)];
  const words = [...kept, ...left.slice(0, 4), ...delegates, ...left.slice(4)];
  // Between `await` and what it goes on with, the stall is whose turn it is.
  const place = delegates.indexOf(STALL);
  const own = [...delegates.slice(0, place), ...delegates.slice(place + 3)];
  const found = filtered(filter, words).kept;
  expect(found.filter((word) => word === wordOf(Kind.FRAME_ENTER, 8)).length).toBe(1);
  expect(found.slice(0, kept.length)).toEqual(kept);
  expect(found.length).toBeLessThanOrEqual(kept.length + own.length);
  expect(filter.kept.leftOut.events).toBe(4);
});
