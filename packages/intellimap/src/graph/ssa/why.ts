/** Why one item depends on another. */
export const Why = {
  /** The value goes into it. */
  DATA: 0,
  /** It decides whether it happens. */
  CONTROL: 1,
  /** Arguments, returned values, and who calls. */
  CALL: 2,
  /** A variable that several bodies write, or a property: it may be what is found there. */
  MEMORY: 3,
} as const;
