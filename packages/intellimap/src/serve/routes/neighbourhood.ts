/** Who calls a function, and whom it calls, some calls far. */
import { count, text } from '../../base/shape.ts';
import { neighbourhood as near } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

const DEPTH = 1;

export const neighbourhood: Route<'neighbourhood'> = {
  ask: asked({ run: optional(text()), function: needed(text()), depth: optional(count()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) => near(session, ask.function, ask.depth ?? DEPTH)),
};
