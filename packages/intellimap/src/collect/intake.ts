/** Batches of all pages that speak to this collector → threads of a run. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import { type Batch, decodeBatch, type Hello } from '@intellimap/probe/wire';
import type { MapOf } from './stack-places.ts';
import { BuildFolder } from './build-folder.ts';
import { FIRST_PAGE, PageThread, SESSION_FILE } from './page-thread.ts';

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
}

/** Why a batch is not taken. `status` as in HTTP. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Taken {
  session: string;
  /** All up to this one are kept. */
  kept: number;
}

/** Batches that may wait for one before them. */
const MAX_EARLY = 64;

export class Intake {
  readonly #options: IntakeOptions;
  readonly #threads = new Map<string, PageThread>();
  readonly #early = new Map<string, Map<number, Batch>>();
  readonly #builds = new Map<string, BuildFolder>();
  #isRead = false;
  #lastPage = FIRST_PAGE;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** @throws Refusal */
  take(bytes: Uint8Array): Taken {
    const batch = decoded(bytes);
    const { session, seq, hello, token } = batch.head;
    const known = this.#threads.get(session) ?? this.#resumed(session);
    const thread = known ?? this.#begin(session, hello, token);
    const early = this.#early.get(session) ?? new Map<number, Batch>();
    if (seq > thread.kept + 1) {
      if (early.size >= MAX_EARLY) throw new Refusal(409, `batches from ${thread.kept + 1} on are missing`);
      early.set(seq, batch);
      this.#early.set(session, early);
      return { session, kept: thread.kept };
    }
    thread.take(batch);
    for (let next = early.get(thread.kept + 1); next !== undefined; next = early.get(thread.kept + 1)) {
      early.delete(thread.kept + 1);
      thread.take(next);
    }
    return { session, kept: thread.kept };
  }

  close(): void {
    for (const thread of this.#threads.values()) thread.close();
  }

  #begin(session: string, hello: Hello | undefined, token: string): PageThread {
    if (hello === undefined)
      throw new Refusal(409, 'who sends this is not known: its first batch is missing');
    const build = this.#build(hello.build);
    if (build === undefined) throw new Refusal(404, `there is no build ${hello.build} in this workspace`);
    if (!equals(token, build.token)) throw new Refusal(401, 'the token is of another build');
    this.#readThreads();
    const thread = new PageThread({
      ...this.#options,
      runDir: this.#options.runDir(),
      pid: ++this.#lastPage,
      tid: 0,
      session,
      hello,
      build,
    });
    this.#threads.set(session, thread);
    return thread;
  }

  #build(name: string): BuildFolder | undefined {
    const known = this.#builds.get(name) ?? BuildFolder.find(this.#options.root, name);
    if (known !== undefined) this.#builds.set(name, known);
    return known;
  }

  /** A thread that an earlier collector of this run began. */
  #resumed(session: string): PageThread | undefined {
    this.#readThreads();
    return this.#threads.get(session);
  }

  #readThreads(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    const runDir = this.#options.runDir();
    const folder = join(runDir, 'threads');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const [pid, tid] = name.split('-').map(Number);
      const file = join(folder, name, SESSION_FILE);
      if (!(pid > FIRST_PAGE) || !existsSync(file)) continue;
      this.#lastPage = Math.max(this.#lastPage, pid);
      const { session, hello } = JSON.parse(readFileSync(file, 'utf8')) as { session: string; hello: Hello };
      const build = this.#build(hello.build);
      if (build === undefined) continue;
      this.#threads.set(
        session,
        new PageThread({ ...this.#options, runDir, pid, tid, session, hello, build }),
      );
    }
  }
}

function decoded(bytes: Uint8Array): Batch {
  try {
    return decodeBatch(bytes);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}

function equals(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
