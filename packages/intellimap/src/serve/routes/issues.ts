/** Errors over time. */
import { count, text } from '../../base/shape.ts';
import { issues as questionOf } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

const BUCKETS = 60;
const MOST = 2000;

export const issues: Route<'issues'> = {
  ask: asked({ run: optional(text()), buckets: optional(count()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) =>
      questionOf(session, Math.min(MOST, Math.max(1, ask.buckets ?? BUCKETS))),
    ),
};
