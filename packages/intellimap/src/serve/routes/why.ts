/** From an error, a call or a write back to its cause. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { count, integer, number, text } from '../../base/shape.ts';
import { why as chain, type WhyQuestion } from '../../query/index.ts';
import type { Questions } from '../contract.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const why: Route<'why'> = {
  ask: asked({
    run: optional(text()),
    error: optional(text()),
    thread: optional(count()),
    call: optional(integer()),
    nth: optional(count()),
    name: optional(text()),
    t: optional(number()),
  }),
  async answer(ask, context) {
    const question = questionOf(ask);
    const found = await ofRun(context, ask, (session) => chain(session, question));
    if (found !== undefined) return found;
    throw new Fault(ExitCode.NOT_FOUND, 'this run has no such error, call or write');
  },
};

/** The most special of what is given: a write before the call that made it, a call before the moment. */
function questionOf({ error, thread, call, nth, name, t }: Questions['why']['ask']): WhyQuestion {
  if (error !== undefined) return { error };
  if (thread !== undefined && nth !== undefined) return { thread, write: nth };
  if (thread !== undefined && call !== undefined) return { thread, call, name, t };
  if (thread !== undefined && t !== undefined) return { thread, t };
  throw new Fault(
    ExitCode.USAGE,
    'it is not said what is asked about',
    'Give error, or thread with call, nth (of a write) or t.',
  );
}
