/** What happens next, or happened before. */
import { count, integer, number, oneOf, text } from '../../base/shape.ts';
import { stepFrom } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const step: Route<'step'> = {
  ask: asked({
    run: optional(text()),
    t: needed(number()),
    direction: needed(oneOf(['next', 'previous'])),
    what: needed(oneOf(['event', 'call', 'error', 'state', 'sibling', 'parent', 'child', 'same-function'])),
    thread: optional(count()),
    task: optional(count()),
    function: optional(text()),
    call: optional(integer()),
  }),
  async answer({ direction, ...ask }, context) {
    const found = await ofRun(context, ask, (session) =>
      stepFrom(session, { ...ask, direction: direction === 'next' ? 1 : -1 }),
    );
    return found ?? null;
  },
};
