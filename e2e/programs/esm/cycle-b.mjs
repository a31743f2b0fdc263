import { ping } from './cycle-a.mjs';

// Called before the module that it closes the cycle with has run.
const early = ping(0);

export function pong(n) {
  return n === 0 ? `pong ${early}` : ping(n - 1);
}
