/** SQL whose values are bound, never written into it. Pure. */
import type { Bind } from './conditions.ts';

/** SQL, and what its parameters stand for. */
export interface Statement {
  sql: string;
  values: Record<string, string | number>;
}

/** Fills `values` as they are bound. */
export const binder =
  (values: Record<string, string | number>): Bind =>
  (value) => {
    const name = `p${Object.keys(values).length + 1}`;
    values[name] = value;
    return `$${name}`;
  };
