/** What happened in a run. */
import { text } from '../../base/shape.ts';
import { runSummary } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

/** Rows of each list. */
const ROWS = 50;

export const summary: Route<'summary'> = {
  ask: asked({ run: optional(text()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) => runSummary(session, ROWS), { slow: true }),
};
