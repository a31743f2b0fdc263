import { expect, test } from 'vitest';
import { type Measured, vitalsOf } from './vitals.ts';

/** `visit name value at`, and what else is known. */
const shown = (told: Measured[]): string[] =>
  vitalsOf(told).map(({ visit, name, value, at, element, url, event, parts }) =>
    [visit, name, Number(value.toFixed(6)), at, element, url, event, parts?.join('+')]
      .filter((each) => each !== undefined)
      .join(' '),
  );
const types = ['event', 'layout-shift'];
const fcp = (startTime: number): Measured => ({
  entryType: 'paint',
  name: 'first-contentful-paint',
  startTime,
});
const lcp = (startTime: number, element: string): Measured => ({
  entryType: 'largest-contentful-paint',
  startTime,
  element,
});
const hidden = (startTime: number, entryType = 'visibilitychange'): Measured => ({
  entryType,
  name: 'hidden',
  startTime,
});
const move = (startTime: number, value: number, sum: number, node = 'p'): Measured => ({
  entryType: 'layout-shift',
  startTime,
  value,
  sum,
  sources: { node },
});
const input = (
  interactionId: number,
  startTime: number,
  duration: number,
  more: Measured = {},
): Measured => ({
  entryType: 'event',
  name: 'click',
  interactionId,
  startTime,
  duration,
  processingStart: startTime + 2,
  processingEnd: startTime + duration - 4,
  ...more,
});

test('nothing was measured', () => {
  expect(vitalsOf([])).toEqual([]);
  expect(vitalsOf([{ name: 'visible', types }, {}])).toEqual([]);
});

test('paints: the last largest one before the page was hidden, in whatever order they are told', () => {
  const told = [hidden(900), lcp(700, 'h1'), fcp(300), lcp(1000, 'img'), lcp(400, 'p')];
  expect(shown(told)).toEqual(['1 FCP 300 300', '1 LCP 700 700 h1']);
});

test('a page that was hidden before it was painted', () => {
  expect(shown([fcp(300), hidden(200, 'visibility-state')])).toEqual([]);
  // Nobody knows since when: from its start.
  expect(shown([{ name: 'hidden' }, fcp(300)])).toEqual([]);
  // The browser knows.
  const seen: Measured = { entryType: 'visibility-state', name: 'visible' };
  expect(shown([{ name: 'hidden' }, seen, hidden(350, 'visibility-state'), fcp(300), lcp(400, 'p')])).toEqual(
    ['1 FCP 300 300'],
  );
});

test('one that was made ahead: times count from when it was shown', () => {
  const navigation: Measured = { entryType: 'navigation', responseStart: 40 };
  const activated: Measured = {
    entryType: 'visibilitychange',
    name: 'visible',
    startTime: 501,
    activationStart: 500,
  };
  const told = [{ ...hidden(0, 'visibility-state') }, navigation, activated, fcp(450), lcp(620, 'h1')];
  expect(shown(told)).toEqual(['1 TTFB 0 40', '1 FCP 0 450', '1 LCP 120 620 h1']);
});

test('moves: the worst window; none where they are measured and something was painted', () => {
  const page: Measured = { name: 'visible', types };
  expect(shown([page, fcp(10)])).toEqual(['1 FCP 10 10', '1 CLS 0 NaN']);
  expect(shown([fcp(10)])).toEqual(['1 FCP 10 10']);
  expect(shown([page, move(20, 0.1, 0.1), move(20, 0.1, 0.15), move(7000, 0.2, 0.2, '#a')])).toEqual([
    '1 CLS 0.2 7000 #a 0.2',
  ]);
  // Its sum grew, and what was farthest stayed.
  expect(shown([page, move(20, 0.1, 0.15, '#a'), move(20, 0.1, 0.12, '#b')])).toEqual([
    '1 CLS 0.15 20 #a 0.1',
  ]);
});

test('inputs: press, release and click are one, which its slowest event stands for', () => {
  const press = input(7, 100, 104, {
    name: 'pointerdown',
    processingStart: 102,
    processingEnd: 110,
    target: '#go',
  });
  const click = input(7, 104, 96, { processingStart: 115, processingEnd: 195, target: 'b' });
  // Answered by a picture before: what it took is no part of it.
  const early = input(7, 90, 40, { name: 'keydown', processingStart: 90, processingEnd: 400 });
  expect(shown([click, press, early])).toEqual(['1 INP 104 100 #go click 2+95+104']);
});

test('of 50 inputs one is passed over, quick ones count', () => {
  const slow = Array.from({ length: 12 }, (_, at) => input(at + 1, at * 1000, 100 + at * 8));
  const inpOf = (interactionCount: number): number =>
    vitalsOf([...slow, { ...hidden(20_000), interactionCount }])[0].value;
  expect([inpOf(12), inpOf(49), inpOf(50), inpOf(149), inpOf(100_000)]).toEqual([188, 188, 180, 172, 116]);
});

test('a page that comes back begins anew', () => {
  const back: Measured = {
    entryType: 'pageshow',
    name: 'visible',
    startTime: 5000,
    interactionCount: 60,
    types,
  };
  const told: Measured[] = [
    { name: 'visible', types },
    fcp(10),
    move(20, 0.1, 0.1),
    input(1, 30, 200),
    back,
    { ...back, duration: 32, interactionCount: 61 },
    input(2, 6000, 80, { interactionCount: 61 }),
    input(3, 6100, 64, { interactionCount: 100 }),
  ];
  expect(shown(told)).toEqual([
    '1 FCP 10 10',
    '1 CLS 0.1 20 p 0.1',
    '1 INP 200 30 click 2+196+200',
    '2 FCP 32 5032',
    '2 LCP 32 5032',
    '2 CLS 0 NaN',
    '2 INP 80 6000 click 2+76+80',
  ]);
});
