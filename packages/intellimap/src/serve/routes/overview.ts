/** The whole run at a glance. */
import { count, text } from '../../base/shape.ts';
import { overview as glance, prepareWindows } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

/** Pixels of the widest screens. */
const MOST = 10_000;

export const overview: Route<'overview'> = {
  ask: asked({ run: optional(text()), px: needed(count()) }),
  columns: true,
  answer: async (ask, context) =>
    await ofRun(context, ask, async (session) => {
      const answer = await glance(session, { px: Math.min(MOST, Math.max(1, ask.px)) });
      // Who sees the whole will look closer. If it fails, whoever asks is told.
      prepareWindows(session).catch(() => {});
      return answer;
    }),
};
