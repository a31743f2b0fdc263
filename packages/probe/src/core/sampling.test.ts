import { expect, test } from 'vitest';
import { AUTO_BYTES_PER_SECOND, isSampled, Sampling } from './sampling.ts';

test.each([0.01, 0.1, 0.5, 0.9])('of many tasks, about a share of %d is kept', (rate) => {
  for (let thread = 0; thread < 5; thread++) {
    let kept = 0;
    for (let nth = 1; nth <= 20_000; nth++) if (isSampled(nth, thread, rate)) kept++;
    // Four standard deviations.
    expect(Math.abs(kept - 20_000 * rate)).toBeLessThan(4 * Math.sqrt(20_000 * rate * (1 - rate)));
  }
});

test('the same tasks are kept each time, more of them at a higher rate, all at 1', () => {
  for (let nth = 1; nth < 2000; nth++) {
    if (isSampled(nth, 3, 0.2)) expect(isSampled(nth, 3, 0.4)).toBe(true);
    expect(isSampled(nth, 3, 1)).toBe(true);
  }
});

test('auto: half of it while too much is written, twice as much when there is room, and says why', () => {
  const sampling = new Sampling();
  expect(sampling.set('auto')).toBe('sample auto');
  expect(sampling.rate).toBe(1);
  let now = 0;
  let bytes = 0;
  const second = (share: number): string | undefined => {
    now += 1_000_000;
    bytes += AUTO_BYTES_PER_SECOND * share;
    return sampling.look(now, bytes);
  };
  second(0);
  expect(second(3)).toBe('auto: 768 KiB a second were written, of 256');
  second(1.5);
  expect(sampling.rate).toBe(0.25);
  expect(second(0.8)).toBeUndefined();
  second(0.3);
  expect(sampling.rate).toBe(0.5);
  second(0.1);
  second(0.1);
  expect(second(0)).toBeUndefined();
  expect(sampling.rate).toBe(1);
  expect(sampling.look(now + 10, bytes + 1e9)).toBeUndefined();
  for (let k = 0; k < 30; k++) second(100);
  expect(sampling.rate).toBe(1 / 1024);
  expect(sampling.set(0.5)).toBe('sample 0.5');
  expect(sampling.look(now + 5e6, bytes + 1e9)).toBeUndefined();
});
