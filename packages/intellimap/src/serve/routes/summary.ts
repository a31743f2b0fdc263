/** What happened in a run. */
import { text } from '../../base/shape.ts';
import { prepareMoments, runSummary } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

/** Rows of each list. */
const ROWS = 50;

export const summary: Route<'summary'> = {
  ask: asked({ run: optional(text()) }),
  answer: async (ask, context) =>
    await ofRun(
      context,
      ask,
      async (session) => {
        // Who opens a run will ask for its moments: of a long one that takes seconds the first time. If it fails, whoever asks is told.
        prepareMoments(session).catch(() => {});
        return await runSummary(session, ROWS);
      },
      { slow: true },
    ),
};
