/** The data of a workspace while it is open: what was loaded, how it looked then, and the sessions on it. */
import type { Settings } from '../../base/settings/index.ts';
import { databaseIdentity, openReading, type ReadingSession, refresh, runsState } from '../../store/index.ts';
import { readingLimits, type RunRow, type Session, type SessionOptions } from '../session.ts';
import { sharedReading } from './shared-reading.ts';

export interface Opened {
  db: ReadingSession;
  /** By what was asked for: which one is meant does not change as long as it is open. */
  runs: Map<string, Promise<RunRow>>;
  /** By run and pace. */
  sessions: Map<string, Promise<Session>>;
  /** Aborted when questions that take any time should give up. */
  giveUp: AbortController;
  unreadable: { run: string; error: Error }[];
  /** As the recordings looked before they were loaded. */
  state: string;
  /** Of the database file. */
  identity: number | undefined;
  /** May be loaded again from then on. */
  restsUntil: number;
}

/** A run that is being recorded changes all the time: it is loaded again no sooner than after so many times what loading took, and so many ms. */
const LOAD_SHARE = 4;
const LOAD_MS = 2000;

/** Loads what is new, and opens it. */
export async function openData(root: string, settings: Settings, options: SessionOptions): Promise<Opened> {
  const begun = performance.now();
  const { text: state, live } = runsState(root);
  const { failed } = await refresh(root, options);
  const db = sharedReading(await openReading(root, { ...options, limits: readingLimits(settings) }), '');
  const now = performance.now();
  const rests = live.length === 0 ? 0 : Math.max(LOAD_MS, LOAD_SHARE * (now - begun));
  return {
    db,
    runs: new Map(),
    sessions: new Map(),
    giveUp: new AbortController(),
    unreadable: failed,
    state,
    identity: databaseIdentity(root),
    restsUntil: now + rests,
  };
}

/** Recordings changed, or the database is another file. */
export function isOutdated(root: string, { identity, restsUntil, state }: Opened): boolean {
  if (databaseIdentity(root) !== identity) return true;
  return performance.now() > restsUntil && runsState(root).text !== state;
}

/** What is being asked ends with an error. */
export function interrupt({ giveUp, sessions }: Opened): void {
  giveUp.abort();
  for (const session of sessions.values())
    void session.then(({ db }) => db.connection.interrupt()).catch(() => undefined);
}

export async function closeData({ db, sessions }: Opened): Promise<void> {
  for (const session of sessions.values()) (await session.catch(() => null))?.close();
  db.close();
}

export const failedOf = (unreadable: Opened['unreadable']): Session['failed'] =>
  unreadable.map(({ run, error }) => ({ run, reason: error.message }));
