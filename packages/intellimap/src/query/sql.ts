/** Question: whatever a SELECT can ask. Plain table and view names mean the chosen run, `all_runs.<name>` every run. */
import type { Answer, AnswerListener, SelectLimits } from '../store/index.ts';
import type { Session } from './session.ts';

export type AskLimits = Partial<SelectLimits>;

const limitsOf = ({ settings: { query } }: Session, given: AskLimits): SelectLimits => ({
  limit: query.limit,
  timeoutMs: query.timeout * 1000,
  ...given,
});

/** @throws Fault: USAGE when it is not one single reading statement, is wrong, or takes too long; INTERRUPTED when `signal` stopped it. */
export const sql = async (session: Session, text: string, limits: AskLimits = {}): Promise<Answer> =>
  await session.db.select(text, limitsOf(session, limits));

/** As `sql`; rows are told as they come. @returns whether there are more */
export const tellSql = async (
  session: Session,
  text: string,
  limits: AskLimits,
  listener: AnswerListener,
): Promise<boolean> => await session.db.tell(text, limitsOf(session, limits), listener);
