// The program of bench/capture as parts to run: how many calls each makes, and how long they take.

/** Instrumented calls of `fib(n)`: 2 fib(n + 1) - 1. */
function callsOfFib(n) {
  let [a, b] = [0, 1];
  for (let at = 0; at < n + 1; at++) [a, b] = [b, a + b];
  return 2 * a - 1;
}

/** `mix` and four calls a round. */
const callsOfMix = (rounds) => 4 * rounds + 1;

/**
 * A call of `work` that V8 compiles by itself: a built-in makes it, through a bound function. With the measurement around it, V8's middle compiler
 * (Maglev) otherwise copies a small loop into code which the last one (TurboFan) does not get at, on Node 24 and partly 26: plain `mix` took five
 * times as long, the floor twice, and what was recorded looked cheap beside them. Costs a fraction of a µs a burst.
 */
export const apart = (work, ...args) => {
  const bound = work.bind(undefined, ...args);
  return () => '.'.replace('.', bound);
};

/** @param size about so many calls a burst and part */
export function partsOf({ fib, mix }, size) {
  let n = 2;
  while (callsOfFib(n + 1) <= size) n++;
  const rounds = Math.floor((size - 1) / 4);
  return [
    { name: 'fib', run: apart(fib, n), calls: callsOfFib(n) },
    { name: 'mix', run: apart(mix, rounds), calls: callsOfMix(rounds) },
  ];
}

/**
 * ns a call in the best of many bursts: everything else that the machine does makes a burst longer. Bursts go on for `ms`, at least
 * `least` times, with `between` in front of each, which does not count.
 * @returns {Promise<{ ns: number, calls: number }>} `calls`: how many were made
 */
export async function bestOfBursts({ run, calls }, { ms, least = 3, between = async () => {} }) {
  let best = Infinity;
  let bursts = 0;
  for (const end = performance.now() + ms; bursts < least || performance.now() < end; bursts++) {
    await between();
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return { ns: (best * 1e6) / calls, calls: bursts * calls };
}

/** ns a call over at least `wanted` calls in a row, and `after`. */
export function inOneGo({ run, calls }, wanted, after = () => {}) {
  const rounds = Math.ceil(wanted / calls);
  const start = performance.now();
  for (let round = 0; round < rounds; round++) run();
  after();
  const ms = performance.now() - start;
  return { ns: (ms * 1e6) / (rounds * calls), calls: rounds * calls };
}
