/** What a run does otherwise than another one. */
import { text } from '../../base/shape.ts';
import { drift as difference } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const drift: Route<'drift'> = {
  ask: asked({ run: optional(text()), against: optional(text()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) => difference(session, ask.against), { slow: true }),
};
