/** The drain's side of the overhead controller: shows it what the threads call, and what the process takes of the processors. */
import { Controller, type Decision } from '../core/controller.ts';
import type { Overhead } from '../wire/control.ts';
import type { CallCosts } from '../wire/registry.ts';
import type { SiteId } from '../wire/words.ts';
import type { RingConsumer } from './consume.ts';
import { usedMicros } from './cpu-time.ts';

type Micros = number;

/** Between two decisions, and where looking is what costs: it is slowed down so much, and so few words come. */
const DECIDE_MICROS = 100_000;
const QUIET_MICROS = 500_000;
const SLOW = 16;
const FEW_WORDS_A_SECOND = 20_000;
/**
 * Part of the budget that looking without finding anything may take; who is below a fourth of it may look more often again. It is half of what looking costs: the
 * program's thread, whose caches are another's then, takes about as much again.
 */
const IDLE_SHARE = 0.125;
const SLACKER = 4;
/** From a look a ms to the fewest that there may be. */
const MAX_SLOWNESS = 128;
const PACE_MICROS = 500_000;
/** Of a thread that writes as fast as it is read, one batch in so many is looked at. */
const SAMPLE = 8;
/** Where nothing was calibrated: measured on an ordinary machine. */
const USUAL_COSTS: CallCosts = { told: 5, framed: 400, closed: 2, hit: 0.5, read: 6 };

/** The process as the drain sees it. */
interface Look {
  now: Micros;
  /** What this thread has worked, for systems that do not tell its processor time. */
  busy: Micros;
  /** Ring words that were read. */
  words: number;
  consumers: Iterable<RingConsumer>;
  siteCount: number;
  isFree: (site: SiteId) => boolean;
}

export class OverheadWatch {
  readonly #controller: Controller;
  /** Hits of each thread at the last look. */
  readonly #hits = new WeakMap<RingConsumer, Float64Array>();
  #nextDecision: Micros = 0;
  #decidedAt: Micros = 0;
  /** Read at the last decision. */
  #words = 0;
  #batches = 0;
  #nextPace: Micros = 0;
  #slowness = 1;

  constructor(budget: number | undefined, costs: CallCosts = USUAL_COSTS) {
    this.#controller = new Controller(costs, budget);
  }

  get isHeld(): boolean {
    return this.#controller.budget !== undefined;
  }

  set budget(percent: number | undefined) {
    this.#controller.budget = percent;
  }

  /** Words of a thread that are written down. */
  see(consumer: RingConsumer, words: Int32Array, from: number, to: number): void {
    const weight = consumer.isPressed ? SAMPLE : 1;
    if (weight === 1 || this.#batches++ % SAMPLE === 0) this.#controller.see(words, from, to, weight);
  }

  /** Calls of a thread that are told as edges. */
  seeCalls(site: SiteId, calls: number): void {
    this.#controller.seeTold(site, calls);
  }

  /** To be called often. */
  decide({ now, busy, words, consumers, siteCount, isFree }: Look): Decision | undefined {
    if (!this.isHeld || now < this.#nextDecision) return undefined;
    this.#nextDecision = now + DECIDE_MICROS;
    const elapsed = now - this.#decidedAt;
    const isQuiet = this.#slowness >= SLOW && (words - this.#words) * 1e6 < elapsed * FEW_WORDS_A_SECOND;
    if (isQuiet && elapsed < QUIET_MICROS) return undefined;
    this.#decidedAt = now;
    this.#words = words;
    for (const consumer of consumers) this.#seeHits(consumer, siteCount);
    const decision = this.#controller.decide({ micros: now, words, ...usedMicros(busy) }, isFree);
    if (now >= this.#nextPace) {
      this.#nextPace = now + PACE_MICROS;
      this.#pace();
    }
    return decision;
  }

  /** How many times as long as usual this thread may sleep between two looks, so that looking alone is no great part of the budget. */
  get slowness(): number {
    return this.isHeld ? this.#slowness : 1;
  }

  #pace(): void {
    const { budget, idlePercent } = this.#controller;
    const allowed = IDLE_SHARE * (budget ?? Infinity);
    if (idlePercent > allowed) this.#slowness = Math.min(MAX_SLOWNESS, this.#slowness * 2);
    else if (idlePercent * SLACKER < allowed) this.#slowness = Math.max(1, this.#slowness / 2);
  }

  /** Nothing where no budget is held. */
  get state(): Pick<Overhead, 'budget' | 'percent' | 'counted'> {
    const { budget, percent, demoted } = this.#controller;
    if (budget === undefined) return {};
    return {
      budget,
      counted: demoted,
      ...(percent === undefined ? {} : { percent: Math.round(percent * 100) / 100 }),
    };
  }

  /** Holds nobody any more. Returns those who were counted. */
  release(): SiteId[] {
    return this.#controller.release();
  }

  #seeHits(consumer: RingConsumer, siteCount: number): void {
    const { hits } = consumer;
    const count = Math.min(siteCount, hits.length);
    let seen = this.#hits.get(consumer);
    if (seen === undefined || seen.length < count) {
      const larger = new Float64Array(Math.min(hits.length, count * 2));
      if (seen !== undefined) larger.set(seen);
      this.#hits.set(consumer, (seen = larger));
    }
    for (let site = 0; site < count; site++) {
      const value = hits[site];
      if (value === seen[site]) continue;
      this.#controller.seeCounted(site, value - seen[site]);
      seen[site] = value;
    }
  }
}
