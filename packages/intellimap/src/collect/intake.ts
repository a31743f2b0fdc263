/**
 * Batches of all pages that speak to this collector → threads of a run. What it says is kept was given to the kernel: it survives the collector. Batches
 * are kept in the order of their numbers and once each, whatever order they come in and however often.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Batch, decodeBatch, type Hello, type Note, RecentMap } from '@intellimap/probe/wire';
import type { MapOf } from './stack-places.ts';
import { BuildFolder } from './build-folder.ts';
import { Early, PATIENCE } from './early.ts';
import { PageThread } from './page-thread.ts';
import { Refusal } from './refusal.ts';
import { type Session, Sessions } from './sessions.ts';

export interface IntakeOptions {
  /** The workspace. */
  root: string;
  /** Folder of the run that pages belong to; asked when the first one comes. */
  runDir: () => string;
  tier: string;
  /** µs of the machine's clock. */
  micros: () => number;
  /** Maps of what pages load, where there is more than what builds kept: those of a dev server. */
  mapOf?: MapOf;
  /** A note as it may be written down: pages do not know the secrets of this machine. */
  redact?: ((note: Note) => Note) | undefined;
}

export interface Taken {
  session: string;
  /** All up to this one are kept. */
  kept: number;
}

/** Acknowledgements do not say whose batches they are of: a channel is of the session that was first heard on it. */
export interface Channel {
  session?: string;
}

export interface Counters {
  /** Threads of pages. */
  threads: number;
  batches: number;
  /** Batches that were kept already. */
  duplicates: number;
  words: number;
  events: number;
  /** Words that pages dropped, and those of batches that never came. */
  lost: number;
  bytes: number;
}

/** Threads whose files are open, and threads in memory; of both, up to twice as many. Others go on where their files end. */
const OPEN_THREADS = 128;
const KNOWN_THREADS = 1024;
/** µs between two looks for what has waited for too long. */
const TIDY = 1_000_000;

export class Intake {
  readonly counters: Counters = {
    threads: 0,
    batches: 0,
    duplicates: 0,
    words: 0,
    events: 0,
    lost: 0,
    bytes: 0,
  };
  readonly #options: IntakeOptions;
  readonly #open = new RecentMap<string, PageThread>(OPEN_THREADS, (thread) => thread.close());
  readonly #threads = new RecentMap<string, PageThread>(KNOWN_THREADS, (thread) => thread.close());
  readonly #early = new Early();
  readonly #builds = new Map<string, BuildFolder>();
  #sessions: Sessions | undefined;
  #latest: PageThread | undefined;
  #tidied = 0;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /**
   * @param channel that batches of one thread come through, which cannot overtake each other: what is missing will not come
   * @throws Refusal, or the file system's error: nothing of it is kept then
   */
  take(bytes: Uint8Array, channel?: Channel): Taken {
    const batch = decoded(bytes);
    const now = this.#options.micros();
    if (now - this.#tidied > TIDY) this.#tidy((this.#tidied = now));
    const { session, seq, hello, token } = batch.head;
    if (channel !== undefined && session !== (channel.session ??= session))
      throw new Refusal(400, 'another page has this WebSocket');
    // Nobody makes a run begin who has no token.
    if (this.#sessions === undefined) this.#admittedAnywhere(hello, token);
    const known = this.#sessionsOfRun().get(session);
    if (known === undefined && hello === undefined) {
      if (channel !== undefined || seq === 1 || !this.#early.add(session, batch, bytes.length, now))
        throw new Refusal(409, 'who sends this is not known: its first batch is missing');
      return { session, kept: 0 };
    }
    const build = this.#admitted(known?.hello ?? hello!, token);
    const thread = this.#thread(session, known, hello, build);
    if (seq > thread.kept + 1) {
      if (!this.#early.add(session, batch, bytes.length, now))
        throw new Refusal(409, `batches from ${thread.kept + 1} on are missing`);
      return { session, kept: thread.kept };
    }
    this.counters.bytes += bytes.length;
    this.#keep(session, thread, batch);
    this.#followers(session, thread);
    return { session, kept: thread.kept };
  }

  /** What waits for batches that did not come is kept without them. */
  close(): void {
    this.#tidy(Infinity);
    for (const thread of this.#threads.values()) thread.close();
  }

  /** Those that wait for the one that was just kept. */
  #followers(session: string, thread: PageThread): void {
    for (;;) {
      const next = this.#early.take(session, thread.kept + 1);
      if (next === undefined) return;
      this.#keep(session, thread, next);
    }
  }

  #keep(session: string, thread: PageThread, batch: Batch): void {
    const { counters } = this;
    if (batch.head.seq <= thread.kept) {
      counters.duplicates++;
      return;
    }
    try {
      const { words, events, lost } = thread.take(batch);
      counters.batches++;
      counters.words += words;
      counters.events += events;
      counters.lost += lost;
    } catch (error) {
      // Of what it wrote in part nothing counts: the next batch begins with what the files hold.
      this.#forget(session, thread);
      throw error;
    }
    if (thread === this.#latest) return;
    this.#latest = thread;
    this.#open.set(session, thread);
    this.#threads.set(session, thread);
  }

  #forget(session: string, thread: PageThread): void {
    this.#threads.delete(session);
    this.#open.delete(session);
    if (this.#latest === thread) this.#latest = undefined;
    thread.close();
  }

  /** @param now µs. What has waited for long enough is kept; where that fails it is lost, and nobody was told that it is kept */
  #tidy(now: number): void {
    for (const { session, batches } of this.#early.late(now - PATIENCE)) {
      const known = this.#sessions?.get(session);
      try {
        // Nobody ever said who the others are of.
        if (known !== undefined) for (const batch of batches) this.#keepLate(session, known, batch);
      } catch {
        // The next batch of the thread is told why.
      }
    }
  }

  #keepLate(session: string, known: Session, batch: Batch): void {
    const build = this.#admitted(known.hello, batch.head.token);
    this.#keep(session, this.#thread(session, known, undefined, build), batch);
  }

  #thread(
    session: string,
    known: Session | undefined,
    hello: Hello | undefined,
    build: BuildFolder,
  ): PageThread {
    const found = this.#threads.get(session);
    if (found !== undefined) return found;
    const runDir = this.#options.runDir();
    const place = known ?? this.#sessionsOfRun().begin(session, hello!);
    this.counters.threads = this.#sessionsOfRun().size;
    const thread = new PageThread({ ...this.#options, ...place, runDir, build });
    this.#threads.set(session, thread);
    return thread;
  }

  /** @throws Refusal */
  #admittedAnywhere(hello: Hello | undefined, token: string): void {
    const { root } = this.#options;
    if (hello !== undefined) this.#admitted(hello, token);
    else if (!BuildFolder.all(root).some((build) => isToken(token, build)))
      throw new Refusal(401, 'the token is of no build of this workspace');
  }

  /** @throws Refusal */
  #admitted({ build: name }: Hello, token: string): BuildFolder {
    const build = this.#builds.get(name) ?? BuildFolder.find(this.#options.root, name);
    if (build === undefined) throw new Refusal(404, `there is no build ${name} in this workspace`);
    if (!this.#builds.has(name)) build.use();
    this.#builds.set(name, build);
    if (!isToken(token, build)) throw new Refusal(401, 'the token is of another build');
    return build;
  }

  #sessionsOfRun(): Sessions {
    return (this.#sessions ??= new Sessions(this.#options.runDir()));
  }
}

function isToken(text: string, { token }: BuildFolder): boolean {
  const given = Buffer.from(text);
  return given.length === token.length && timingSafeEqual(given, token);
}

function decoded(bytes: Uint8Array): Batch {
  try {
    return decodeBatch(bytes);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}
