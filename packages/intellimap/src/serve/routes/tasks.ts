/** Lanes of tasks. */
import { count, number, text } from '../../base/shape.ts';
import { taskLanes } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

const FEW = 30;
const MOST = 500;

export const tasks: Route<'tasks'> = {
  ask: asked({
    run: optional(text()),
    t0: needed(number()),
    t1: needed(number()),
    limit: optional(count()),
    thread: optional(count()),
    task: optional(count()),
  }),
  columns: true,
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) =>
      taskLanes(session, { ...ask, limit: Math.min(MOST, ask.limit ?? FEW) }),
    ),
};
