/** What runs tell of places where flags decide: how often each side was taken, and under which value. Pure. */
import { holdsFor } from '../../base/flag-conditions.ts';
import { groupedBy } from '../../base/groups.ts';
import { sum } from '../../base/numbers.ts';
import type {
  FlagLatency,
  FlagPair,
  FlagPaths,
  FlagRunBlock,
  FlagRunEdge,
  FlagRunFunction,
} from '../../query/index.ts';
import type { FlagLead, FlagLeads, FlagPlace } from './uses.ts';

export interface FlagUse extends Omit<FlagPlace, 'sides' | 'source' | 'name'> {
  /** Runs that know the function that reads as it is written now, the newest of them, and its calls in them. */
  runs: number;
  lastRun: string | null;
  calls: number;
  sides: FlagSide[];
}

export interface FlagSide extends Omit<FlagLeads, 'leadsTo'> {
  leadsTo: (FlagLead & {
    /** Calls from the function that reads; of a function that is merely named, or written there, all; null: no run tells. */
    calls: number | null;
  })[];
  /** How often it was taken: as V8 counted it, else at least, by calls of what only this side leads to; null: nothing recorded tells. */
  passes: number | null;
  /** Runs in which it was. */
  runsTaken: number;
  /** Calls of the function that reads which are known to have taken it, and half of them took at most this long; null: none is timed. */
  timed: { calls: number; medianMs: number } | null;
}

/** Runs that had a value, and what the functions that read it did in them. */
export interface ValueInRuns {
  /** As JSON; null: it was not set. */
  value: string | null;
  runs: string[];
  uses: {
    /** `FlagUse.id` */
    id: string;
    calls: number;
    /** Of one call, waiting included; null: no run took times. */
    meanMs: number | null;
    /** As `FlagSide.passes`, in the order of the sides. */
    taken: (number | null)[];
  }[];
}

export class Paths {
  private readonly functions: ReadonlyMap<string, FlagRunFunction>;
  private readonly runsOf: ReadonlyMap<string, FlagRunFunction[]>;
  private readonly edges: ReadonlyMap<string, FlagRunEdge[]>;
  private readonly blocks: ReadonlyMap<string, FlagRunBlock[]>;
  private readonly latency: ReadonlyMap<string, FlagLatency>;

  constructor({ functions, edges, blocks }: Omit<FlagPaths, 'values'>, latency: readonly FlagLatency[]) {
    this.functions = new Map(functions.map((row) => [keyOf(row.run, row.id), row]));
    this.runsOf = groupedBy(functions, ({ id }) => id);
    this.edges = groupedBy(edges, ({ run, src }) => keyOf(run, src));
    this.blocks = groupedBy(blocks, ({ run, id }) => keyOf(run, id));
    this.latency = new Map(latency.map((row) => [row.side, row]));
  }

  use({ source: _source, name: _name, sides, ...place }: FlagPlace): FlagUse {
    const runs = this.runsOf.get(place.reader.id) ?? [];
    return {
      ...place,
      runs: runs.length,
      lastRun: runs.at(-1)?.run ?? null,
      calls: sum(runs.map(({ hits }) => hits)),
      sides: sides.map((side, index) => this.side(place, side, index, runs)),
    };
  }

  private side(
    place: Pick<FlagPlace, 'id'>,
    whole: FlagLeads,
    index: number,
    runs: readonly FlagRunFunction[],
  ): FlagSide {
    const { leadsTo, ...side } = whole;
    const taken = runs.map((run) => this.taken(whole, run));
    const timed = this.latency.get(sideKey(place.id, index));
    return {
      ...side,
      leadsTo: leadsTo.map((lead) => ({ ...lead, calls: total(runs.map((run) => this.callsOf(lead, run))) })),
      passes: total(taken),
      runsTaken: taken.filter((count) => (count ?? 0) > 0).length,
      timed: timed === undefined ? null : { calls: timed.calls, medianMs: timed.medianMs },
    };
  }

  /** How often a run took a side: what V8 counted, else as far as calls show: of what only it leads to, the most frequent. */
  private taken({ leadsTo, line, column }: FlagLeads, run: FlagRunFunction): number | null {
    const covered = innermost(this.blocks.get(keyOf(run.run, run.id)) ?? [], line, column);
    if (covered !== undefined) return covered.count;
    const counts = leadsTo
      .filter(({ how, only }) => only && how !== 'refer')
      .map((lead) => ({ how: lead.how, count: this.callsOf(lead, run) }))
      // What is loaded may have been loaded by somebody else.
      .flatMap(({ how, count }) => (count === null || (how === 'load' && count > 0) ? [] : [count]));
    return counts.length === 0 ? null : Math.max(...counts);
  }

  private callsOf({ how, id, name }: FlagLead, { run, id: reader, hits, tier }: FlagRunFunction): number | null {
    const own = id === null ? undefined : this.functions.get(keyOf(run, id))?.hits;
    if (how === 'load') return own ?? 0;
    if (how !== 'call') return own ?? null;
    // What nobody called was not called from here either; who called the others, a minimal run does not tell.
    if (own === 0 || (hits === 0 && own !== undefined)) return 0;
    if (tier === 'minimal') return null;
    const edges = this.edges.get(keyOf(run, reader)) ?? [];
    if (id === null) {
      const named = edges.filter((edge) => edge.name.split('.').at(-1) === name);
      return named.length === 0 ? null : sum(named.map(({ count }) => count));
    }
    return own === undefined ? null : (edges.find(({ dst }) => dst === id)?.count ?? 0);
  } // prettier-ignore

  /** @param runs with the value; of each use, its runs among them */
  inRuns(value: string | null, runs: string[], places: readonly FlagPlace[]): ValueInRuns {
    const uses = places.map(({ id, reader, sides }) => {
      const known = (this.runsOf.get(reader.id) ?? []).filter(({ run }) => runs.includes(run));
      const timed = known.filter(({ totalMs }) => totalMs !== null);
      const calls = sum(timed.map(({ hits }) => hits));
      return {
        id,
        calls: sum(known.map(({ hits }) => hits)),
        meanMs: calls === 0 ? null : sum(timed.map(({ totalMs }) => totalMs!)) / calls,
        taken: sides.map((side) => total(known.map((run) => this.taken(side, run)))),
      };
    });
    return { value, runs, uses };
  }
}

const keyOf = (run: string, id: string): string => `${run}\0${id}`;

/** V8 has ranges only where counts differ: the innermost one around a place tells. */
function innermost(blocks: readonly FlagRunBlock[], line: number, column: number): FlagRunBlock | undefined {
  const around = blocks.filter(
    (each) =>
      isBefore(each.line, each.column, line, column) && !isBefore(each.endLine, each.endColumn, line, column),
  );
  return around.toSorted((a, b) => (isBefore(a.line, a.column, b.line, b.column) ? 1 : -1))[0];
}

/** Or there. */
const isBefore = (line: number, column: number, otherLine: number, otherColumn: number): boolean =>
  line < otherLine || (line === otherLine && column <= otherColumn);

/** Of what is known; null: nothing is. */
const total = (counts: readonly (number | null)[]): number | null => {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : sum(known);
};

const sideKey = (id: string, index: number): string => JSON.stringify([id, index]);

/** Whose calls tell how long the function that reads takes on each side. */
export const pairsOf = (places: readonly FlagPlace[]): FlagPair[] =>
  places.flatMap(({ id, reader, sides }) =>
    sides.flatMap(({ leadsTo }, index) =>
      leadsTo.flatMap((lead) =>
        lead.only && lead.how === 'call' && lead.id !== null
          ? [{ side: sideKey(id, index), reader: reader.id, callee: lead.id }]
          : [],
      ),
    ),
  );

/** Whether a side is the one for a value; null: the text does not tell. @param value null: not set */
export function isSideFor(use: Pick<FlagPlace, 'condition' | 'sides' | 'test'>, index: number, value: string | null): boolean | null {
  const { taken, cases } = use.sides[index];
  if (use.test === 'switch') {
    if (!use.condition.exact) return null;
    const given = value ?? use.condition.fallback ?? 'undefined';
    const named = use.sides.flatMap((side) => side.cases ?? []);
    return cases!.includes(given) || (taken === 'default' && !named.includes(given));
  }
  const holds = holdsFor(use.condition, value);
  return holds === null ? null : holds === (taken === 'holds');
} // prettier-ignore
