import type { ThingKind } from '../kind.ts';
import { given } from '../draft.ts';
import { HOLE } from '../values/texts.ts';

const OF_CHANNELS = new Set(['message', 'disconnect', 'newListener', 'removeListener']);

export const signals: ThingKind = {
  name: 'signals',
  what: 'What a process does on signals, at its end, and when nobody catches an error: process.on',
  targets: /^process\.(?:on|once|addListener|prependListener)$/,
  found(site, draft) {
    const { file, node } = site;
    const [event, ...rest] = given(site);
    for (const text of draft.texts(file, event)) {
      if (OF_CHANNELS.has(text)) continue;
      const reason = text === HOLE ? 'its name is computed' : null;
      const id = draft.node('signal', text === HOLE ? '(computed)' : text, { file, node, madeWith: 'process', reason }); // prettier-ignore
      draft.edge(draft.around(site), id, 'listens', { file, node });
      draft.handlers(id, 'handles', file, rest, { file, node, reason });
    }
  },
};
