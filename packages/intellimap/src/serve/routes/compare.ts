/** What a change did: two runs side by side. */
import { describeChange, said } from '../../analyses/index.ts';
import { text } from '../../base/shape.ts';
import { compareRuns, type Comparison } from '../../query/index.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const compare: Route<'compare'> = {
  ask: asked({ run: optional(text()), against: optional(text()) }),
  async answer(ask, context) {
    const found = await ofRun(context, ask, (session) => compareRuns(session, ask.against), { slow: true });
    if (found === null) return null;
    const changes = found.changes.map((change) => ({ ...change, says: said(change) }));
    return { ...found, headline: headlineOf(found), changes };
  },
};

function headlineOf({ changes, history }: Comparison): string {
  const [first] = changes;
  if (first !== undefined) return `${describeChange(first)}.`;
  const beyond = history.length === 0 ? '' : ' beyond what differs from run to run anyhow';
  return `Nothing differs${beyond}.`;
}
