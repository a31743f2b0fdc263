/** Calls below one, or of a task. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { packed } from '../../base/packed.ts';
import { count, integer, text } from '../../base/shape.ts';
import { callTree } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

const MOST = 200_000;

export const tree: Route<'tree'> = {
  ask: asked({
    run: optional(text()),
    thread: needed(count()),
    call: optional(integer()),
    task: optional(count()),
    depth: optional(count()),
    limit: optional(count()),
  }),
  columns: true,
  async answer(ask, context) {
    if ((ask.call === undefined) === (ask.task === undefined))
      throw new Fault(ExitCode.USAGE, 'a tree is of a call or of a task, of one of both');
    const found = await ofRun(context, ask, (session) =>
      callTree(session, { ...ask, ...(ask.limit !== undefined && { limit: Math.min(MOST, ask.limit) }) }),
    );
    if (found !== undefined) return packed(found);
    const what = ask.call === undefined ? `task ${ask.task}` : `call ${ask.call}`;
    throw new Fault(ExitCode.NOT_FOUND, `thread ${ask.thread} of this run has no ${what}`);
  },
};
