/** Who leads to a function, and where it leads. */
import { count, text } from '../../base/shape.ts';
import { neighbourhood as near } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const neighbourhood: Route<'neighbourhood'> = {
  ask: asked({ run: optional(text()), function: needed(text()), depth: optional(count()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) => near(session, ask.function, ask.depth ?? 1)),
};
