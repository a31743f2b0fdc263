/** What a test asks of a feature flag. Pure. */

export interface Condition {
  /** Values that it is compared with, null: not set; null: it is taken for true or false. */
  values: (string | null)[] | null;
  /** It holds for all others. */
  negated: boolean;
  /** Taken where it is not set. */
  fallback: string | null;
  /** What is here tells for each value whether it holds. */
  exact: boolean;
  /** Nothing else is asked. */
  alone: boolean;
}

/** Of a test that asks a constant for what the constant was made of: `if (!isNew)` where `isNew = process.env.NEW === '1'`. */
export function composed(test: Condition, made: Condition): Condition {
  const both = {
    fallback: made.fallback ?? test.fallback,
    exact: test.exact && made.exact,
    alone: test.alone && made.alone,
  };
  // The constant is the value itself.
  if (made.values === null && !made.negated) return { values: test.values, negated: test.negated, ...both };
  const word = test.values?.length === 1 ? test.values[0] : undefined;
  const isWord = word === 'true' || word === 'false';
  const negated = (test.negated !== (isWord && word === 'false')) !== made.negated;
  return { values: made.values, negated, ...both, exact: both.exact && (test.values === null || isWord) };
}

/** @param value null: it is not set; numbers, true and false as they are written. @returns null: that is not known */
export function holdsFor(
  { values, negated, fallback, exact }: Condition,
  value: string | null,
): boolean | null {
  if (!exact) return null;
  const taken = value ?? fallback;
  const holds = values === null ? isTrue(taken) : values.includes(taken);
  return holds !== negated;
}

/** A variable's `0` and `false` are texts, which count as true. */
const isTrue = (value: string | null): boolean => value !== null && value !== '';
