/**
 * What V8 itself measures of a thread: CPU samples, coverage, the heap. Opened before the program's code, written now and then, and when the thread
 * ends. Whatever fails here costs the measurement, never the program; `thread.json` says what was measured, until when, and why no longer.
 */
import path from 'node:path';
import type { ProbeShared, V8Settings } from '../wire/registry.ts';
import { micros } from './clock.ts';
import { Coverage } from './v8-coverage.ts';
import { V8Files } from './v8-files.ts';
import { takeSnapshot } from './v8-heap.ts';
import { Parts } from './v8-parts.ts';
import { CpuProfile } from './v8-profile.ts';
import { openSession, type Session } from './v8-session.ts';

// Taken now: programs put others into their place.
const { setImmediate, setInterval } = globalThis;

/** Between two looks whether a part is due, ms. The event loop may not come round: then the recorder's slow path looks. */
const LOOK_MS = 1000;
/** What a thread may write. */
const MAX_BYTES = 512 * 2 ** 20;

/** Of `thread.json`: one of the things that are measured. */
interface Measured {
  /** µs of the machine's clock. */
  from: number;
  /** What was written reaches to here; absent: nothing was written. */
  until?: number;
  /** Why it ended before the thread did, or never began. */
  ended?: string;
  /** Heap only: when the snapshots were taken. */
  taken?: number[];
}

/** V8 counts for one only. */
const isCovered = (): boolean =>
  Boolean(process.env['NODE_V8_COVERAGE']) || process.execArgv.includes('--experimental-test-coverage');

interface Running {
  flush: () => void;
  end: () => void;
  parts: Parts;
}

export interface V8Host {
  tid: number;
  name: string;
  /** Recording was stopped. */
  isQuiet: () => boolean;
}

type What = 'cpu' | 'coverage' | 'heap';

export class V8Watch {
  readonly #files: V8Files;
  readonly #host: V8Host;
  readonly #settings: V8Settings;
  readonly #running = new Map<'cpu' | 'coverage', Running>();
  readonly #told: Partial<Record<What, Measured>> = {};
  readonly #started = micros();
  #isSnapshotAhead = false;
  #hasEnded = false;
  #isWriting = false;

  constructor({ runDir }: Pick<ProbeShared, 'runDir'>, settings: V8Settings, host: V8Host) {
    this.#files = new V8Files(path.join(runDir, 'v8', `${process.pid}-${host.tid}`));
    this.#host = host;
    this.#settings = settings;
    const { cpu, coverage, heap } = settings;
    if (cpu === undefined && !coverage && !heap) return;
    let session: Session | undefined;
    const open = (): Session => (session ??= openSession());
    // Coverage first: the profile would show its start.
    if (coverage)
      this.#begin('coverage', () => {
        if (isCovered()) throw new Error('NODE_V8_COVERAGE: the program has V8 count for itself');
        return new Coverage(open(), this.#files);
      });
    if (cpu !== undefined) this.#begin('cpu', () => new CpuProfile(open(), this.#files, cpu));
    this.#say();
    if (this.#running.size > 0) setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** The first file of the program that is recorded runs now: all of its loading is done when the event loop comes round. */
  began(): void {
    if (!this.#settings.heap || this.#isSnapshotAhead) return;
    this.#isSnapshotAhead = true;
    setImmediate(() => this.#snapshot()).unref();
  }

  /** May be called at any time, between any two calls of the program. */
  look(): void {
    if (this.#hasEnded || this.#isWriting || !this.#isDue()) return;
    if (this.#host.isQuiet()) return this.#stop('recording was stopped');
    if (this.#files.bytes > MAX_BYTES) return this.#stop(`${MAX_BYTES / 2 ** 20} MiB were written`);
    this.#flush(({ parts }, now) => parts.isDue(now));
  }

  /** Somebody is about to end the thread, or may be: what is not written now would be lost. @param isLast it is certain */
  ending(isLast: boolean): void {
    if (this.#hasEnded || this.#isWriting) return;
    if (!isLast) return this.#flush(() => true);
    this.#endAll();
    this.#say();
  }

  /** Somebody else asks V8 for coverage: whose counters are the same. */
  leaveCoverage(reason: string): void {
    const coverage = this.#running.get('coverage');
    if (coverage !== undefined) this.#endOne('coverage', coverage, reason);
    this.#say();
  }

  /** No code of the program runs any more. */
  end(): void {
    if (this.#hasEnded) return;
    this.#endAll();
    if (this.#settings.heap && !this.#host.isQuiet()) this.#snapshot();
    this.#say();
  }

  #isDue(): boolean {
    const now = micros();
    for (const { parts } of this.#running.values()) if (parts.isDue(now)) return true;
    return false;
  }

  #flush(isDue: (running: Running, now: number) => boolean): void {
    for (const [what, running] of this.#running) {
      const began = micros();
      if (!isDue(running, began)) continue;
      this.#write(what, running.flush);
      const now = micros();
      running.parts.written(now, now - began);
    }
    this.#say();
  }

  #endAll(): void {
    this.#hasEnded = true;
    for (const [what, running] of this.#running) this.#write(what, running.end);
    this.#running.clear();
  }

  #begin(what: 'cpu' | 'coverage', start: () => CpuProfile | Coverage): void {
    const measured: Measured = (this.#told[what] = { from: micros() });
    try {
      const running = start();
      const parts = new Parts(micros());
      this.#running.set(what, { flush: () => running.flush(), end: () => running.end(), parts });
    } catch (error) {
      measured.ended = (error as Error).message;
    }
  }

  #stop(reason: string): void {
    for (const [what, running] of this.#running) this.#endOne(what, running, reason);
    this.#say();
  }

  #endOne(what: 'cpu' | 'coverage', running: Running, reason: string): void {
    this.#running.delete(what);
    this.#write(what, running.end);
    this.#told[what]!.ended ??= reason;
  }

  #write(what: 'cpu' | 'coverage', write: () => void): void {
    const measured = this.#told[what]!;
    const wasWriting = this.#isWriting;
    this.#isWriting = true;
    try {
      write();
      measured.until = micros();
    } catch (error) {
      // A full disk, or a stack that is full: what was measured since is lost.
      measured.ended = String(error);
      this.#running.delete(what);
    } finally {
      this.#isWriting = wasWriting;
    }
  }

  #snapshot(): void {
    const measured = (this.#told.heap ??= { from: micros() });
    if (measured.ended !== undefined) return;
    const taken = measured.taken ?? [];
    try {
      const at = micros();
      const refused = takeSnapshot(this.#files, taken.length + 1);
      if (refused === undefined) measured.taken = [...taken, at];
      else measured.ended = refused;
      measured.until = micros();
    } catch (error) {
      measured.ended = String(error);
    }
    this.#say();
  }

  #say(): void {
    const { tid, name } = this.#host;
    try {
      this.#files.write('thread.json', {
        version: 1,
        pid: process.pid,
        tid,
        name,
        startMicros: this.#started,
        ...(this.#settings.cpu === undefined ? {} : { interval: this.#settings.cpu }),
        hasEnded: this.#hasEnded,
        ...this.#told,
      });
    } catch {
      // A full disk.
    }
  }
}
