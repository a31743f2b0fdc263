/** Answers that several questions of a session share: it sees one state of the database, so they stay as they are. */
import type { Session } from './session.ts';

/** @param find asked once a session; a promise that it gave is given again, rejected or not */
export function oncePerSession<T>(find: (session: Session) => T): (session: Session) => T {
  const known = new WeakMap<Session, { answer: T }>();
  return (session) => {
    let found = known.get(session);
    if (found === undefined) known.set(session, (found = { answer: find(session) }));
    return found.answer;
  };
}
