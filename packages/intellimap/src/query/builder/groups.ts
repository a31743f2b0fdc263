/** Rows of a question put together by one of its fields: one row for each value of it. */
import type { Aggregate } from './aggregates.ts';
import type { Bind } from './conditions.ts';
import type { Answers } from './question.ts';
import { binder, type Statement } from './statement.ts';

type Asked = Readonly<Record<string, Aggregate<unknown>>>;

/** What a group has: the field, and what was asked of its rows. */
export type GroupRow<Key extends string, Value, Of extends Asked> = Record<Key, Value> & {
  [Name in keyof Of]: Of[Name] extends Aggregate<infer Comes> ? Comes : never;
};

export interface GroupsOf<Of extends Asked> {
  key: string;
  asked: Of;
  /** Columns of the question's rows → SELECT. */
  select: (bind: Bind, columns: readonly string[]) => string;
  /** A field's name → the SQL that reads it. */
  column: (name: string) => string;
}

export class Groups<Key extends string, Value, Of extends Asked> {
  readonly #answers: Answers;
  readonly #of: GroupsOf<Of>;
  readonly #limit: number | undefined;

  constructor(answers: Answers, of: GroupsOf<Of>, limit?: number) {
    this.#answers = answers;
    this.#of = of;
    this.#limit = limit;
  }

  /** The first of them. @throws RangeError when that is no whole number */
  limit(most: number): Groups<Key, Value, Of> {
    if (!Number.isSafeInteger(most) || most < 0)
      throw new RangeError(`limit takes a whole number, not ${most}`);
    return new Groups(this.#answers, this.#of, most);
  }

  async rows(): Promise<GroupRow<Key, Value, Of>[]> {
    return (await this.#answers.rows(this.toSql())) as GroupRow<Key, Value, Of>[];
  }

  toSql(): Statement {
    const { key, asked, select, column } = this.#of;
    const values: Record<string, string | number> = {};
    const sums = Object.entries(asked).map(([name, each]) => `${each.toSql((field) => `g.${quoted(field)}`)} AS ${quoted(name)}`); // prettier-ignore
    const used = new Set([key, ...Object.values(asked).flatMap(({ fields }) => fields)]);
    const inner = select(
      binder(values),
      [...used].map((field) => `${column(field)} AS ${quoted(field)}`),
    );
    const sql = [
      `SELECT ${[`g.${quoted(key)} AS ${quoted(key)}`, ...sums].join(', ')} FROM (${inner}) g`,
      `GROUP BY g.${quoted(key)}`,
      `ORDER BY ${[...(sums.length > 0 ? ['2 DESC NULLS LAST'] : []), '1'].join(', ')}`,
      ...(this.#limit === undefined ? [] : [`LIMIT ${this.#limit}`]),
    ].join('\n');
    return { sql, values };
  }
}

/** Names of columns are the program's: it may have any in them. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
