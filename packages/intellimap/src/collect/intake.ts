/**
 * Batches of all pages that speak to this collector → threads of a run. What it says is kept was given to the kernel: it survives the collector. Batches
 * are kept in the order of their numbers and once each, whatever order they come in and however often.
 */
import {
  type Batch,
  decodeBatch,
  type Hello,
  introductionOf,
  type Note,
  RecentMap,
} from '@intellimap/probe/wire';
import type { MapOf } from './stack-places.ts';
import type { Micros } from '../base/recording.ts';
import type { BuildFolder } from './build-folder.ts';
import { Builds } from './builds.ts';
import { Early, PATIENCE } from './early.ts';
import { PageThread } from './page-thread.ts';
import { Refusal } from './refusal.ts';
import { type Session, Sessions } from './sessions.ts';
import { shiftOf } from './shift.ts';

export interface IntakeOptions {
  /** The workspace. */
  root: string;
  /** Folder of the run that pages belong to; asked when the first one comes. @param agoMs for how long that has been recorded */
  runDir: (agoMs: number) => string;
  tier: string;
  /** µs of the machine's clock. */
  micros: () => number;
  /** Maps of what pages load, where there is more than what builds kept: those of a dev server. */
  mapOf?: MapOf;
  /** A note as it may be written down: pages do not know the secrets of this machine. */
  redact: (note: Note) => Note;
}

export interface Taken {
  /** All up to this one are kept. */
  kept: number;
  /** Nobody here knows whose batch it is. Through a channel it has to come again when that was told (`meet`), else it waits for the first one. */
  isStranger: boolean;
  /** Not what somebody else's channel brought: that is taken as if it came by itself. */
  isOwn: boolean;
}

/** Acknowledgements do not say whose batches they are of: a channel is of the session that was first heard on it. A page also hands on what its workers recorded. */
export interface Channel {
  session?: string;
  /** What that said of itself, beside its batches. */
  hello?: Hello;
}

export interface Counters {
  /** Threads of pages. */
  threads: number;
  batches: number;
  /** Batches that were kept already. */
  duplicates: number;
  words: number;
  events: number;
  /** Words that pages dropped, those of batches that never came, and those that nobody knows the page of. */
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
  readonly #builds: Builds;
  #run: OpenRun | undefined;
  #latest: PageThread | undefined;
  #tidied = 0;
  #isClosed = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#builds = new Builds(options.root);
  }

  /**
   * @param through a channel that batches of one thread come through, which cannot overtake each other: what is missing will not come
   * @throws Refusal, or the file system's error: nothing of it is kept then
   */
  take(bytes: Uint8Array, through?: Channel): Taken {
    if (this.#isClosed) throw new Refusal(503, 'the collector ends', 1);
    const batch = readable(() => decodeBatch(bytes));
    const now = this.#options.micros();
    if (now - this.#tidied > TIDY) this.#tidy((this.#tidied = now));
    const { session, seq, token } = batch.head;
    const isOwn = through === undefined || session === (through.session ??= session);
    const channel = isOwn ? through : undefined;
    const hello = batch.head.hello ?? channel?.hello;
    const known = this.#run?.sessions.get(session) ?? this.#met(batch, hello, now);
    if (known === undefined) {
      if (channel === undefined) this.#wait(batch, bytes.length, now);
      return { kept: 0, isStranger: true, isOwn };
    }
    const build = this.#builds.admit(known.hello.build, token);
    const thread = this.#thread(session, known, build);
    if (seq > thread.kept + 1 && channel === undefined) this.#wait(batch, bytes.length, now);
    else {
      this.counters.bytes += bytes.length;
      this.#keep(session, thread, batch);
      this.#followers(session, thread);
    }
    return { kept: thread.kept, isStranger: false, isOwn };
  }

  /**
   * A page says who it is: the first batch, which would, is kept elsewhere. Nothing begins before there is a batch.
   * @param message an `Introduction` @throws Refusal
   */
  meet(message: unknown, channel: Channel): void {
    const { session, token, hello } = readable(() => introductionOf(message));
    if (session !== (channel.session ??= session)) throw new Refusal(400, 'another page has this WebSocket');
    this.#builds.admit(hello.build, token);
    channel.hello = hello;
  }

  /** What waits for batches that did not come is kept without them, and nothing is taken any more. */
  close(): void {
    this.#isClosed = true;
    this.#tidy(Infinity);
    for (const thread of this.#threads.values()) thread.close();
  }

  /** Of a page's first batch since this object was made, which may make the run begin: the page was known before, or is from now on. Undefined: nobody told whose it is. */
  #met({ head }: Batch, hello: Hello | undefined, now: Micros): Session | undefined {
    // Nobody makes a run begin, or anything wait, who has no token.
    if (hello === undefined) this.#builds.admitAnywhere(head.token);
    else this.#builds.admit(hello.build, head.token);
    const isLate = head.seq > 1;
    const from = isLate ? (head.samples[0]?.[1] ?? 0) : 0;
    const { sessions } = (this.#run ??= this.#openRun(
      hello && now - shiftOf(hello, now, Date.now()).shift - from,
    ));
    const met = sessions.get(head.session) ?? (hello && sessions.begin(head.session, { hello, isLate }));
    this.counters.threads = sessions.size;
    return met;
  }

  /** @param ago µs: for how long the page has been recorded, as far as it tells here */
  #openRun(ago = 0): OpenRun {
    const folder = this.#options.runDir(ago / 1000);
    return { folder, sessions: new Sessions(folder) };
  }

  /** @throws Refusal: there is no room */
  #wait(batch: Batch, bytes: number, now: Micros): void {
    if (this.#early.add(batch.head.session, batch, bytes, now)) return;
    throw new Refusal(409, `too many batches wait for those before ${batch.head.seq}`);
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

  /** What has waited for long enough is kept; where that fails it is lost, and nobody was told that it is kept. */
  #tidy(now: Micros): void {
    for (const { session, batches } of this.#early.late(now - PATIENCE)) {
      const known = this.#run?.sessions.get(session);
      for (const batch of batches) {
        try {
          if (known !== undefined) this.#keepLate(session, known, batch);
          // Nobody ever said whose it is.
          else this.counters.lost += batch.words.length;
        } catch {
          // The next batch of the thread is told why.
        }
      }
    }
  }

  #keepLate(session: string, known: Session, batch: Batch): void {
    const build = this.#builds.admit(known.hello.build, batch.head.token);
    this.#keep(session, this.#thread(session, known, build), batch);
  }

  #thread(session: string, place: Session, build: BuildFolder): PageThread {
    const found = this.#threads.get(session);
    if (found !== undefined) return found;
    const thread = new PageThread({ ...this.#options, ...place, runDir: this.#run!.folder, build });
    this.#threads.set(session, thread);
    return thread;
  }
}

interface OpenRun {
  folder: string;
  sessions: Sessions;
}

/** @throws Refusal: what was sent is not what it should be */
function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}
