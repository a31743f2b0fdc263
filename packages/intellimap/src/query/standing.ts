/**
 * Data that is asked for hours, by many questions at a time: opened when something is asked, closed when nothing is for some seconds or when another process
 * waits for it, loaded again when recordings changed, made anew when it turns out to be damaged.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import { isBroken, isWanted, type ReadingSession, setAside, storeFile } from '../store/index.ts';
import type { Session, SessionOptions } from './session.ts';
import { closeData, failedOf, interrupt, isOutdated, openData, type Opened } from './standing/opened.ts';
import { createSessions } from './standing/sessions.ts';

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

const IDLE_MS = 15_000;
/** How often it is looked whether recordings changed, or somebody waits. */
const LOOK_MS = 200;
const TEXT_MS = 5 * 60_000;
/** Who waits for the database gives up after 15 s. */
const PATIENCE_MS = 5000;
const STOP_MS = 50;
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
  const sessionOf = createSessions(settings);
  const timer = setInterval(look, LOOK_MS).unref();

  async function open(text: boolean): Promise<Opened> {
    await sleep(Math.max(0, yieldsUntil - performance.now()));
    const withText = sources !== undefined && (text || textAt === -Infinity);
    const data = await openData(root, settings, { ...others, ...(withText && { sources }) });
    if (withText) textAt = performance.now();
    return data;
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
    return isOutdated(root, current);
  }

  /** Closes it as soon as what is being asked is answered; what is asked from now on waits until then. */
  async function letGo(): Promise<void> {
    if (opening === null) return;
    // Forgotten only after it is known: who waits for an ending that never goes away waits in a loop that nothing else gets a turn in.
    closing ??= closed().finally(() => {
      opening = current = closing = null;
    });
    await closing;
  }

  async function closed(): Promise<void> {
    const patience = setTimeout(() => current?.giveUp.abort(), PATIENCE_MS);
    if (asking > 0) await new Promise<void>((resolve) => (onIdle = resolve));
    clearTimeout(patience);
    onIdle = null;
    if (current !== null) await closeData(current);
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
      // A statement that has not begun hears nothing of it.
      const stopping = setInterval(() => current !== null && interrupt(current), STOP_MS);
      if (current !== null) interrupt(current);
      await letGo();
      clearInterval(stopping);
    },
  };
}

const ending = (): Fault => new Fault(ExitCode.INTERRUPTED, 'the server is ending');
