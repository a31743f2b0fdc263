/** In which order pairs of runs are made. Pure. */
import { randomOf } from '../base/random.ts';

export type Side = 'baseline' | 'candidate';

/**
 * A coin decides who begins each pair: A B, B A, B A, … The test of the times takes that for granted; then it holds whatever the machine does
 * meanwhile, while a fixed order holds only for what drifts evenly.
 */
export function schedule(pairs: number, seed: number): [Side, Side][] {
  const random = randomOf(seed);
  return Array.from({ length: pairs }, () =>
    random() < 0.5 ? ['baseline', 'candidate'] : ['candidate', 'baseline'],
  );
}
