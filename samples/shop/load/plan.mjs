import { Prng } from '../src/lib/prng.mjs';
import { SCENARIOS } from './scenarios.mjs';

/**
 * Which visits make up a load of exactly `total` requests: each scenario once while there is room,
 * then by weight. Every visit has a generator of its own, so that what it does depends on the seed
 * alone and not on which visitor happens to be faster.
 */
export function planVisits(total, seed) {
  const random = new Prng(seed);
  const chosen = [...scenarioForEach(total, random)];
  return random.shuffle(chosen).map((scenario, index) => ({
    scenario,
    name: `${scenario.name.replaceAll(' ', '-')}-${index}`,
    random: new Prng(seed * 65_537 + index),
  }));
}

function* scenarioForEach(total, random) {
  let left = total;
  for (const scenario of SCENARIOS) {
    if (scenario.requests > left) continue;
    left -= scenario.requests;
    yield scenario;
  }
  while (left > 0) {
    const fitting = SCENARIOS.filter(({ requests }) => requests <= left);
    const scenario = random.pickWeighted(fitting, ({ weight }) => weight);
    left -= scenario.requests;
    yield scenario;
  }
}
