/** One call, with its values. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { count, integer, text } from '../../base/shape.ts';
import { callValues, findCall } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const call: Route<'call'> = {
  ask: asked({ run: optional(text()), thread: needed(count()), call: needed(integer()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, async (session) => {
      const facts = await findCall(session, ask.thread, ask.call);
      if (facts === undefined)
        throw new Fault(ExitCode.NOT_FOUND, `thread ${ask.thread} of this run has no call ${ask.call}`);
      return { ...facts, ...(await callValues(session, ask.thread, ask.call)) };
    }),
};
