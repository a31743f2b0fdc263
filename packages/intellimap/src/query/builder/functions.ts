/**
 * Questions about functions, put together step by step, each step a new question: `functions().in('src/*').calling('save').where((f) => f.p95.gt(20))`. They become one SELECT
 * over the view `function_facts` and over the edges between functions, which `toSql` shows.
 */
import { type Bind, type Condition, matching, type Order } from './conditions.ts';
import { COLUMNS, FIELDS, type FunctionFields, type FunctionRow } from './fields.ts';

/** SQL, and what its parameters stand for. */
export interface Statement {
  sql: string;
  values: Record<string, string | number>;
}

export type Ask = (statement: Statement) => Promise<object[]>;

/** Given `f`, a function: SQL that is true of those that are meant. */
type Part = (bind: Bind) => string;

interface Wishes {
  parts: readonly Part[];
  orders: readonly Order[];
  limit: number | undefined;
}

/** Steps that `reaches` goes at most, unless somebody says so. */
const MOST_STEPS = 20;

const column = (name: string): string => `f.${COLUMNS[name]}`;

export class Functions {
  readonly #ask: Ask;
  readonly #wishes: Wishes;

  constructor(ask: Ask, wishes: Wishes = { parts: [], orders: [], limit: undefined }) {
    this.#ask = ask;
    this.#wishes = wishes;
  }

  /** That this is true of. Of several all have to be. */
  where(condition: (f: FunctionFields) => Condition): Functions {
    const asked = condition(FIELDS);
    return this.#with((bind) => asked.toSql(column, bind));
  }

  /** Called so: `total`, `Cart.total`, `Cart.*`, or an id. */
  named(pattern: string): Functions {
    return this.#with((bind) => isNamed('f', pattern, bind));
  }

  /** In files like this: `src/*`, where `*` stands for folders, too. */
  in(pattern: string): Functions {
    return this.where((f) => f.path.like(pattern));
  }

  /** That called such a function in the run. @param callee a name as above, or functions */
  calling(callee: string | Functions): Functions {
    return this.#with(
      (bind) => `f.ast_node_id IN (SELECT e.src FROM edges_runtime e WHERE e.dst IN ${idsOf(callee, bind)})`,
    );
  }

  /** That such a function called in the run. */
  calledBy(caller: string | Functions): Functions {
    return this.#with(
      (bind) => `f.ast_node_id IN (SELECT e.dst FROM edges_runtime e WHERE e.src IN ${idsOf(caller, bind)})`,
    );
  }

  /** From which calls led to such a function, over others. @param most steps */
  reaching(callee: string | Functions, most: number = MOST_STEPS): Functions {
    return this.#with((bind) => `f.ast_node_id IN ${walk(callee, 'dst', 'src', most, bind)}`);
  }

  /** To which calls led from such a function, over others. @param most steps */
  reachedFrom(caller: string | Functions, most: number = MOST_STEPS): Functions {
    return this.#with((bind) => `f.ast_node_id IN ${walk(caller, 'src', 'dst', most, bind)}`);
  }

  /** Those that called one of these. */
  callers(): Functions {
    return new Functions(this.#ask).calling(this);
  }

  /** Those that one of these called. */
  callees(): Functions {
    return new Functions(this.#ask).calledBy(this);
  }

  /** By this; functions that are alike in it by what the next says, and in the end by id. */
  orderBy(order: (f: FunctionFields) => Order): Functions {
    return this.#changed({ orders: [...this.#wishes.orders, order(FIELDS)] });
  }

  /** The first of them. @throws RangeError when that is no whole number */
  limit(count: number): Functions {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`limit takes a whole number, not ${count}`);
    return this.#changed({ limit: count });
  }

  async rows(): Promise<FunctionRow[]> {
    return (await this.#ask(this.toSql())) as FunctionRow[];
  }

  async first(): Promise<FunctionRow | undefined> {
    return (await this.limit(1).rows())[0];
  }

  async count(): Promise<number> {
    const { sql, values } = this.toSql();
    const [row] = (await this.#ask({ sql: `SELECT count(*) AS count FROM (${sql})`, values })) as {
      count: number;
    }[];
    return row.count;
  }

  /** What is asked, for those who want to ask more: "intellimap query" takes it. */
  toSql(): Statement {
    const values: Record<string, string | number> = {};
    const sql = this.#select(
      binder(values),
      Object.entries(COLUMNS).map(([name, of]) => `f.${of} AS "${name}"`),
    );
    return { sql, values };
  }

  /** For others that ask about these: their ids. */
  idsSql(bind: Bind): string {
    return this.#select(bind, ['f.ast_node_id']);
  }

  #select(bind: Bind, columns: readonly string[]): string {
    const { parts, orders, limit } = this.#wishes;
    const conditions = parts.map((part) => part(bind));
    const order = [...orders.map((each) => each.toSql(column)), 'f.ast_node_id'];
    return [
      `SELECT ${columns.join(', ')} FROM function_facts f`,
      ...(conditions.length > 0 ? [`WHERE ${conditions.join('\n  AND ')}`] : []),
      `ORDER BY ${order.join(', ')}`,
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ].join('\n');
  }

  #with(part: Part): Functions {
    return this.#changed({ parts: [...this.#wishes.parts, part] });
  }

  #changed(wishes: Partial<Wishes>): Functions {
    return new Functions(this.#ask, { ...this.#wishes, ...wishes });
  }
}

const binder =
  (values: Record<string, string | number>): Bind =>
  (value) => {
    const name = `p${Object.keys(values).length + 1}`;
    values[name] = value;
    return `$${name}`;
  };

/** The whole name or its last part; what has a `#` in it is an id. */
const isNamed = (of: string, pattern: string, bind: Bind): string =>
  pattern.includes('#')
    ? matching(`${of}.ast_node_id`, pattern, bind)
    : `(${matching(`${of}.name`, pattern, bind)} OR ${matching(`${of}.name`, `*.${pattern}`, bind)})`;

/** Names are those of all functions of the run: libraries, too, where they were recorded. */
const idsOf = (functions: string | Functions, bind: Bind): string =>
  typeof functions === 'string'
    ? `(SELECT g.ast_node_id FROM functions g WHERE ${isNamed('g', functions, bind)})`
    : `(${functions.idsSql(bind)})`;

function walk(
  start: string | Functions,
  from: 'src' | 'dst',
  to: 'src' | 'dst',
  most: number,
  bind: Bind,
): string {
  return `(WITH RECURSIVE way(id, steps) AS (
    SELECT e.${to}, 1 FROM edges_runtime e WHERE e.${from} IN ${idsOf(start, bind)}
    UNION
    SELECT e.${to}, w.steps + 1 FROM way w JOIN edges_runtime e ON e.${from} = w.id WHERE w.steps < ${bind(most)})
  SELECT id FROM way)`;
}
