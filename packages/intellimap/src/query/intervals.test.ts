import { expect, test } from 'vitest';
import { randomFrom } from '../store/replay/fixtures/simulation.ts';
import { Intervals } from './intervals.ts';

test('those that hold a moment, whatever they are, the youngest first', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomFrom(seed);
    const start = Array.from({ length: random(400) }, () => random(300));
    const end = start.map((from) =>
      random(20) === 0 ? Infinity : from + random(random(5) === 0 ? 300 : 10),
    );
    const intervals = new Intervals(start, end);
    for (let t = -1; t < 320; t += 1 + random(9)) {
      const hold = [...start.keys()]
        .filter((at) => start[at] <= t && end[at] > t)
        .toSorted((a, b) => start[b] - start[a] || b - a);
      expect([intervals.count(t), intervals.at(t, 1000)]).toEqual([hold.length, hold]);
      expect(intervals.at(t, 3)).toEqual(hold.slice(0, 3));
    }
  }
});
