/** Functions by a part of their name or path. */
import { count, text } from '../../base/shape.ts';
import { foundFunctions } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

const FEW = 50;
const MOST = 1000;

export const functions: Route<'functions'> = {
  ask: asked({ run: optional(text()), text: needed(text()), limit: optional(count()) }),
  answer: async (ask, context) =>
    await ofRun(context, ask, (session) =>
      foundFunctions(session, ask.text, Math.min(ask.limit ?? FEW, MOST)),
    ),
};
