/**
 * The drain's side of control: what the socket asks for, budgets, and the gates of all threads. Everything that is done is a note in the
 * recording of each thread, with its reason.
 */
import fs from 'node:fs';
import { GateKeeper, type GateChange } from '../core/gates.ts';
import type { ControlRequest, ControlResults, ProcessState } from '../wire/control.ts';
import { Control, type GateName } from '../wire/ring.ts';
import { micros } from './clock.ts';
import type { RingConsumer } from './consume.ts';
import { Budgets } from './limits.ts';
import { SiteIndex } from './site-index.ts';

type Micros = number;

/** Between two looks at budgets, traces and new functions. */
const LOOK_MICROS = 20_000;
/** Between two looks at the memory and the disk. */
const SLOW_LOOK_MICROS = 1_000_000;
/** Recording stops when less than this is free where it is written to, or this part of a small disk: others need it, too. */
const MIN_FREE_BYTES = 128 * 2 ** 20;
const MIN_FREE_SHARE = 0.05;

export class Steering {
  readonly #runDir: string;
  /** The flight recorders keep what they hold. */
  readonly #keep: (reason: string) => void;
  readonly #consumers = new Map<number, RingConsumer>();
  readonly #keeper: GateKeeper;
  readonly #budgets = new Budgets();
  readonly #index: SiteIndex;
  /** What threads that ended had. */
  #past = { events: 0, bytes: 0, lost: 0 };
  #stopped: { at: number; reason: string } | undefined;
  #knownSites = 0;
  #nextLook: Micros = 0;
  #nextSlowLook: Micros = 0;
  #memory = 0;

  constructor(runDir: string, base: GateName, keep: (reason: string) => void) {
    this.#keep = keep;
    this.#runDir = runDir;
    this.#keeper = new GateKeeper(base, (change) => this.#tell(change));
    this.#index = new SiteIndex(runDir, process.pid);
  }

  adopt(tid: number, consumer: RingConsumer): void {
    this.#consumers.set(tid, consumer);
    this.#keeper.adopt(consumer.gates);
    consumer.control[Control.QUIET] = this.#stopped ? 1 : 0;
  }

  release(tid: number): void {
    const consumer = this.#consumers.get(tid);
    if (consumer === undefined) return;
    this.#consumers.delete(tid);
    this.#keeper.release(consumer.gates);
    for (const what of ['events', 'bytes', 'lost'] as const) this.#past[what] += consumer[what];
  }

  /** To be called often: ends traces, opens functions that were loaded since, holds the budgets. */
  look(now: Micros, siteCount: number): void {
    if (now < this.#nextLook) return;
    this.#nextLook = now + LOOK_MICROS;
    if (this.#keeper.hasTraces) {
      this.#learn(siteCount);
      this.#keeper.expire(now);
    }
    for (const consumer of this.#consumers.values())
      consumer.see = this.#keeper.hasTraces ? this.#see : undefined;
    if (this.#stopped === undefined) this.#holdBudgets(now);
  }

  readonly #see = (words: Int32Array, from: number, to: number): void => this.#keeper.see(words, from, to);

  #holdBudgets(now: Micros): void {
    if (now >= this.#nextSlowLook) {
      this.#nextSlowLook = now + SLOW_LOOK_MICROS;
      this.#memory = process.memoryUsage.rss();
      const shortage = this.#shortage();
      if (shortage !== undefined) return this.#stop(shortage);
    }
    if (!this.#budgets.isSet) return undefined;
    const { events, bytes } = this.#totals();
    const exceeded = this.#budgets.exceeded({ micros: now, memory: this.#memory, events, bytes });
    return exceeded === undefined ? undefined : this.#stop(`limit ${exceeded}`);
  }

  #shortage(): string | undefined {
    try {
      const { bavail, blocks, bsize } = fs.statfsSync(this.#runDir);
      const wanted = Math.min(MIN_FREE_BYTES, blocks * bsize * MIN_FREE_SHARE);
      const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
      if (bavail * bsize >= wanted) return undefined;
      return `the disk is full: ${mib(bavail * bsize)} are free, recording leaves ${mib(wanted)}`;
    } catch {
      return undefined;
    }
  }

  handle(request: ControlRequest, siteCount: number): ControlResults[keyof ControlResults] {
    const now = micros();
    this.#learn(siteCount);
    switch (request.op) {
      case 'trace':
        this.#resume();
        return this.#keeper.trace(request, now);
      case 'stop':
        return this.#keeper.stop(request.trace, now);
      case 'limits':
        this.#budgets.set(request, now);
        break;
      case 'panic':
        this.#stop(request.reason ?? 'emergency stop');
        break;
      case 'keep':
        this.#keep(request.reason ?? 'asked for');
        break;
      case 'status':
        break;
    }
    return this.#state(now);
  }

  #state(now: Micros): ProcessState {
    const keeper = this.#keeper;
    const main = this.#consumers.get(0);
    return {
      pid: process.pid,
      threads: [...this.#consumers.keys()],
      gates: keeper.base,
      functions: main ? keeper.census(main.gates) : { open: 0, count: 0, off: 0 },
      ...(this.#stopped ? { stopped: this.#stopped } : {}),
      limits: this.#budgets.limits,
      ...this.#totals(),
      traces: keeper.traces(now),
    };
  }

  #totals(): { events: number; bytes: number; lost: number } {
    const total = { ...this.#past };
    for (const consumer of this.#consumers.values())
      for (const what of ['events', 'bytes', 'lost'] as const) total[what] += consumer[what];
    return total;
  }

  #learn(siteCount: number): void {
    if (siteCount === this.#knownSites) return;
    this.#knownSites = siteCount;
    this.#keeper.learn(this.#index.refresh());
  }

  /** All gates close. What began before them may tell of its end, and of nothing else. */
  #stop(reason: string): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = { at: Date.now(), reason };
    this.#keeper.set('off', reason);
    for (const { control } of this.#consumers.values()) control[Control.QUIET] = 1;
  }

  /** A new trace after a stop opens what it names, and nothing else. */
  #resume(): void {
    if (this.#stopped === undefined) return;
    this.#stopped = undefined;
    for (const { control } of this.#consumers.values()) control[Control.QUIET] = 0;
  }

  #tell(change: GateChange): void {
    const now = micros();
    for (const consumer of this.#consumers.values()) consumer.note({ t: 'gates', micros: now, ...change });
  }
}
