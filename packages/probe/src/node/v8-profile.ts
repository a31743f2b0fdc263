/**
 * CPU samples of a thread, in parts: each is a profile of its own in Chrome's format, `profile-000001.cpuprofile` and so on.
 *
 * The next part begins before the one before ends. Were there a moment without a profile, V8 would forget what it knows of compiled code, look through the whole heap for it
 * again (5 to 30 ms), and from then on take functions that were compiled into their callers for these. The protocol has but one profile at a time; those of `console.profile` may
 * overlap. The console is the inspector's own: it calls sessions, and prints nothing.
 */
import { partName } from './v8-parts.ts';
import type { V8Files } from './v8-files.ts';
import type { Session } from './v8-session.ts';

/** Titles of ours: a program may have profiles, too. */
const TITLE = 'intellimap';

interface Finished {
  id: string;
  title?: string;
  profile: unknown;
}

export class CpuProfile {
  readonly #session: Session;
  readonly #files: V8Files;
  /** Parts that were begun; the last one is running, unless it is the end. */
  #begun = 0;
  #written = 0;
  /** By part. */
  readonly #finished = new Map<number, unknown>();
  #hasEnded = false;

  /** @param interval µs between two samples. @throws what the session throws */
  constructor(session: Session, files: V8Files, interval: number) {
    this.#session = session;
    this.#files = files;
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval });
    session.on('Profiler.consoleProfileFinished', (told) => this.#hear(told as Finished));
    this.#begin();
  }

  /** Writes what was sampled since the part before. @throws what cannot be written */
  flush(): void {
    const part = this.#begun;
    this.#begin();
    this.#finish(part);
  }

  /** @throws what cannot be written */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#finish(this.#begun);
  }

  #begin(): void {
    this.#begun += 1;
    this.#session.console.profile(`${TITLE} ${this.#begun}`);
  }

  #finish(part: number): void {
    this.#session.console.profileEnd(`${TITLE} ${part}`);
    const profile = this.#finished.get(part);
    this.#finished.delete(part);
    if (profile === undefined) return;
    this.#written += 1;
    this.#files.write(partName('profile', this.#written, 'cpuprofile'), profile);
  }

  #hear({ title = '', profile }: Finished): void {
    const part = title.startsWith(`${TITLE} `) ? Number(title.slice(TITLE.length)) : 0;
    // A `console.profileEnd()` of the program without a title ends the last one that began, which may be ours: it is kept until it is asked for.
    if (part > 0) this.#finished.set(part, profile);
  }
}
