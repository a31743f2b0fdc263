/** Answers about a run that several questions of a session share: it sees one state of the database, so they stay as they are. */
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

/** @param find asked once a session and run (its whole id); again where it failed, as who asks again may have better luck */
export function oncePerRun<T>(
  find: (session: Session, run: string) => Promise<T>,
): (session: Session, run: string) => Promise<T> {
  const runsOf = oncePerSession(() => new Map<string, Promise<T>>());
  return (session, run) => {
    const runs = runsOf(session);
    let known = runs.get(run);
    if (known === undefined) {
      known = find(session, run);
      known.catch(() => runs.delete(run));
      runs.set(run, known);
    }
    return known;
  };
}
