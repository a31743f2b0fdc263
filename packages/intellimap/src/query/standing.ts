/**
 * Data that is asked for hours, by many questions at a time: opened when something is asked, closed when nothing is for some seconds or when another process
 * waits for it, loaded again when recordings changed, made anew when it turns out to be damaged.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import {
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
import { type SharedReading, sharedReading } from './shared-reading.ts';
import { chosenRun, readingLimits, type RunRow, type Session, type SessionOptions } from './session.ts';

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
  /** As `ask`, about all runs and whatever one of them is. `failed`: runs that could not be loaded, and why. */
  askAll<T>(question: (db: ReadingSession, failed: Session['failed']) => Promise<T>): Promise<T>;
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
  /** By what was asked for: which one is meant does not change as long as it is open. */
  runs: Map<string, Promise<RunRow>>;
  /** By run and pace. */
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

interface Kept {
  session: Session;
  db: SharedReading;
}

/** What is remembered of a session may be some MB. */
const KEPT = 4;
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
  /** Quick sessions by run, the one that was begun last at the end. */
  const kept = new Map<string, Kept>();
  const timer = setInterval(look, LOOK_MS).unref();

  async function open(text: boolean): Promise<Opened> {
    await sleep(Math.max(0, yieldsUntil - performance.now()));
    const begun = performance.now();
    const { text: state, live } = runsState(root);
    const withText = sources !== undefined && (text || textAt === -Infinity);
    const { failed } = await refresh(root, { ...others, ...(withText && { sources }) });
    if (withText) textAt = performance.now();
    const db = sharedReading(await openReading(root, { ...others, limits: readingLimits(settings) }), '');
    const now = performance.now();
    const rests = live.length === 0 ? 0 : Math.max(LOAD_MS, LOAD_SHARE * (now - begun));
    return {
      db, runs: new Map(),
      sessions: new Map(), giveUp: new AbortController(), unreadable: failed, state, identity: databaseIdentity(root), restsUntil: now + rests,
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

  /** Counts who asks, so that nothing is closed meanwhile. */
  async function withData<T>(text: boolean, ask: (data: Opened) => Promise<T>): Promise<T> {
    if (closing === null && isBehind(text)) void letGo();
    if (closing !== null) {
      await closing;
      return await withData(text, ask);
    }
    if (ended) throw ending();
    asking++;
    try {
      return await ask(await opened(text));
    } finally {
      asking--;
      lastAsked = performance.now();
      if (asking === 0) onIdle?.();
    }
  }

  /** Damage that shows only when it is read: the database is made anew, and asked again. */
  async function mended<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!isBroken(error)) throw error;
      const identity = current?.identity;
      await letGo();
      setAside(root, (error as Error).message, identity, others);
      return await ask();
    }
  }

  async function sessionOf(data: Opened, { run: wanted, slow = false }: Wanted): Promise<Session> {
    const run = await once(data.runs, wanted ?? '', () => chosenRun(data.db, data.unreadable, wanted));
    return await once(data.sessions, `${run.id} ${slow ? 'slow' : 'quick'}`, () => begun(data, run, slow));
  }

  async function begun({ db, unreadable }: Opened, run: RunRow, slow: boolean): Promise<Session> {
    const own = await db.beside(run.id);
    const before = slow ? undefined : kept.get(run.id);
    if (before !== undefined && before.session.run.loaded_state === run.loaded_state) {
      before.db.use(own);
      return before.session;
    }
    const failed = failedOf(unreadable);
    const shared = sharedReading(own, run.id);
    const session = { db: shared, run, settings, failed, close: () => shared.close() };
    if (!slow) keep(run.id, { session, db: shared });
    return session;
  }

  function keep(run: string, made: Kept): void {
    kept.delete(run);
    kept.set(run, made);
    const [oldest] = kept.keys();
    if (kept.size > KEPT) kept.delete(oldest);
  }

  return {
    get asking() {
      return asking;
    },
    ask: async (wanted, question) =>
      await mended(() =>
        withData(wanted.text ?? false, async (data) => {
          const session = await sessionOf(data, wanted);
          if (ended) throw ending();
          return await question(session, data.giveUp.signal);
        }),
      ),
    askAll: async (question) =>
      await mended(() =>
        withData(false, async ({ db, unreadable }) => await question(db, failedOf(unreadable))),
      ),
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

const failedOf = (unreadable: Opened['unreadable']): Session['failed'] =>
  unreadable.map(({ run, error }) => ({ run, reason: error.message }));

const ending = (): Fault => new Fault(ExitCode.INTERRUPTED, 'the server is ending');

/** What fails is tried again. */
function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let answer = known.get(key);
  if (answer === undefined) {
    known.set(key, (answer = make()));
    answer.catch(() => known.delete(key));
  }
  return answer;
}
