/** The longest call of a function, or of a file. */
import { text } from '../../base/shape.ts';
import { slowestCall } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const slowest: Route<'slowest'> = {
  ask: asked({ run: optional(text()), function: optional(text()), path: optional(text()) }),
  answer: async (ask, context) => await ofRun(context, ask, (session) => slowestCall(session, ask)),
};
