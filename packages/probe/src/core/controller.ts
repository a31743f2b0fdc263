/**
 * Holds what recording costs a process to a part of what the program itself uses of the processors: who is called most often for what a call is
 * worth is counted from then on, and told again when there is room. Counted functions tell how often they are called, so that what telling them
 * would cost is known beforehand. Pure.
 */
import type { CallCosts } from '../wire/registry.ts';
import { Kind, operandsOf, type SiteId } from '../wire/words.ts';

type Micros = number;

/** The process up to now. */
export interface Use {
  micros: Micros;
  /** µs of processors that all its threads took. */
  cpu: Micros;
  /** Of these, what the recorder's threads took. */
  own: Micros;
  /** Ring words that were read. */
  words: number;
}

export interface Decision {
  /** Counted from now on; told again. */
  gate: 'count' | 'open';
  sites: SiteId[];
  /** What recording cost before that, of the program's own time. */
  percent: number;
}

/** Older calls count less and less: by half after 0.35 s of processor time. */
const MEMORY_MICROS = 500_000;
/** What is aimed at, of the budget. */
const TARGET = 0.9;
/** Functions are told again when the cost is below this part of the budget, once in so long. */
const ROOM = 0.8;
const PROMOTE_MICROS = 1_000_000;
/** Who was counted stays so for so long; each time for twice as long, up to 64 times. */
const CALM_MICROS = 2_000_000;
const MAX_DOUBLINGS = 6;
/** Words of a call that suspends: twice begin, suspension, return and end, of three each. */
const FRAME_WORDS = 12;
const CALL_WORDS = 2;
/** Calibrated costs are too high for some code: so much of the time is the program's own at least. */
const MIN_PLAIN = 0.02;
/** Thousands of calls: fewer are none. */
const NEGLIGIBLE = 1e-6;
/** Functions that cost this part of the budget together are told, whatever else costs: to count them would save nothing. */
const LEAST_TOLD = 0.05;

interface Candidate {
  site: SiteId;
  /** µs that telling it costs more than counting it, in the time that is remembered. */
  extra: number;
}

/** Calls by site: lately, and in the time that is remembered. */
class Calls {
  latest: Float64Array = new Float64Array(1024);
  remembered: Float64Array = new Float64Array(1024);

  add(site: SiteId, calls: number): void {
    if (site >= this.latest.length) this.#grow(site);
    this.latest[site] += calls;
  }

  remember(kept: number, sites: number): void {
    const { latest, remembered } = this;
    const end = Math.min(sites, latest.length);
    for (let site = 0; site < end; site++) remembered[site] = remembered[site] * kept + latest[site];
    latest.fill(0, 0, end);
  }

  #grow(site: SiteId): void {
    const larger = (calls: Float64Array): Float64Array => {
      const room = new Float64Array(2 ** Math.ceil(Math.log2(site + 1)));
      room.set(calls);
      return room;
    };
    this.latest = larger(this.latest);
    this.remembered = larger(this.remembered);
  }
}

export class Controller {
  /** Percent of the program's own time; undefined: nothing is held. */
  budget: number | undefined;
  /** What recording costs as gates are now, of the program's own time. */
  percent: number | undefined;
  /** Part of it that no gate changes: the thread that reads, when it finds nothing. */
  idlePercent = 0;
  readonly #costs: CallCosts;
  readonly #told = new Calls();
  readonly #counted = new Calls();
  readonly #framed = new Set<SiteId>();
  readonly #demoted = new Set<SiteId>();
  readonly #calm = new Map<SiteId, { until: Micros; times: number }>();
  #before: Use | undefined;
  /** Of the time that is remembered. */
  #cpu: Micros = 0;
  #own: Micros = 0;
  #words = 0;
  #sites = 0;
  #promoteAt: Micros = 0;

  constructor(costs: CallCosts, budget?: number) {
    this.#costs = costs;
    this.budget = budget;
  }

  /** Sees words of a thread. @param weight they are a sample of so many times as many */
  see(words: Int32Array, from: number, to: number, weight: number): void {
    for (let at = from; at < to; at += 1 + operandsOf[words[at] & 15]) {
      const kind = words[at] & 15;
      if (kind !== Kind.ENTER && kind !== Kind.FRAME_ENTER) continue;
      const site = words[at] >>> 4;
      this.seeTold(site, weight);
      if (kind === Kind.FRAME_ENTER) this.#framed.add(site);
    }
  }

  /** Sees calls that are told, by words or as edges. */
  seeTold(site: SiteId, calls: number): void {
    this.#told.add(site, calls);
    if (site >= this.#sites) this.#sites = site + 1;
  }

  seeCounted(site: SiteId, calls: number): void {
    this.#counted.add(site, calls);
    if (site >= this.#sites) this.#sites = site + 1;
  }

  /** @param isFree whether the function's gate is the controller's to set: not if it has none, or a trace wants it open */
  decide(use: Use, isFree: (site: SiteId) => boolean): Decision | undefined {
    const before = this.#before;
    this.#before = use;
    if (before === undefined) {
      for (const calls of [this.#told, this.#counted]) calls.latest.fill(0);
      return undefined;
    }
    this.#remember(use, before);
    const { plain, fixed, candidates } = this.#survey(isFree);
    let cost = fixed;
    for (const { site, extra } of candidates) if (!this.#demoted.has(site)) cost += extra;
    const percent = (100 * cost) / plain;
    this.percent = percent;
    this.idlePercent = (100 * this.#idle) / plain;
    const { budget } = this;
    if (budget === undefined) return undefined;
    const allowed = (budget / 100) * plain;
    const least = LEAST_TOLD * allowed;
    const fitting = Math.max(TARGET * allowed - fixed, least);
    const less =
      percent > budget
        ? this.#demote(candidates, within(candidates, fitting), percent, use.micros)
        : undefined;
    if (less !== undefined || use.micros < this.#promoteAt) return less;
    const hasRoom = percent <= ROOM * budget;
    return this.#promote(candidates, within(candidates, hasRoom ? fitting : least), percent, use.micros);
  }

  /** Functions that are counted. */
  get demoted(): number {
    return this.#demoted.size;
  }

  /** Holds nobody any more. Returns those who were counted. */
  release(): SiteId[] {
    const sites = [...this.#demoted];
    this.#demoted.clear();
    return sites;
  }

  /** µs that the recorder's threads took for other things than words. */
  get #idle(): Micros {
    return Math.max(0, this.#own - (this.#words * this.#costs.read) / 1000);
  }

  #remember(use: Use, before: Use): void {
    const cpu = use.cpu - before.cpu;
    const kept = Math.exp(-cpu / MEMORY_MICROS);
    this.#cpu = this.#cpu * kept + cpu;
    this.#own = this.#own * kept + use.own - before.own;
    this.#words = this.#words * kept + use.words - before.words;
    this.#told.remember(kept, this.#sites);
    this.#counted.remember(kept, this.#sites);
  }

  /** µs of the time that is remembered: the program's own; what recording costs with all that is free counted; what each adds that is not. */
  #survey(isFree: (site: SiteId) => boolean): { plain: number; fixed: number; candidates: Candidate[] } {
    const { closed, hit, read } = this.#costs;
    const candidates: Candidate[] = [];
    let fixed = this.#idle;
    let paid = this.#own;
    for (let site = 1; site < this.#sites; site++) {
      const told = (this.#told.remembered[site] ?? 0) / 1000;
      const counted = (this.#counted.remembered[site] ?? 0) / 1000;
      const calls = told + counted;
      if (calls < NEGLIGIBLE) continue;
      const isFramed = this.#framed.has(site);
      const toTell = isFramed ? this.#costs.framed : this.#costs.told;
      const toRead = (isFramed ? FRAME_WORDS : CALL_WORDS) * read;
      const gated = isFree(site);
      const toCount = gated ? closed : hit;
      paid += told * toTell + counted * toCount;
      if (gated) candidates.push({ site, extra: calls * (toTell + toRead - closed) });
      fixed += gated ? calls * closed : told * (toTell + toRead) + counted * hit;
    }
    return { plain: Math.max(MIN_PLAIN * this.#cpu, this.#cpu - paid), fixed, candidates };
  }

  #demote(candidates: Candidate[], chosen: Set<SiteId>, percent: number, now: Micros): Decision | undefined {
    const sites = candidates
      .map(({ site }) => site)
      .filter((site) => !chosen.has(site) && !this.#demoted.has(site));
    for (const site of sites) {
      this.#demoted.add(site);
      const times = Math.min((this.#calm.get(site)?.times ?? -1) + 1, MAX_DOUBLINGS);
      this.#calm.set(site, { until: now + CALM_MICROS * 2 ** times, times });
    }
    if (sites.length === 0) return undefined;
    this.#promoteAt = now + PROMOTE_MICROS;
    return { gate: 'count', sites, percent };
  }

  #promote(candidates: Candidate[], chosen: Set<SiteId>, percent: number, now: Micros): Decision | undefined {
    // Who is not called any more costs nothing.
    const busy = new Set(candidates.map(({ site }) => site));
    const sites = [...this.#demoted].filter(
      (site) => (chosen.has(site) || !busy.has(site)) && this.#calm.get(site)!.until <= now,
    );
    for (const site of sites) this.#demoted.delete(site);
    this.#promoteAt = now + PROMOTE_MICROS;
    return sites.length > 0 ? { gate: 'open', sites, percent } : undefined;
  }
}

/** Those that cost least, as many as fit: the most functions for the money. */
function within(candidates: Candidate[], allowed: number): Set<SiteId> {
  const chosen = new Set<SiteId>();
  let left = allowed;
  for (const { site, extra } of candidates.toSorted((a, b) => a.extra - b.extra)) {
    left -= extra;
    if (left < 0) break;
    chosen.add(site);
  }
  return chosen;
}
