/** The text of a file, and what is known of its functions. */
import { text } from '../../base/shape.ts';
import { sourceText } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const source: Route<'source'> = {
  ask: asked({ run: optional(text()), path: needed(text()) }),
  answer: (ask, context) =>
    ofRun(context, ask, async (session) => {
      const { path, text, isRecorded, functions } = await sourceText(session, context.root, ask.path);
      return { path, text, isRecorded, functions };
    }),
};
