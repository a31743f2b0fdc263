import { odd } from './odd.mjs';

console.log('even runs', typeof even, typeof odd);
export let count = 0;
export function even(n) {
  count += 1;
  return n === 0 || odd(n - 1);
}
