/** Conditions on columns, as values: `f.p95.gt(20)`. They become SQL only when a question is asked, and what they compare with is bound, never written into it. Pure. */

import { type Aggregate, aggregate } from './aggregates.ts';

/** Takes a value and gives the name that stands for it in SQL. */
export type Bind = (value: string | number) => string;

export interface Condition {
  /** @param column a field's name → the SQL that reads it */
  toSql: (column: (name: string) => string, bind: Bind) => string;
  and: (other: Condition) => Condition;
  or: (other: Condition) => Condition;
  not: () => Condition;
}

export interface Order {
  toSql: (column: (name: string) => string) => string;
}

const conditionOf = (toSql: Condition['toSql']): Condition => ({
  toSql,
  and: (other) => conditionOf((...how) => `(${toSql(...how)} AND ${other.toSql(...how)})`),
  or: (other) => conditionOf((...how) => `(${toSql(...how)} OR ${other.toSql(...how)})`),
  // What is not known is not so, and not otherwise either.
  not: () => conditionOf((...how) => `NOT ${toSql(...how)}`),
});

/** A field of any kind. Where its value is not known, no comparison holds, nor its opposite. */
class Field<Value extends string | number> {
  /** Of the field. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  eq(value: Value): Condition {
    return this.compared('=', value);
  }
  ne(value: Value): Condition {
    return this.compared('<>', value);
  }
  /** One of these. */
  in(values: readonly Value[]): Condition {
    return conditionOf((column, bind) =>
      values.length === 0
        ? 'false'
        : `${column(this.name)} IN (${values.map((value) => bind(value)).join(', ')})`,
    );
  }
  isKnown(): Condition {
    return conditionOf((column) => `${column(this.name)} IS NOT NULL`);
  }
  /** The least first; unknown ones last. */
  asc(): Order {
    return { toSql: (column) => `${column(this.name)} ASC NULLS LAST` };
  }
  /** The greatest first; unknown ones last. */
  desc(): Order {
    return { toSql: (column) => `${column(this.name)} DESC NULLS LAST` };
  }

  protected compared(operator: string, value: Value): Condition {
    return conditionOf((column, bind) => `${column(this.name)} ${operator} ${bind(value)}`);
  }
}

export class NumberField extends Field<number> {
  gt(value: number): Condition {
    return this.compared('>', value);
  }
  gte(value: number): Condition {
    return this.compared('>=', value);
  }
  lt(value: number): Condition {
    return this.compared('<', value);
  }
  lte(value: number): Condition {
    return this.compared('<=', value);
  }
  between(least: number, most: number): Condition {
    return this.gte(least).and(this.lte(most));
  }
  /** Of all rows of a group; what is not known counts for nothing, null: of none it is known. */
  sum(): Aggregate {
    return aggregate('sum', this.name);
  }
  average(): Aggregate {
    return aggregate('avg', this.name);
  }
  least(): Aggregate {
    return aggregate('min', this.name);
  }
  greatest(): Aggregate {
    return aggregate('max', this.name);
  }
}

export class TextField extends Field<string> {
  /** `*` stands for anything, `?` for one character; case counts. */
  like(pattern: string): Condition {
    return conditionOf((column, bind) => matching(column(this.name), pattern, bind));
  }
  startsWith(text: string): Condition {
    return conditionOf((column, bind) => `starts_with(${column(this.name)}, ${bind(text)})`);
  }
  contains(text: string): Condition {
    return conditionOf((column, bind) => `contains(${column(this.name)}, ${bind(text)})`);
  }
}

export class FlagField extends Field<never> {
  is(value = true): Condition {
    return conditionOf((column) => (value ? column(this.name) : `NOT ${column(this.name)}`));
  }
}

/** SQL that is true of texts that match: brackets of DuckDB's globs stand for themselves here. */
export const matching = (text: string, pattern: string, bind: Bind): string =>
  `${text} GLOB ${bind(pattern.replace(/[[\]\\]/g, (sign) => (sign === '\\' ? '\\\\' : `[${sign}]`)))}`;
