/** How the calls of a function went in two runs: variants that came, went, or became more or less common. Pure. */
import type { Variant } from './variants.ts';

export const CHANGES = ['new', 'gone', 'more often', 'less often', 'as before'] as const;
export type Change = (typeof CHANGES)[number];

export interface ComparedVariant {
  readonly change: Change;
  /** In the later run; where it is gone, in the earlier one. */
  readonly variant: Variant;
  /** Calls that went so, of all calls of the run. */
  readonly before: number;
  readonly after: number;
  /** 0 … 1 */
  readonly shareBefore: number;
  readonly shareAfter: number;
}

/** Standard errors beyond which a difference of shares is none of chance (one in a thousand). */
const SURE = 3.29;
/** Smaller differences are of no interest, however sure. */
const LEAST = 0.02;

/** @returns what changed most first */
export function compareVariants(before: readonly Variant[], after: readonly Variant[]): ComparedVariant[] {
  const [n, m] = [callsOf(before), callsOf(after)];
  const old = new Map(before.map((each) => [each.key, each]));
  const current = new Set(after.map(({ key }) => key));
  const gone = before.filter(({ key }) => !current.has(key));
  return [
    ...after.map((variant) => compared(variant, old.get(variant.key)?.calls ?? 0, variant.calls, n, m)),
    ...gone.map((variant) => compared(variant, variant.calls, 0, n, m)),
  ].toSorted((a, b) => weightOf(b) - weightOf(a));
}

const callsOf = (variants: readonly Variant[]): number => variants.reduce((sum, { calls }) => sum + calls, 0);

function compared(variant: Variant, before: number, after: number, n: number, m: number): ComparedVariant {
  const [shareBefore, shareAfter] = [n === 0 ? 0 : before / n, m === 0 ? 0 : after / m];
  return { change: changeOf(before, after, n, m), variant, before, after, shareBefore, shareAfter };
}

function changeOf(before: number, after: number, n: number, m: number): Change {
  if (before === 0) return 'new';
  if (after === 0) return 'gone';
  const difference = after / m - before / n;
  const all = (before + after) / (n + m);
  const error = Math.sqrt(all * (1 - all) * (1 / n + 1 / m));
  if (Math.abs(difference) < LEAST || Math.abs(difference) <= SURE * error) return 'as before';
  return difference > 0 ? 'more often' : 'less often';
}

const weightOf = ({ change, shareBefore, shareAfter }: ComparedVariant): number =>
  (change === 'as before' ? 0 : 1) + Math.abs(shareAfter - shareBefore);
