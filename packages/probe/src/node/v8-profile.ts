/** CPU samples of a thread, in parts: each is a profile of its own in Chrome's format, `profile-000001.cpuprofile` and so on. */
import type { V8Files } from './v8-files.ts';
import type { Post } from './v8-session.ts';
import { partName } from './v8-parts.ts';

export class CpuProfile {
  readonly #post: Post;
  readonly #files: V8Files;
  #part = 0;
  #isRunning = false;

  /** @param interval µs between two samples. @throws what `post` throws */
  constructor(post: Post, files: V8Files, interval: number) {
    this.#post = post;
    this.#files = files;
    post('Profiler.enable');
    post('Profiler.setSamplingInterval', { interval });
    this.#start();
  }

  /** Writes what was sampled since, and goes on. Samples are missing for the 5 to 30 ms that it takes. @throws what cannot be written */
  flush(): void {
    try {
      this.end();
    } finally {
      this.#start();
    }
  }

  /** @throws what cannot be written */
  end(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    const { profile } = this.#post('Profiler.stop') as { profile: unknown };
    this.#part += 1;
    this.#files.write(partName('profile', this.#part, 'cpuprofile'), profile);
  }

  #start(): void {
    this.#post('Profiler.start');
    this.#isRunning = true;
  }
}
