import { Basket, range } from './basket.mjs';
import { sleepyDouble } from './later.mjs';
import { ping } from './cycle-a.mjs';

function square(n) {
  return n * n;
}

const cube = (n) => n * square(n);

function* evens(limit) {
  for (let n = 0; n < limit; n += 2) yield n;
}

function risky(n) {
  if (n === 2) throw new RangeError(`no ${n}`);
  return n;
}

const basket = new Basket();
for (const n of range(4)) basket.add(cube(n));
let sum = 0;
for (const n of evens(7)) sum += n;
let caught = 0;
for (let n = 0; n < 4; n += 1) {
  try {
    risky(n);
  } catch {
    caught += 1;
  }
}
const doubled = await Promise.all([1, 2, 3].map((n) => sleepyDouble(n)));
const { lazily } = await import('./lazy.mjs');
console.log(basket.total, sum, caught, doubled.join(), lazily(2), ping(3));
