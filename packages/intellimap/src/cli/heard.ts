/** Paths that something happened at, gathered until nothing more comes: programs write a file in several goes, and several files at a time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** They are one change when nothing more comes for so long. */
const QUIET_MS = 10;
/** But nobody waits longer than this. */
const PATIENCE_MS = 200;
/** Of so many the system may have left some out. */
const MANY = 1000;

export interface HeardChange {
  /** undefined: anything may have happened. */
  paths: Set<string> | undefined;
  /** When the first was heard of; `performance.now()`. */
  since: number;
}

export class Heard {
  private paths = new Set<string>();
  private since = 0;
  private lastAt = 0;
  private onAny: (() => void) | null = null;

  add(path: string): void {
    const now = performance.now();
    if (this.paths.size === 0) this.since = now;
    this.lastAt = now;
    if (this.paths.size < MANY) this.paths.add(path);
    this.onAny?.();
  }

  /** Waits for something to happen, so long at most. */
  async any(ms: number, signal: AbortSignal): Promise<void> {
    if (this.paths.size > 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.onAny = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      this.onAny = done;
    });
  }

  /** Once nothing more comes. null: nothing happened. */
  async take(): Promise<HeardChange | null> {
    if (this.paths.size === 0) return null;
    for (;;) {
      const now = performance.now();
      const waits = Math.min(this.lastAt + QUIET_MS, this.since + PATIENCE_MS) - now;
      if (waits <= 0) break;
      await sleep(waits);
    }
    const { paths, since } = this;
    this.paths = new Set();
    return { paths: paths.size < MANY ? paths : undefined, since };
  }
}
