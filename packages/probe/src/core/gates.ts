/**
 * Who may be told: decides over the gates of all functions in all threads of a process. Lives with the reader, on another thread than the
 * program; a gate is a byte in shared memory, and takes effect at the next call.
 */
import {
  MAX_TRACES,
  TRACE_CALLS,
  TRACE_SECONDS,
  type TraceRequest,
  type TraceState,
} from '../wire/control.ts';
import { Gate, GATE_MASK, GATE_NAMES, gateNamed, MAX_COUNTED_SITES, type GateName } from '../wire/ring.ts';
import { Kind, operandsOf, type SiteId } from '../wire/words.ts';
import { timeGates } from './timed-gates.ts';

type Micros = number;

/** A function that has a gate. */
export interface GatedFunction {
  site: SiteId;
  file: string;
  name: string;
}

/** What changed, for the recording. */
export interface GateChange {
  gate: GateName;
  /** Functions; all there are and will be: undefined. */
  sites?: SiteId[];
  reason: string;
}

interface Trace {
  number: number;
  label: string;
  files: RegExp[];
  names: RegExp[] | undefined;
  sites: Set<SiteId>;
  calls: number;
  maxCalls: number;
  endsAt: Micros;
}

export class GateKeeper {
  /** What functions begin with. */
  base: GateName;
  readonly #threads = new Set<Uint8Array>();
  readonly #functions: GatedFunction[] = [];
  readonly #gated = new Set<SiteId>();
  readonly #traces = new Map<number, Trace>();
  /** By gate: number of the traces that want it open. */
  readonly #wanted = new Uint8Array(MAX_COUNTED_SITES);
  /** Functions that are counted, for the sake of a budget, where they would be told. */
  readonly #demoted = new Set<SiteId>();
  readonly #changed: (change: GateChange) => void;
  #lastTrace = 0;

  constructor(base: GateName, changed: (change: GateChange) => void) {
    this.base = base;
    this.#changed = changed;
  }

  /** Gates of a thread that begins. */
  adopt(gates: Uint8Array): void {
    this.#threads.add(gates);
    // Filling takes a megabyte of memory; gate 0 is nobody's.
    const base = gateNamed(this.base);
    if (gates[0] !== base) gates.fill(base);
    for (const site of this.#demoted) gates[site & GATE_MASK] = Gate.COUNT;
    for (const trace of this.#traces.values())
      for (const site of trace.sites) gates[site & GATE_MASK] = Gate.OPEN;
  }

  release(gates: Uint8Array): void {
    this.#threads.delete(gates);
  }

  /** Functions that were loaded in the meantime. */
  learn(functions: readonly GatedFunction[]): void {
    for (const each of functions) {
      this.#functions.push(each);
      this.#gated.add(each.site);
    }
    for (const trace of this.#traces.values()) this.#open(trace, functions);
  }

  nameOf(site: SiteId): { name?: string } {
    const name = this.#functions.find((each) => each.site === site)?.name;
    return name === undefined ? {} : { name };
  }

  /** A trace of another kind begins. */
  nextTrace(): number {
    return ++this.#lastTrace;
  }

  get hasTraces(): boolean {
    return this.#traces.size > 0;
  }

  /** @throws Error with a sentence when a pattern is none, or there are too many traces. */
  trace(request: TraceRequest, now: Micros): TraceState {
    if (this.#traces.size >= MAX_TRACES) throw new Error(`there are ${MAX_TRACES} traces already`);
    const { files, names, seconds = TRACE_SECONDS, calls = TRACE_CALLS, label } = request;
    const trace: Trace = {
      number: this.nextTrace(),
      label: label ?? [...files, ...(names ?? [])].join(' '),
      files: files.map(pattern),
      names: names?.map(pattern),
      sites: new Set(),
      calls: 0,
      maxCalls: calls,
      endsAt: now + seconds * 1e6,
    };
    this.#traces.set(trace.number, trace);
    this.#open(trace, this.#functions);
    return stateOf(trace, now);
  }

  /** @throws Error with a sentence when there is no such trace. */
  stop(number: number, now: Micros, reason = 'stopped'): TraceState {
    const trace = this.#traces.get(number);
    if (trace === undefined) throw new Error(`there is no trace ${number}`);
    this.#traces.delete(number);
    const closed = [...trace.sites].filter((site) => --this.#wanted[site & GATE_MASK] === 0);
    const why = `trace ${number} ${reason}: ${trace.label}`;
    const demoted = closed.filter((site) => this.#demoted.has(site));
    this.#set(demoted, 'count', why);
    this.#set(
      closed.filter((site) => !this.#demoted.has(site)),
      this.base,
      why,
    );
    return stateOf(trace, now);
  }

  /** Traces whose time is over or that have seen enough end. */
  expire(now: Micros): void {
    for (const { number, endsAt, calls, maxCalls } of this.#traces.values()) {
      if (calls >= maxCalls) this.stop(number, now, 'saw enough');
      else if (now >= endsAt) this.stop(number, now, 'expired');
    }
  }

  traces(now: Micros): TraceState[] {
    return [...this.#traces.values()].map((trace) => stateOf(trace, now));
  }

  /** Counts the calls of traced functions. */
  see(words: Int32Array, from: number, to: number): void {
    const wanted = this.#wanted;
    for (let at = from; at < to; at += 1 + operandsOf[words[at] & 15]) {
      const kind = words[at] & 15;
      if (kind !== Kind.ENTER && kind !== Kind.FRAME_ENTER) continue;
      const site = words[at] >>> 4;
      if (wanted[site & GATE_MASK] === 0) continue;
      for (const trace of this.#traces.values()) if (trace.sites.has(site)) trace.calls++;
    }
  }

  /** The same, of calls that are told as edges. */
  seeCalls(site: SiteId, calls: number): void {
    if (this.#wanted[site & GATE_MASK] === 0) return;
    for (const trace of this.#traces.values()) if (trace.sites.has(site)) trace.calls += calls;
  }

  /** Whether a function has a gate that is open, or would be but for a budget, and no trace wants it so. */
  isFree(site: SiteId): boolean {
    return this.base === 'open' && this.#gated.has(site) && this.#wanted[site & GATE_MASK] === 0;
  }

  /** Counts functions that are free, or tells them again. */
  hold(gate: 'count' | 'open', sites: SiteId[], reason: string): void {
    for (const site of sites)
      if (gate === 'count') this.#demoted.add(site);
      else this.#demoted.delete(site);
    this.#set(
      sites.filter((site) => this.isFree(site)),
      gate,
      reason,
    );
  }

  /** Functions that are told shall tell when they begin, too, if they are called rarely; to be called every so often, as threads take it back. */
  time(siteCount: number, isRare: (site: SiteId) => boolean): void {
    for (const gates of this.#threads) timeGates(gates, 1, siteCount, isRare);
  }

  /** All gates, now and of what comes later, whatever traces want: they end. */
  set(base: GateName, reason: string): void {
    this.base = base;
    this.#traces.clear();
    this.#wanted.fill(0);
    this.#demoted.clear();
    for (const gates of this.#threads) gates.fill(gateNamed(base));
    this.#changed({ gate: base, reason });
  }

  /** Functions by the state of their gate in a thread. */
  census(gates: Uint8Array): Record<GateName, number> {
    const found = { open: 0, count: 0, off: 0 };
    for (const { site } of this.#functions) found[GATE_NAMES[gates[site & GATE_MASK]] ?? 'open']++;
    return found;
  }

  #open(trace: Trace, functions: readonly GatedFunction[]): void {
    const matching = functions
      .filter(({ file, name }) => matches(trace.files, file) && (!trace.names || matches(trace.names, name)))
      .map(({ site }) => site)
      .filter((site) => !trace.sites.has(site));
    for (const site of matching) {
      trace.sites.add(site);
      this.#wanted[site & GATE_MASK]++;
    }
    this.#set(matching, 'open', `trace ${trace.number}: ${trace.label}`);
  }

  #set(sites: SiteId[], gate: GateName, reason: string): void {
    if (sites.length === 0) return;
    for (const gates of this.#threads) for (const site of sites) gates[site & GATE_MASK] = gateNamed(gate);
    this.#changed({ gate, sites, reason });
  }
}

const matches = (patterns: RegExp[], text: string): boolean => patterns.some((each) => each.test(text));

function pattern(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new Error(`not a regular expression: ${source}`, { cause: error });
  }
}

const stateOf = (trace: Trace, now: Micros): TraceState => ({
  trace: trace.number,
  label: trace.label,
  functions: trace.sites.size,
  calls: trace.calls,
  maxCalls: trace.maxCalls,
  secondsLeft: Math.max(0, (trace.endsAt - now) / 1e6),
});
