/** What is known of the lines of a file, in the run or in one call. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { count, integer, text } from '../../base/shape.ts';
import { sourceLines } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const lines: Route<'lines'> = {
  ask: asked({
    run: optional(text()),
    path: needed(text()),
    thread: optional(count()),
    call: optional(integer()),
  }),
  async answer(ask, context) {
    const { path, thread, call } = ask;
    const of = thread === undefined || call === undefined ? {} : { call: { thread, call } };
    const found = await ofRun(context, ask, (session) => sourceLines(session, { path, ...of }));
    if (found !== undefined) return found;
    throw new Fault(ExitCode.NOT_FOUND, `this run knows nothing of the lines of ${path}`);
  },
};
