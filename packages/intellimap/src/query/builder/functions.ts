/** Questions about functions: `functions().in('src/*').calling('db.query').inLoop().where((f) => f.p95.gt(20))`. */
import { alsoTrue, callsFrom, type CallOptions, callsTo, type CallWish, isNamed, pairsSql, type Wanted } from './calls-sql.ts'; // prettier-ignore
import type { Bind } from './conditions.ts';
import { FUNCTIONS, type FunctionFields, type FunctionRow } from './fields.ts';
import { type Answers, NO_WISHES, Question, type Wishes } from './question.ts';

/** Steps that `reaching` goes at most, unless somebody says so. */
const MOST_STEPS = 20;

export interface WalkOptions extends CallOptions {
  /** Calls from one function to the next, at most. */
  most?: number;
}

/** Calls that functions have to make, or be called by. */
interface Around {
  side: 'src' | 'dst';
  /** undefined: whatever it is. */
  other: Wanted | undefined;
  wish: CallWish;
}

interface FunctionWishes extends Wishes {
  around?: readonly Around[];
}

export class Functions extends Question<FunctionFields, FunctionRow> {
  protected readonly subject = FUNCTIONS;
  readonly #around: readonly Around[];

  constructor(answers: Answers, wishes: FunctionWishes = NO_WISHES) {
    const around = wishes.around ?? [];
    super(answers, { ...wishes, parts: wishes.parts });
    this.#around = around;
  }

  /** Called so: `total`, `Cart.total`, `Cart.*`, or an id. */
  named(pattern: string): this {
    return this.and((bind) => isNamed('f.ast_node_id', 'f.name', pattern, bind));
  }

  /** In files like this: `src/*`, where `*` stands for folders, too. */
  in(pattern: string): this {
    return this.where((f) => f.path.like(pattern));
  }

  /** In files like this; `in` by another name. */
  inFile(pattern: string): this {
    return this.in(pattern);
  }

  /** That their file exports by themselves. */
  exported(): this {
    return this.where((f) => f.isExported.is());
  }

  /** That the run called. */
  ran(): this {
    return this.where((f) => f.calls.gt(0));
  }

  /** That the run did not call, though it would have told of a call. */
  neverRan(): this {
    return this.where((f) => f.calls.eq(0).and(f.isSeen.is()));
  }

  /** That failed in the run, at least once. */
  throwing(): this {
    return this.where((f) => f.threw.gt(0));
  }

  /**
   * That call such a function, as the run saw it or as the text has it.
   * @param callee functions, a name as in `named`, what is written (`db.query`), or a module (`node:fs`, `express`)
   */
  calling(callee: string | Functions, options: CallOptions = {}): this {
    return this.#next({ side: 'src', other: callee, wish: options });
  }

  /** That such a function calls. */
  calledBy(caller: string | Functions, options: CallOptions = {}): this {
    return this.#next({ side: 'dst', other: caller, wish: options });
  }

  /** The calls that were named last are part of a loop, or of a callback that a list calls for each element; without any: some call is. */
  inLoop(): this {
    return this.#amended({ inLoop: true });
  }

  /** What the calls that were named last give back is awaited there; without any: that of some call is. */
  awaiting(callee?: string | Functions, options: CallOptions = {}): this {
    if (callee === undefined) return this.#amended({ isAwaited: true });
    return this.#next({ side: 'src', other: callee, wish: { ...options, isAwaited: true } });
  }

  /** From which calls lead to such a function, over others. @param callee as in `calling` */
  reaching(callee: string | Functions, options: number | WalkOptions = {}): this {
    return this.and((bind) => `f.ast_node_id IN ${walk({ side: 'src', other: callee, wish: walkOf(options) }, bind)}`);
  } // prettier-ignore

  /** To which calls lead from such a function, over others. */
  reachedFrom(caller: string | Functions, options: number | WalkOptions = {}): this {
    return this.and((bind) => `f.ast_node_id IN ${walk({ side: 'dst', other: caller, wish: walkOf(options) }, bind)}`);
  } // prettier-ignore

  /** Those that call one of these. */
  callers(options: CallOptions = {}): Functions {
    return new Functions(this.answers).calling(this, options);
  }

  /** Those that one of these calls. */
  callees(options: CallOptions = {}): Functions {
    return new Functions(this.answers).calledBy(this, options);
  }

  /** These, and those of another question. */
  or(other: Functions): Functions {
    return new Functions(this.answers).and(
      (bind) => `(f.ast_node_id IN (${this.idsSql(bind)}) OR f.ast_node_id IN (${other.idsSql(bind)}))`,
    );
  }

  /** Those of these that are among those of another question. */
  alsoIn(other: Functions): this {
    return this.and((bind) => `f.ast_node_id IN (${other.idsSql(bind)})`);
  }

  /** Those of these that are not among those of another question. */
  except(other: Functions): this {
    return this.and((bind) => `f.ast_node_id NOT IN (${other.idsSql(bind)})`);
  }

  /** For others that ask about these: their ids. */
  idsSql(bind: Bind): string {
    return this.select(bind, ['f.ast_node_id']);
  }

  protected with(wishes: Wishes): this {
    return new Functions(this.answers, { ...wishes, around: this.#around }) as this;
  }

  protected override select(bind: Bind, columns: readonly string[]): string {
    const parts = this.#around.map((each) => () => `f.ast_node_id IN (${sidesOf(each, bind)})`);
    return this.selectWhere([...this.wishes.parts, ...parts], bind, columns);
  }

  #next(around: Around): this {
    return new Functions(this.answers, { ...this.wishes, around: [...this.#around, around] }) as this;
  }

  #amended(wish: CallWish): this {
    const last = this.#around.at(-1) ?? { side: 'src', other: undefined, wish: {} };
    const others = this.#around.slice(0, -1);
    const around = [...others, { ...last, wish: { ...last.wish, ...wish } }];
    return new Functions(this.answers, { ...this.wishes, around }) as this;
  }
}

const walkOf = (options: number | WalkOptions): WalkOptions =>
  typeof options === 'number' ? { most: options } : options;

/** What lies outside is no part of a run: it counts as called where the function ran that calls it. */
const OUTSIDE_RAN = `(k.count > 0 OR k.dst IS NULL AND k.src IN (SELECT n.ast_node_id FROM nodes_runtime n WHERE n.hits > 0))`;

/** Where a walk begins. */
function firstOf({ side, other, wish }: Around, bind: Bind): string {
  const { evidence, ...rest } = wish;
  if (evidence !== 'ran') return sidesOf({ side, other, wish }, bind);
  return `${sidesOf({ side, other, wish: rest }, bind)} AND ${OUTSIDE_RAN}`;
}

/** Functions on one side of such calls. */
function sidesOf({ side, other, wish }: Around, bind: Bind): string {
  const condition = other === undefined ? 'true' : (side === 'src' ? callsTo : callsFrom)(other, wish, bind);
  const calls = `SELECT k.${side} FROM known_calls k WHERE ${condition}${alsoTrue(wish)}`;
  const isAnyAwait = other === undefined && wish.isAwaited === true && wish.inLoop !== true;
  // What is awaited may be no call.
  return isAnyAwait
    ? `${calls} UNION ALL SELECT m.ast_node_id FROM function_metrics m WHERE m.awaits > 0`
    : calls;
}

/** Functions that a walk over calls finds. None is looked at twice, however many ways lead to it. */
function walk({ side, other, wish }: Around & { wish: WalkOptions }, bind: Bind): string {
  const [from, to] = side === 'src' ? ['dst', 'src'] : ['src', 'dst'];
  return `(WITH RECURSIVE pairs AS MATERIALIZED (${pairsSql(wish)}),
    way(id, steps) USING KEY (id) AS (
      SELECT s.${side}, 1 FROM (${firstOf({ side, other, wish }, bind)}) s WHERE s.${side} IS NOT NULL GROUP BY ALL
      UNION
      SELECT p.${to}, min(w.steps) + 1 FROM way w JOIN pairs p ON p.${from} = w.id
      WHERE w.steps < ${bind(wish.most ?? MOST_STEPS)} AND NOT EXISTS (SELECT 1 FROM recurring.way r WHERE r.id = p.${to}) GROUP BY p.${to})
  SELECT id FROM way)`;
}
