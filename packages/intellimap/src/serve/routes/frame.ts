/** All that is known of one moment. */
import { count, number, text } from '../../base/shape.ts';
import { frameAt } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

const MOST = 1000;

export const frame: Route<'frame'> = {
  ask: asked({
    run: optional(text()),
    t: needed(number()),
    thread: optional(count()),
    limit: optional(count()),
  }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) =>
      frameAt(session, { ...ask, ...(ask.limit !== undefined && { limit: Math.min(MOST, ask.limit) }) }),
    ),
};
