/** All that the map draws. */
import { packed } from '../../base/packed.ts';
import { oneOf, text } from '../../base/shape.ts';
import { mapPicture } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const map: Route<'map'> = {
  ask: asked({ run: optional(text()), against: optional(text()), over: optional(oneOf(['command', 'all'])) }),
  columns: true,
  async answer(ask, context) {
    const { facts, layout } = await ofRun(
      context,
      ask,
      (session) => mapPicture(session, ask.against, ask.over),
      {
        slow: true,
        text: true,
      },
    );
    return packed({ facts, layout });
  },
};
