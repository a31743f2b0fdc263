import { expect, test } from 'vitest';
import type { Answered } from '../api/ask.ts';
import { captureText, overheadText } from './capture.ts';

type Summary = Answered<'summary'>;

/** A run in which all went well; `changed` is what did not. */
function summary(changed: Record<string, unknown> = {}): Summary {
  return {
    calls: 5_411_161,
    run: { duration_ms: 4380 },
    threads: [{}, {}],
    eventsLost: 0,
    certainty: { complete: true, damagedSegments: 0, gaps: 0, callsKept: 12, callsRule: 'all' },
    sampling: null,
    flight: null,
    overhead: { events: 10_858_812 },
    ...changed,
  } as unknown as Summary;
}

test('zero is a claim', () => {
  const { size, loss } = captureText(summary(), false);
  expect(size).toBe('5.4 M calls · 10.9 M events · 4.38 s · 2 threads');
  expect(loss).toMatchObject({ text: 'capture: full (0 dropped)', isBad: false });
});

test.each([
  [{ eventsLost: 1200 }, 'capture: 1,200 events lost'],
  [{ sampling: { tasksLeftOut: 9 } }, 'capture: 9 tasks left out'],
  [{ flight: { wordsLetGo: 5 } }, 'capture: 5 events let go'],
])('what is missing is said: %j', (changed, text) => {
  expect(captureText(summary(changed), false).loss).toMatchObject({ text, isBad: true });
});

test('what is being recorded has no end yet, which is no loss', () => {
  const goesOn = { certainty: { ...summary().certainty, complete: false } };
  expect(captureText(summary(goesOn), false).loss).toMatchObject({
    text: 'capture: cut off at the end',
    isBad: true,
  });
  expect(captureText(summary(goesOn), true).loss).toMatchObject({
    text: 'capture: full so far (0 dropped)',
    isBad: false,
  });
  expect(captureText(summary({ ...goesOn, eventsLost: 3 }), true).loss).toMatchObject({
    text: 'capture: 3 events lost',
    isBad: true,
  });
});

test('overhead says whether it was measured', () => {
  const overhead = { instrumentingMs: 124, eventsMs: 118, valuesMs: 0, stalledMs: 0, percent: null };
  const text = (changed: object): string =>
    overheadText({ ...overhead, ...changed } as Summary['overhead']).text;
  expect(text({})).toBe('overhead about 242 ms');
  expect(text({ eventsMs: null })).toBe('overhead not known');
  expect(text({ percent: 3.14 })).toBe('overhead 3.1 %, measured');
});
