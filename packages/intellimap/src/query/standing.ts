/**
 * Data that is asked for hours, by many questions at a time: opened when something is asked, closed when nothing is for some seconds or when another process
 * waits for it, loaded again when recordings changed, made anew when it turns out to be damaged.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import {
  type Cell,
  databaseIdentity,
  isBroken,
  isWanted,
  openReading,
  type ReadingSession,
  refresh,
  runsState,
  setAside,
  storeFile,
} from '../store/index.ts';
import { chosenRun, readingLimits, type Session, type SessionOptions } from './session.ts';

export interface StandingOptions extends Omit<SessionOptions, 'run' | 'load'> {
  /** Closed after so long without a question. */
  idleMs?: number;
}

export interface Standing {
  /**
   * Asks one question, beside others. `run`: as in `openSession`. With `text`, what is known of the workspace's text is at most some minutes old.
   * The signal says that somebody has waited for the database for long, or that it is to be closed: a question that takes any time should give up.
   * @throws Fault: no such run, database in use or unreadable; and what `question` throws
   */
  ask<T>(wanted: Wanted, question: (session: Session, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Questions that are being answered. */
  readonly asking: number;
  /** Stops what is being asked, and closes it; nothing can be asked after. */
  close(): Promise<void>;
}

export interface Wanted {
  run?: string | undefined;
  /** It takes long: it keeps none waiting that is quick. */
  slow?: boolean;
  text?: boolean;
}

interface Opened {
  db: ReadingSession;
  /** By run and pace: what questions remember of a session serves the next ones. One connection answers one statement at a time. */
  sessions: Map<string, Promise<Session>>;
  giveUp: AbortController;
  unreadable: { run: string; error: Error }[];
  /** As the recordings looked before they were loaded. */
  state: string;
  /** Of the database file. */
  identity: number | undefined;
  /** May be loaded again from then on. */
  restsUntil: number;
}

const IDLE_MS = 15_000;
/** How often it is looked whether recordings changed, or somebody waits. */
const LOOK_MS = 200;
const TEXT_MS = 5 * 60_000;
/** A run that is being recorded changes all the time: it is loaded again no sooner than after so many times what loading took, and so many ms. */
const LOAD_SHARE = 4;
const LOAD_MS = 2000;
/** Who waits for the database gives up after 15 s. */
const PATIENCE_MS = 5000;
/** Who waits for the database tries again this often, and a bit. */
const YIELD_MS = 250;

export function standing(root: string, options: StandingOptions = {}): Standing {
  const { idleMs = IDLE_MS, sources, ...others } = options;
  const settings = options.settings ?? DEFAULTS;
  let opening: Promise<Opened> | null = null;
  let current: Opened | null = null;
  let closing: Promise<void> | null = null;
  let onIdle: (() => void) | null = null;
  let asking = 0;
  let lastAsked = 0;
  let lookedAt = -Infinity;
  let textAt = -Infinity;
  let yieldsUntil = 0;
  let ended = false;
  const timer = setInterval(look, LOOK_MS).unref();

  async function open(text: boolean): Promise<Opened> {
    await sleep(Math.max(0, yieldsUntil - performance.now()));
    const begun = performance.now();
    const { text: state, live } = runsState(root);
    const withText = sources !== undefined && (text || textAt === -Infinity);
    const { failed } = await refresh(root, { ...others, ...(withText && { sources }) });
    if (withText) textAt = performance.now();
    const db = await openReading(root, { ...others, limits: readingLimits(settings) });
    const now = performance.now();
    const rests = live.length === 0 ? 0 : Math.max(LOAD_MS, LOAD_SHARE * (now - begun));
    return {
      db, sessions: new Map(), giveUp: new AbortController(), unreadable: failed, state, identity: databaseIdentity(root), restsUntil: now + rests,
    }; // prettier-ignore
  }

  async function opened(text: boolean): Promise<Opened> {
    opening ??= open(text);
    try {
      current = await opening;
      return current;
    } catch (error) {
      opening = null;
      throw error;
    }
  }

  /** Recordings changed, the database is another file, or the text was looked at too long ago. */
  function isBehind(text: boolean): boolean {
    if (current === null) return false;
    const now = performance.now();
    if (text && sources !== undefined && now - textAt > TEXT_MS) return true;
    if (now - lookedAt < LOOK_MS) return false;
    lookedAt = now;
    if (databaseIdentity(root) !== current.identity) return true;
    return now > current.restsUntil && runsState(root).text !== current.state;
  }

  /** Closes it as soon as what is being asked is answered; what is asked from now on waits until then. */
  async function letGo(): Promise<void> {
    if (opening === null) return;
    closing ??= (async () => {
      const patience = setTimeout(() => current?.giveUp.abort(), PATIENCE_MS);
      if (asking > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      clearTimeout(patience);
      onIdle = null;
      for (const session of current?.sessions.values() ?? []) (await session.catch(() => null))?.close();
      current?.db.close();
      opening = current = closing = null;
    })();
    await closing;
  }

  function look(): void {
    if (current === null || closing !== null) return;
    const others = isWanted(storeFile(root));
    if (others) yieldsUntil = performance.now() + YIELD_MS;
    if (others || (asking === 0 && performance.now() - lastAsked > idleMs)) void letGo();
  }

  async function askOnce<T>(
    wanted: Wanted,
    question: (session: Session, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const text = wanted.text ?? false;
    if (closing === null && isBehind(text)) void letGo();
    if (closing !== null) {
      await closing;
      return await askOnce(wanted, question);
    }
    if (ended) throw ending();
    asking++;
    try {
      const data = await opened(text);
      const session = await sessionOf(data, wanted);
      if (ended) throw ending();
      return await question(session, data.giveUp.signal);
    } finally {
      asking--;
      lastAsked = performance.now();
      if (asking === 0) onIdle?.();
    }
  }

  async function sessionOf(
    { db, unreadable, sessions }: Opened,
    { run: wanted, slow }: Wanted,
  ): Promise<Session> {
    // What is asked for is part of the key: which run that is does not change as long as it is open.
    const key = `${wanted ?? ''} ${slow ? 'slow' : 'quick'}`;
    const known = sessions.get(key) ?? beside();
    sessions.set(key, known);
    known.catch(() => sessions.delete(key));
    return await known;

    async function beside(): Promise<Session> {
      const run = await chosenRun(db, unreadable, wanted);
      const own = await db.beside(run.id);
      const failed = unreadable.map((each) => ({ run: each.run, reason: each.error.message }));
      return { db: shared(own, run.id), run, settings, failed, close: () => own.close() };
    }
  }

  return {
    get asking() {
      return asking;
    },
    async ask(wanted, question) {
      try {
        return await askOnce(wanted, question);
      } catch (error) {
        if (!isBroken(error)) throw error;
        const identity = current?.identity;
        await letGo();
        setAside(root, (error as Error).message, identity, others);
        return await askOnce(wanted, question);
      }
    },
    async close() {
      ended = true;
      clearInterval(timer);
      current?.giveUp.abort();
      for (const session of current?.sessions.values() ?? [])
        void session.then(({ db }) => db.connection.interrupt()).catch(() => undefined);
      await letGo();
    },
  };
}

const ending = (): Fault => new Fault(ExitCode.INTERRUPTED, 'the server is ending');

/** A session that questions ask at the same time: a connection answers one statement after the other, and what is told in parts needs one of its own. */
function shared(db: ReadingSession, run: string): ReadingSession {
  let last: Promise<unknown> = Promise.resolve();
  const alone = async <T>(ask: (own: ReadingSession) => Promise<T>): Promise<T> => {
    const own = await db.beside(run);
    try {
      return await ask(own);
    } finally {
      own.close();
    }
  };
  return {
    ...db,
    all: async <R extends object>(sql: string, values?: Record<string, Cell>): Promise<R[]> => {
      const answer = last.then(() => db.all<R>(sql, values));
      last = answer.catch(() => undefined);
      return await answer;
    },
    select: async (sql, limits) => await alone((own) => own.select(sql, limits)),
    tell: async (sql, limits, listener) => await alone((own) => own.tell(sql, limits, listener)),
  };
}
