/** What is known of one function. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { text } from '../../base/shape.ts';
import { showFunction } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const func: Route<'function'> = {
  ask: asked({ run: optional(text()), function: needed(text()) }),
  async answer(ask, context) {
    const { matches } = await ofRun(context, ask, (session) => showFunction(session, ask.function, 1));
    if (matches[0]?.id === ask.function) return matches[0];
    throw new Fault(
      ExitCode.NOT_FOUND,
      `this run has no function "${ask.function}"`,
      'It may be one of another run; /api/functions finds those of this one.',
    );
  },
};
