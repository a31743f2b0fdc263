/**
 * The drain's side of control: what the socket asks for, budgets, and the gates of all threads. Everything that is done is a note in the
 * recording of each thread, with its reason.
 */
import fs from 'node:fs';
import { GateKeeper, type GateChange } from '../core/gates.ts';
import { RareCalls } from '../core/rare-calls.ts';
import type { ControlRequest, ControlResults, HeldLoopState, ProcessState } from '../wire/control.ts';
import type { ProbeShared } from '../wire/registry.ts';
import { Control } from '../wire/ring.ts';
import type { SiteId } from '../wire/words.ts';
import { micros } from './clock.ts';
import type { RingConsumer } from './consume.ts';
import { Budgets } from './limits.ts';
import { memoryLimits } from './memory.ts';
import { OverheadWatch } from './overhead.ts';
import { usedMicros } from './cpu-time.ts';
import { TaskSteering } from './steer-tasks.ts';
import { SiteIndex } from './site-index.ts';

type Micros = number;

/** Between two looks at budgets, traces and new functions. */
const LOOK_MICROS = 20_000;
/** So long may a function be called without telling when it begins, as it seemed to be called often. */
const TIME_MICROS = 500_000;
/** Between two looks at the memory and the disk. */
const SLOW_LOOK_MICROS = 1_000_000;
/** So long is looked for what a file's functions are. */
const LEARN_MICROS = 2_000_000;
/** Between two notes of what recording costs. */
const COST_MICROS = 1_000_000;
/** Recording stops when less than this is free where it is written to, or this part of a small disk: others need it, too. */
const MIN_FREE_BYTES = 128 * 2 ** 20;
const MIN_FREE_SHARE = 0.05;
/** An event loop that gets no turn for so long is told. */
const HELD_MICROS = 50_000;

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const TOTALS = ['events', 'words', 'bytes', 'lost', 'stalled', 'turns'] as const;

type Steered = Pick<ProbeShared, 'runDir' | 'tier' | 'gates' | 'budget' | 'costs' | 'sample' | 'links'>;

interface SteeringHost {
  /** The flight recorders keep what they hold. */
  keep: (reason: string) => void;
  /** Bytes that threads left which have ended. */
  left: () => number;
  /** Whether threads are to tell how requests end. */
  wantEnds: (wanted: boolean) => void;
}

export class Steering {
  readonly #runDir: string;
  readonly #hasGates: boolean;
  /** Calls are told one by one. */
  readonly #hasCalls: boolean;
  readonly #keep: SteeringHost['keep'];
  readonly #left: SteeringHost['left'];
  readonly #consumers = new Map<number, RingConsumer>();
  readonly #keeper: GateKeeper;
  readonly #budgets = new Budgets();
  readonly #overhead: OverheadWatch;
  readonly tasks: TaskSteering;
  readonly #index: SiteIndex;
  readonly #rare = new RareCalls();
  /** What threads that ended had. */
  #past = { events: 0, words: 0, bytes: 0, lost: 0, stalled: 0, turns: 0 };
  #stopped: { at: number; reason: string } | undefined;
  #knownSites = 0;
  #learnUntil: Micros = 0;
  #nextLook: Micros = 0;
  #nextSlowLook: Micros = 0;
  #nextCost: Micros = 0;
  #nextTime: Micros = 0;
  #used = { cpu: 0, own: 0 };
  /** Resident, of the process. */
  #rss = 0;
  readonly #memoryLimits = memoryLimits();

  constructor(
    { runDir, tier, gates, budget, costs, sample, links }: Steered,
    { keep, left, wantEnds }: SteeringHost,
  ) {
    this.#keep = keep;
    this.#left = left;
    this.#runDir = runDir;
    this.#hasGates = tier !== 'minimal';
    this.#hasCalls = tier === 'performance';
    this.tasks = new TaskSteering(this.#consumers, this.#hasCalls && links, wantEnds);
    this.#keeper = new GateKeeper(gates, (change) => this.#tell(change));
    this.#index = new SiteIndex(runDir, process.pid);
    this.#overhead = new OverheadWatch(budget, costs);
    if (budget !== undefined) this.#budgets.set({ cpu: budget }, 0);
    const { process: memory } = this.#memoryLimits;
    if (memory !== undefined) this.#budgets.set({ memory }, 0);
    if (sample !== undefined && this.tasks.canSample) this.tasks.sample(sample);
  }

  adopt(tid: number, consumer: RingConsumer): void {
    this.#consumers.set(tid, consumer);
    this.#keeper.adopt(consumer.gates);
    consumer.see = (words, from, to) => this.#see(consumer, words, from, to);
    consumer.seeCalls = (site, calls) => this.#seeCalls(site, calls);
    consumer.control[Control.QUIET] = this.#stopped ? 1 : 0;
    this.tasks.adopt(tid, consumer);
  }

  release(tid: number): void {
    const consumer = this.#consumers.get(tid);
    if (consumer === undefined) return;
    this.#consumers.delete(tid);
    this.#keeper.release(consumer.gates);
    for (const what of TOTALS) this.#past[what] += consumer[what];
  }

  /** To be called often: ends traces, opens functions that were loaded since, holds the budgets. @param busy µs that this thread has worked */
  look(now: Micros, busy: Micros, siteCount: number): void {
    if (now < this.#nextLook) return;
    this.#nextLook = now + LOOK_MICROS;
    const { hasTraces } = this.#keeper;
    if (hasTraces || this.#overhead.isHeld) this.#learn(now, siteCount);
    if (hasTraces) this.#keeper.expire(now);
    this.tasks.look(now, () => this.#totals().bytes);
    if (this.#stopped !== undefined) return;
    this.#timeGates(now, siteCount);
    this.#holdBudgets(now);
    this.#holdOverhead(now, busy, siteCount);
  }

  #timeGates(now: Micros, siteCount: number): void {
    if (!this.#hasCalls || now < this.#nextTime) return;
    this.#nextTime = now + TIME_MICROS;
    this.#keeper.time(siteCount, (site) => this.#rare.isRare(site));
    this.#rare.countAnew();
  }

  #see(consumer: RingConsumer, words: Int32Array, from: number, to: number): void {
    if (this.#hasCalls) this.#rare.see(words, from, to);
    if (this.#keeper.hasTraces) this.#keeper.see(words, from, to);
    if (this.#overhead.isHeld) this.#overhead.see(consumer, words, from, to);
  }

  #seeCalls(site: SiteId, calls: number): void {
    if (this.#keeper.hasTraces) this.#keeper.seeCalls(site, calls);
    if (this.#overhead.isHeld) this.#overhead.seeCalls(site, calls);
  }

  #holdOverhead(now: Micros, busy: Micros, siteCount: number): void {
    let words = this.#past.words;
    for (const consumer of this.#consumers.values()) words += consumer.words;
    const decision = this.#overhead.decide({
      now,
      busy,
      words,
      consumers: this.#consumers.values(),
      siteCount,
      isFree: (site) => this.#hasGates && this.#keeper.isFree(site),
    });
    if (decision !== undefined) {
      const { gate, sites, percent } = decision;
      const { budget } = this.#overhead.state;
      this.#keeper.hold(gate, sites, `budget ${budget} %: recording took ${percent.toFixed(1)} %`);
    }
    if (now < this.#nextCost) return;
    this.#nextCost = now + COST_MICROS;
    this.tellCost(now, busy);
  }

  get slowness(): number {
    return this.#overhead.slowness;
  }

  /** What the process took of the processors so far. */
  tellCost(now: Micros, busy: Micros): void {
    this.#used = usedMicros(busy);
    const main = this.#consumers.get(0);
    if (main === undefined) return;
    const held = this.#hasCalls ? { held: main.held.takeLongest() } : {};
    const memory = { rss: process.memoryUsage.rss(), memory: this.#ownMemory };
    const [stalled, turns] = [this.#total('stalled'), this.#total('turns')];
    main.note({
      t: 'cost',
      micros: now,
      ...this.#used,
      ...memory,
      ...held,
      stalled,
      ...(turns > 0 && { turns }),
      ...this.#overhead.state,
    });
  }

  /** Of all threads of the process: µs that they have waited for this one, callbacks that Node made. */
  #total(of: 'stalled' | 'turns'): number {
    let sum = this.#past[of];
    for (const consumer of this.#consumers.values()) sum += consumer[of];
    return sum;
  }

  /** Bytes of this recorder that can be counted. */
  get #ownMemory(): number {
    let bytes = this.#left();
    for (const consumer of this.#consumers.values()) bytes += consumer.memory;
    return bytes;
  }

  #holdBudgets(now: Micros): void {
    if (now >= this.#nextSlowLook) {
      this.#nextSlowLook = now + SLOW_LOOK_MICROS;
      this.#rss = process.memoryUsage.rss();
      const shortage = this.#shortage() ?? this.#excess();
      if (shortage !== undefined) return this.#give(shortage);
    }
    if (!this.#budgets.isSet) return undefined;
    const { events, bytes } = this.#totals();
    const exceeded = this.#budgets.exceeded({ micros: now, memory: this.#rss, events, bytes });
    return exceeded === undefined ? undefined : this.#give(`limit ${exceeded}`);
  }

  /** Stops. What flight recorders hold is written down: it takes no memory then, and nobody knows what comes next. */
  #give(reason: string): void {
    this.#keep(reason);
    this.#stop(reason);
  }

  #excess(): string | undefined {
    const own = this.#ownMemory;
    const { own: allowed } = this.#memoryLimits;
    if (own <= allowed) return undefined;
    return `the recorder takes too much memory: ${mib(own)} of ${mib(allowed)}`;
  }

  #shortage(): string | undefined {
    try {
      const { bavail, blocks, bsize } = fs.statfsSync(this.#runDir);
      const wanted = Math.min(MIN_FREE_BYTES, blocks * bsize * MIN_FREE_SHARE);
      if (bavail * bsize >= wanted) return undefined;
      return `the disk is full: ${mib(bavail * bsize)} are free, recording leaves ${mib(wanted)}`;
    } catch {
      return undefined;
    }
  }

  handle(request: ControlRequest, siteCount: number): ControlResults[keyof ControlResults] {
    const now = micros();
    this.#learn(now, siteCount);
    switch (request.op) {
      case 'trace':
        this.#resume();
        return this.#keeper.trace(request, now);
      case 'traceTask':
        // Nothing would come of it.
        if (this.#stopped !== undefined) throw new Error(`recording was stopped: ${this.#stopped.reason}`);
        return this.tasks.trace(request, this.#keeper.nextTrace(), now);
      case 'stop':
        return this.tasks.stop(request.trace, now) ?? this.#keeper.stop(request.trace, now);
      case 'limits':
        if (request.sample !== undefined) this.tasks.sample(request.sample ?? 1);
        this.#budgets.set(request, now);
        this.#setBudget(this.#budgets.limits.cpu ?? undefined);
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

  #setBudget(percent: number | undefined): void {
    this.#overhead.budget = percent;
    if (percent === undefined) this.#keeper.hold('open', this.#overhead.release(), 'budget taken away');
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
      overhead: {
        cpuMs: this.#used.cpu / 1000,
        ownMs: this.#used.own / 1000,
        ...this.#overhead.state,
      },
      memory: { rss: process.memoryUsage.rss(), recorder: this.#ownMemory },
      held: this.#heldLoops(),
      ...this.#totals(),
      ...(this.tasks.rate === undefined ? {} : { sampleRate: this.tasks.rate }),
      traces: [...keeper.traces(now), ...this.tasks.traces(now)].toSorted((a, b) => a.trace - b.trace),
    };
  }

  #heldLoops(): HeldLoopState[] {
    if (this.#stopped !== undefined || !this.#hasCalls) return [];
    return [...this.#consumers]
      .filter(([, { held, closed }]) => !closed && held.lasts >= HELD_MICROS)
      .map(([thread, { held, outermostSite: site }]) => ({
        thread,
        ms: held.lasts / 1000,
        ...this.#keeper.nameOf(site),
        ...this.#index.fileOf(site),
      }));
  }

  #totals(): { events: number; bytes: number; lost: number } {
    const { words: _words, stalled: _stalled, turns: _turns, ...total } = this.#past;
    for (const consumer of this.#consumers.values())
      for (const what of ['events', 'bytes', 'lost'] as const) total[what] += consumer[what];
    return total;
  }

  /** Sites are numbered a little before their file is written down, if it is. */
  #learn(now: Micros, siteCount: number): void {
    if (siteCount !== this.#knownSites) {
      this.#knownSites = siteCount;
      this.#learnUntil = now + LEARN_MICROS;
    }
    if (now < this.#learnUntil && this.#index.sites < siteCount - 1)
      this.#keeper.learn(this.#index.refresh());
  }

  /** All gates close. What began before them may tell of its end, and of nothing else. */
  #stop(reason: string): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = { at: Date.now(), reason };
    this.#keeper.set('off', reason);
    this.#overhead.release();
    this.tasks.stopAll();
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
