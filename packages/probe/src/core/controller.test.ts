import { expect, test } from 'vitest';
import { type CallCosts, Kind, wordOf } from '../wire/index.ts';
import { Controller } from './controller.ts';

/** Reading a word takes 6 ns, so that a call which is told costs 22 ns in all, one behind a closed gate 2. */
const costs: CallCosts = { told: 10, framed: 1000, closed: 2, hit: 1, read: 6 };
const STEP = 100_000;

/** A process that does as much of its own work whatever is recorded: `rates` are calls in each µs of it, by site. */
function program(rates: number[], budget?: number) {
  const controller = new Controller(costs, budget);
  const open = new Set(rates.keys());
  const use = { micros: 0, cpu: 0, own: 0, words: 0 };
  let free = new Set(rates.keys());
  /** Percent that recording really cost in the last step. */
  let percent = 0;
  const step = () => {
    const words: number[] = [];
    let paid = 0;
    let read = 0;
    for (const [site, rate] of rates.entries()) {
      const calls = rate * STEP;
      if (open.has(site)) {
        for (let call = 0; call < calls / 100; call++)
          words.push(wordOf(Kind.ENTER, site), wordOf(Kind.LEAVE, site));
        read += calls * 2;
        paid += (calls * costs.told) / 1000;
      } else {
        controller.seeCounted(site, calls);
        paid += (calls * costs.closed) / 1000;
      }
    }
    controller.see(Int32Array.from(words), 0, words.length, 100);
    const own = 200 + (read * 6) / 1000;
    use.micros += STEP;
    use.cpu += STEP + paid + own;
    use.own += own;
    use.words += read;
    percent = (100 * (paid + own)) / STEP;
    const decision = controller.decide({ ...use }, (site) => free.has(site));
    for (const site of decision?.sites ?? [])
      if (decision?.gate === 'open') open.add(site);
      else open.delete(site);
    return decision;
  };
  return {
    controller,
    rates,
    open,
    step,
    steps: (count: number) => Array.from({ length: count }, step).filter((each) => each !== undefined),
    percent: () => percent,
    onlyFree: (...sites: number[]) => (free = new Set(sites)),
  };
}

test('who is called most is counted, until the cost is within the budget', () => {
  const { steps, open, percent } = program([0, 5, 0.5, 0.05, 0.005], 2);
  const [first] = steps(10);
  expect(first).toMatchObject({ gate: 'count', sites: [1, 2] });
  expect(first.percent).toBeCloseTo(12.4, 0);
  expect([...open]).toEqual([0, 3, 4]);
  expect(percent()).toBeLessThan(2);
});

test('without a budget nothing is done, and the cost is known all the same', () => {
  const { steps, controller } = program([0, 1]);
  expect(steps(10)).toEqual([]);
  expect(controller.percent).toBeCloseTo(2.4, 0);
});

test('a budget that holds is not touched', () => {
  expect(program([0, 1, 0.1], 5).steps(50)).toEqual([]);
});

test('when there is room again, functions are told again: later each time', () => {
  const { steps, open, rates } = program([0, 5, 0.5], 2);
  steps(10);
  expect([...open]).toEqual([0]);
  rates[1] = 0;
  // Calm for 2 s first.
  expect(steps(5)).toEqual([]);
  expect(steps(30).map(({ gate, sites }) => [gate, sites])).toEqual([
    ['open', [1]],
    ['open', [2]],
  ]);
  rates[1] = 5;
  expect(steps(5)[0]).toMatchObject({ gate: 'count' });
  rates[1] = 0;
  expect(steps(25)).toEqual([]);
  expect(steps(30)[0]).toMatchObject({ gate: 'open' });
});

test('who costs next to nothing is told even where there is no room, and told again', () => {
  const { steps, open, rates, onlyFree } = program([0, 5, 0.005, 0.05], 2);
  onlyFree(2, 3);
  expect(steps(10).flatMap(({ sites }) => sites)).toEqual([3]);
  rates[3] = 0.005;
  expect(steps(30)).toMatchObject([{ gate: 'open', sites: [3] }]);
  expect([...open]).toEqual([0, 1, 2, 3]);
});

test('functions that are not its to close are left, and their cost counts', () => {
  const { steps, open, onlyFree } = program([0, 5, 0.5, 0.2], 5);
  onlyFree(2, 3);
  expect(steps(10).flatMap(({ sites }) => sites)).toEqual([2, 3]);
  expect([...open]).toEqual([0, 1]);
});

test('calls that suspend are dear', () => {
  const controller = new Controller(costs, 5);
  const frames = Array.from({ length: 3000 }, () => [wordOf(Kind.FRAME_ENTER, 1), 1, 0]).flat();
  const calls = Array.from({ length: 3000 }, () => wordOf(Kind.ENTER, 2));
  controller.decide({ micros: 0, cpu: 0, own: 0, words: 0 }, () => true);
  controller.see(Int32Array.from([...frames, ...calls]), 0, frames.length + calls.length, 1);
  expect(controller.decide({ micros: 50_000, cpu: 53_000, own: 0, words: 0 }, () => true)).toMatchObject({
    gate: 'count',
    sites: [1],
  });
});
