/**
 * A question, put together step by step, each step a new one. It becomes one SELECT over a view, which `toSql` shows; nothing is asked before `rows`, `first`, `count`,
 * `explain`, or the rows of groups.
 */
import type { Explained } from '../explain.ts';
import { type Aggregate, count } from './aggregates.ts';
import type { Bind, Condition, Order } from './conditions.ts';
import type { Subject } from './fields.ts';
import { Groups } from './groups.ts';
import { binder, type Statement } from './statement.ts';

/** Who answers. */
export interface Answers {
  rows: (statement: Statement) => Promise<object[]>;
  explain: (statement: Statement) => Promise<Explained>;
}

/** SQL that is true of the rows that are meant. */
export type Part = (bind: Bind) => string;

export interface Wishes {
  parts: readonly Part[];
  orders: readonly Order[];
  limit: number | undefined;
}

export const NO_WISHES: Wishes = { parts: [], orders: [], limit: undefined };

export abstract class Question<Fields, Row extends object> {
  protected readonly answers: Answers;
  protected readonly wishes: Wishes;
  protected abstract readonly subject: Subject<Fields>;

  constructor(answers: Answers, wishes: Wishes = NO_WISHES) {
    this.answers = answers;
    this.wishes = wishes;
  }

  /** The same kind of question with other wishes. */
  protected abstract with(wishes: Wishes): this;

  /** That this is true of. Of several all have to be. */
  where(condition: (of: Fields) => Condition): this {
    const asked = condition(this.subject.fields);
    return this.and((bind) => asked.toSql(this.column, bind));
  }

  /** By this; rows that are alike in it by what the next says. */
  orderBy(order: (of: Fields) => Order): this {
    return this.changed({ orders: [...this.wishes.orders, order(this.subject.fields)] });
  }

  /** The first of them. @throws RangeError when that is no whole number */
  limit(most: number): this {
    if (!Number.isSafeInteger(most) || most < 0)
      throw new RangeError(`limit takes a whole number, not ${most}`);
    return this.changed({ limit: most });
  }

  async rows(): Promise<Row[]> {
    return (await this.answers.rows(this.toSql())) as Row[];
  }

  async first(): Promise<Row | undefined> {
    return (await this.limit(1).rows())[0];
  }

  async count(): Promise<number> {
    const { sql, values } = this.toSql();
    const [row] = (await this.answers.rows({ sql: `SELECT count(*) AS count FROM (${sql})`, values })) as {
      count: number;
    }[];
    return row.count;
  }

  /**
   * One row for each value of a field: `groupBy('path', (f, count) => ({ functions: count(), self: f.self.sum() }))`. Those with the greatest of what is asked first come
   * first.
   */
  groupBy<Key extends keyof Row & string, Asked extends Record<string, Aggregate<unknown>>>(
    key: Key,
    asked: (of: Fields, rows: typeof count) => Asked,
  ): Groups<Key, Row[Key], Asked> {
    return new Groups(this.answers, {
      key,
      asked: asked(this.subject.fields, count),
      select: (bind, columns) => this.select(bind, columns),
      column: this.column,
    });
  }

  /** What is asked, for those who want to ask more: "intellimap query" takes it. */
  toSql(): Statement {
    const values: Record<string, string | number> = {};
    const { as, columns } = this.subject;
    const all = Object.entries(columns).map(([name, of]) => `${as}."${of}" AS "${name}"`);
    return { sql: this.select(binder(values), all), values };
  }

  /** Asks, and tells what was done to answer: SQL, tables with what they rest on, steps with their times. */
  async explain(): Promise<Explained> {
    return await this.answers.explain(this.toSql());
  }

  protected select(bind: Bind, columns: readonly string[]): string {
    return this.selectWhere(this.wishes.parts, bind, columns);
  }

  protected selectWhere(parts: readonly Part[], bind: Bind, columns: readonly string[]): string {
    const { view, as, order } = this.subject;
    const { orders, limit } = this.wishes;
    const conditions = parts.map((part) => part(bind));
    const sorted = [...orders.map((each) => each.toSql(this.column)), ...order.map((name) => `${as}."${name}"`)];
    return [
      `SELECT ${columns.join(', ')} FROM ${view} ${as}`,
      ...(conditions.length > 0 ? [`WHERE ${conditions.join('\n  AND ')}`] : []),
      `ORDER BY ${sorted.join(', ')}`,
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ].join('\n');
  } // prettier-ignore

  protected and(part: Part): this {
    return this.changed({ parts: [...this.wishes.parts, part] });
  }

  private readonly column = (name: string): string => `${this.subject.as}."${this.subject.columns[name]}"`;

  private changed(wishes: Partial<Wishes>): this {
    return this.with({ ...this.wishes, ...wishes });
  }
}
