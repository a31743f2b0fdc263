/** Calls within a file, and those that cross its border. */
import { text } from '../../base/shape.ts';
import { insideModule } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const inside: Route<'inside'> = {
  ask: asked({ run: optional(text()), path: needed(text()) }),
  answer: async (ask, context) => await ofRun(context, ask, (session) => insideModule(session, ask.path)),
};
