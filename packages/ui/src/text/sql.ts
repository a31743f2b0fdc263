/** Parts of questions in SQL that are made here, for a person to see and to ask. Pure. */

/** A value as SQL writes it: a recorded text ends no string. */
export const literal = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
