/** Questions about calls, place by place: `calls().to('db.query').inLoop().where((c) => c.evidence.eq('text only'))`. */
import { callsFrom, callsTo, type Wanted } from './calls-sql.ts';
import { CALLS, type CallFields, type KnownCall } from './fields.ts';
import type { Functions } from './functions.ts';
import { Question, type Wishes } from './question.ts';

/** What only may be called is among them: `confidence` says so, or `sure()` leaves it out. */
const ANY = { maybe: true };

export class Calls extends Question<CallFields, KnownCall> {
  protected readonly subject = CALLS;

  /** Made by such a function. */
  from(caller: string | Functions): this {
    return this.#of(callsFrom, caller);
  }

  /** Of such a function, of what is written so (`db.query`), or of a module (`node:fs`). */
  to(callee: string | Functions): this {
    return this.#of(callsTo, callee);
  }

  /** In files like this. */
  in(pattern: string): this {
    return this.where((c) => c.path.like(pattern));
  }

  inLoop(): this {
    return this.where((c) => c.loop.isKnown());
  }

  awaited(): this {
    return this.where((c) => c.isAwaited.is());
  }

  /** That the run saw. */
  ran(): this {
    return this.where((c) => c.evidence.eq('ran'));
  }

  /** That the text has, and the run saw nothing of. */
  textOnly(): this {
    return this.where((c) => c.evidence.eq('text only'));
  }

  /** Without those of which the text only says that they may be, unless the run saw them. */
  sure(): this {
    return this.and(() => "(k.confidence IS DISTINCT FROM 'maybe' OR k.count > 0)");
  }

  protected with(wishes: Wishes): this {
    return new Calls(this.answers, wishes) as this;
  }

  #of(side: typeof callsTo, wanted: Wanted): this {
    return this.and((bind) => side(wanted, ANY, bind));
  }
}
