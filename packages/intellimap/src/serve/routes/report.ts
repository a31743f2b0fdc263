/** What one analysis found. */
import { askAnalyses } from '../../analyses/index.ts';
import { text } from '../../base/shape.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const report: Route<'report'> = {
  ask: asked({ run: optional(text()), name: needed(text()) }),
  async answer(ask, context) {
    const answers = await ofRun(
      context,
      ask,
      (session) => askAnalyses(session, context.analyses, { only: [ask.name] }),
      { slow: true, text: true },
    );
    return answers[0];
  },
};
