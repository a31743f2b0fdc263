/** Bars of the lanes of threads in a stretch of time. */
import { count, list, number, text } from '../../base/shape.ts';
import { timeWindow } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

/** Pixels of the widest screens, three times over. */
const MOST = 30_000;

export const window: Route<'window'> = {
  ask: asked({
    run: optional(text()),
    t0: needed(number()),
    t1: needed(number()),
    px: needed(count()),
    threads: optional(list(count())),
    depths: optional(count()),
  }),
  columns: true,
  answer: async ({ run, ...ask }, context) =>
    await ofRun(context, run === undefined ? {} : { run }, (session) =>
      timeWindow(session, { ...ask, px: Math.min(MOST, Math.max(1, ask.px)) }),
    ),
};
