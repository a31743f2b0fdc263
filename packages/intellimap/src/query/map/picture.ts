/** Question: the map as it is drawn. Where a file stood in the run before, it stands in this one. */
import { layOut, type MapPicture, planIn, planText } from '../../layout/index.ts';
import { keepLayout, readLayout } from '../../store/index.ts';
import type { Session } from '../session.ts';
import { mapFacts } from './index.ts';
import type { Over } from './over.ts';

/**
 * @param other and `over` as `mapFacts`
 * @throws what `mapFacts` throws
 */
export async function mapPicture(session: Session, other?: string, over?: Over): Promise<MapPicture> {
  const facts = await mapFacts(session, other, over);
  const { root } = session.db;
  const kept = readLayout(root);
  const { layout, plan } = layOut(facts, kept === null ? null : planIn(kept));
  const text = planText(plan);
  if (text !== kept) keepLayout(root, text);
  return { facts, layout };
}
