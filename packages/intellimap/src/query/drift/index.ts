/** Question: what does a run do otherwise than another one? Earlier runs of the same command tell what differs anyhow. */
import type { ReadingSession } from '../../store/index.ts';
import { type RunRow, resolveRun, type Session } from '../session.ts';
import { countChanges, edgeChanges, functionChanges } from './calls.ts';
import type { Change, Pair, Thresholds } from './change.ts';
import { latencyChanges, selfChanges, taskChanges } from './latency.ts';
import { errorChanges, importChanges, orderChanges } from './others.ts';
import { snapshotOf, WHOLE } from './snapshot.ts';

export type { Change, Pair } from './change.ts';

export interface Drift {
  /** Id of the run that this one is compared with. */
  other: string;
  /** ms since the epoch */
  otherAt: number;
  /** Earlier runs that were looked at besides. */
  history: string[];
  /** What makes the two hard to compare, as sentences without their final stops. */
  doubts: string[];
  /** Weightiest first. */
  changes: Change[];
}

/**
 * @param other id of a run, or a unique beginning of one; by default the newest earlier complete run of the same command and tier, of which nothing was let go unless of this one, too
 * @returns null when there is none
 */
export async function drift(session: Session, other?: string): Promise<Drift | null> {
  const compared = await pairOf(session, other);
  if (compared === null) return null;
  const { pair, chosen } = compared;
  return {
    other: chosen.id,
    otherAt: chosen.ts,
    history: pair.history.map(({ id }) => id),
    doubts: doubtsOf(session.run, chosen, pair),
    changes: changesOf(pair, session.settings.drift),
  };
}

/** The runs that are compared, read. @param other as `drift` takes it */
export async function pairOf(
  { db, run, settings }: Session,
  other?: string,
): Promise<{ pair: Pair; chosen: RunRow } | null> {
  const chosen = other === undefined ? await defaultOther(db, run) : await resolveRun(db, other);
  if (chosen === null) return null;
  const past = await historyOf(db, run, chosen, settings.drift.history);
  const pair = {
    now: await snapshotOf(db, run.id),
    before: await snapshotOf(db, chosen.id),
    history: await inTurn(past, (id) => snapshotOf(db, id)),
  };
  return { pair, chosen };
}

export function changesOf(pair: Pair, thresholds: Thresholds): Change[] {
  const self = selfChanges(pair, thresholds);
  const own = new Set(self.map(({ key, what }) => `${key}\n${what}`));
  const edges = edgeChanges(pair);
  const otherCallers = new Set(edges.map(({ key }) => key.split('\n')[1]));
  const all = [
    ...errorChanges(pair, thresholds),
    ...functionChanges(pair),
    ...edges,
    ...countChanges(pair, thresholds),
    ...self,
    // Where the callee's own time says it, the edge need not.
    ...latencyChanges(pair, thresholds).filter(({ key, what }) => !own.has(`${key.split('\n')[1]}\n${what}`)),
    ...taskChanges(pair, thresholds),
    ...importChanges(pair),
    // Who is called by others than before is called at another time.
    ...orderChanges(pair).filter(({ key }) => !otherCallers.has(key)),
  ];
  return all.toSorted((a, b) => weight(b) - weight(a));
}

const KINDS: Record<Change['kind'], number> = { error: 8, function: 7, edge: 6, calls: 5, task: 4, latency: 4, self: 4, import: 2, order: 1 }; // prettier-ignore
const SURE: Record<Change['confidence'], number> = { certain: 2, likely: 1, possible: 0 };

/** What behaves otherwise though nobody changed it comes before what somebody wrote; a bigger factor before a smaller one. */
function weight({ kind, because, confidence, before, now, what }: Change): number {
  const factor =
    before === null || now === null ? 1 : Math.max(now, before) / Math.max(1e-9, Math.min(now, before));
  const isNewError = kind === 'error' && what === 'added';
  return (
    (isNewError ? 1000 : 0) +
    (because === 'behaviour' ? 100 : 0) +
    10 * KINDS[kind] +
    4 * SURE[confidence] +
    Math.min(3, Math.log10(factor))
  );
}

function doubtsOf(run: RunRow, other: RunRow, { now, before }: Pair): string[] {
  const doubts: string[] = [];
  if (run.tier !== other.tier) doubts.push(`tiers differ: ${other.tier} before, ${run.tier} now`);
  if (run.command !== other.command)
    doubts.push(`commands differ: ${words(other.command)} before, ${words(run.command)} now`);
  if (run.env !== other.env) doubts.push('they ran on different versions or machines');
  for (const [name, one] of [['this run', now], ['the other run', before]] as const)
    if (!one.isWhole) doubts.push(`part of ${name} is missing (sampled, let go, lost or cut off)`); // prettier-ignore
  return doubts;
}

const words = (command: string): string => (JSON.parse(command) as string[]).join(' ');

/** What a flight recorder or sampling left out of a run would be told as removed from it, so such runs stand in for others of their kind only. */
const FIT = `r.command = $command AND r.tier = $tier AND r.complete AND epoch_ms(r.ts) <= $ts
  AND (${WHOLE} OR NOT (SELECT ${WHOLE} FROM all_runs.runs r WHERE r.id = $id))`;

async function defaultOther(db: ReadingSession, run: RunRow): Promise<RunRow | null> {
  const [found] = await db.all<RunRow>(
    `SELECT r.* FROM all_runs.runs r WHERE ${FIT} AND r.id <> $id ORDER BY r.ts DESC, r.id DESC LIMIT 1`,
    { command: run.command, tier: run.tier, id: run.id, ts: run.ts },
  );
  return found ?? null;
}

/** Complete runs of the command before the one that is compared with, newest first. */
async function historyOf(db: ReadingSession, run: RunRow, other: RunRow, limit: number): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `SELECT r.id FROM all_runs.runs r WHERE ${FIT} AND r.id NOT IN ($id, $other) ORDER BY r.ts DESC, r.id DESC LIMIT $limit`,
    {
      command: other.command,
      tier: other.tier,
      id: run.id,
      other: other.id,
      ts: Math.min(run.ts, other.ts),
      limit,
    },
  );
  return rows.map(({ id }) => id);
}

async function inTurn<T, R>(all: readonly T[], ask: (each: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (const each of all) answers.push(await ask(each));
  return answers;
}
