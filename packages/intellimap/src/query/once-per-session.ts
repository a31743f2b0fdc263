/** Answers that several questions of a session share: it sees one state of the database, so they stay as they are. */
import { once } from '../base/once.ts';
import type { Session } from './session.ts';

/** @param find asked once a session, and, where it takes the id of a run (the whole of it), once for each; again where it failed */
export function oncePerSession<T, Of extends [run?: string]>(
  find: (session: Session, ...of: Of) => T,
): (session: Session, ...of: Of) => T {
  const sessions = new WeakMap<Session, Map<string | undefined, T>>();
  return (session, ...of) => {
    const known = once(sessions, session, () => new Map<string | undefined, T>());
    return once(known, of[0], () => find(session, ...of));
  };
}
