/** Probes that record nothing: for threads of Node's own that run code of the program, as its hooks for loading modules. */
import type { Probes } from './record.ts';
import { noLook } from './values.ts';

const nothing = (): void => {};

export const idleProbes: Probes = {
  e: () => 0,
  l: nothing,
  a: nothing,
  g: new Uint8Array(0),
  o: () => 0,
  f: () => 0,
  x: nothing,
  s: (_word, _frame, value) => value,
  d: (_word, _frame, value) => value,
  r: (_word, _frame, value) => value,
  m: nothing,
  t: (_word, error) => error,
  c: (_word, error) => error,
  h: nothing,
  ...noLook,
};
