/** Calls that went alike are one variant: what came several times in a row is told once, however often. Pure. */
import type { TraceEnd } from '../../base/call-trace.ts';

/** What happened, or a run of the same, once and again. */
export type Part = { readonly event: number } | { readonly again: readonly Part[] };

export interface Variant {
  /** The same of all calls that went alike. */
  readonly key: string;
  readonly parts: readonly Part[];
  readonly end: TraceEnd;
  calls: number;
  /** One of them. */
  readonly thread: number;
  readonly call: number;
  /** ms; null: none of them ended. */
  p50: number | null;
  p95: number | null;
}

interface Seen {
  readonly events: readonly number[];
  readonly end: TraceEnd;
  readonly count: number;
  readonly thread: number;
  readonly call: number;
  readonly ms: readonly number[];
}

/** @param name of what happened, the same in every run @returns most calls first */
export function variantsOf(sequences: readonly Seen[], name: (event: number) => string): Variant[] {
  const byKey = new Map<string, { variant: Variant; ms: number[] }>();
  for (const { events, end, count, thread, call, ms } of sequences) {
    const parts = folded(events);
    const key = `${parts.map((part) => keyOf(part, name)).join(' ')} ${end}`;
    let known = byKey.get(key);
    if (known === undefined) {
      const variant = { key, parts, end, calls: 0, thread, call, p50: null, p95: null };
      byKey.set(key, (known = { variant, ms: [] }));
    }
    known.variant.calls += count;
    for (const each of ms) known.ms.push(each);
  }
  for (const { variant, ms } of byKey.values()) {
    const sorted = Float64Array.from(ms).toSorted();
    variant.p50 = nearestRank(sorted, 0.5);
    variant.p95 = nearestRank(sorted, 0.95);
  }
  return [...byKey.values()].map(({ variant }) => variant).toSorted((a, b) => b.calls - a.calls);
}

/** The least that a share of them is not above; null: there are none. */
const nearestRank = (sorted: Float64Array, share: number): number | null =>
  sorted.length === 0 ? null : sorted[Math.ceil(share * sorted.length) - 1];

const keyOf = (part: Part, name: (event: number) => string): string =>
  'event' in part ? name(part.event) : `(${part.again.map((each) => keyOf(each, name)).join(' ')})+`;

/** Longest run of different things that is looked for again. */
const LONGEST = 12;

/** `a b a b c` → `(a b)+ c`. Short runs first, until there are none. */
export function folded(events: readonly number[]): Part[] {
  let tokens = events.map((event): Token => ({ key: String(event), part: { event } }));
  for (let length = 1; length <= LONGEST; length++) {
    const shorter = withoutRuns(tokens, length);
    if (shorter.length === tokens.length) continue;
    tokens = shorter;
    // What is a run now may be part of another one.
    length = 0;
  }
  return tokens.map(({ part }) => part);
}

interface Token {
  readonly key: string;
  readonly part: Part;
}

function withoutRuns(tokens: readonly Token[], length: number): Token[] {
  const shorter: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    let end = at + length;
    while (isSame(tokens, at, end, length)) end += length;
    if (end === at + length) shorter.push(tokens[at++]);
    else {
      const run = tokens.slice(at, at + length);
      // A run of runs is one.
      const [only] = run;
      const isRun = length === 1 && 'again' in only.part;
      shorter.push(isRun ? only : { key: `(${run.map(({ key }) => key).join(' ')})+`, part: { again: run.map(({ part }) => part) } });
      at = end;
    }
  }
  return shorter;
} // prettier-ignore

function isSame(tokens: readonly Token[], at: number, other: number, length: number): boolean {
  if (other + length > tokens.length) return false;
  for (let k = 0; k < length; k++) if (tokens[at + k].key !== tokens[other + k].key) return false;
  return true;
}
