/** Both runs as one tree of calls. */
import { packed } from '../../base/packed.ts';
import { oneOf, text } from '../../base/shape.ts';
import { compareTree as ask } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

export const compareTree: Route<'compareTree'> = {
  ask: asked({
    run: optional(text()),
    against: needed(text()),
    measure: optional(oneOf(['work', 'latency', 'calls'])),
  }),
  columns: true,
  async answer({ run, against, measure }, context) {
    const question = { other: against, ...(measure !== undefined && { measure }) };
    return packed(await ofRun(context, { run }, (session) => ask(session, question), { slow: true }));
  },
};
