import { even } from './even.mjs';

console.log('odd runs', typeof even);
export function odd(n) {
  return n !== 0 && even(n - 1);
}
// A call through the cycle before the other module has run: its function is hoisted, its variable is not.
export let parity;
try {
  parity = even(1);
} catch (error) {
  parity = `${error.name}: ${error.message}`;
}
