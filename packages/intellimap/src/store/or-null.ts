/** A number that is not known is NaN in the replay, and NULL in a row. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
