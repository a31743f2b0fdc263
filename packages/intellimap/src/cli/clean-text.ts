/** What `intellimap clean` says: for people, and as JSON (docs/schemas/clean.schema.json). Pure. */
import { sum } from '../base/numbers.ts';
import type { Reason } from '../record/retention.ts';
import type { CleanPlan } from './clean-up.ts';
import { counted, oneLine, size } from './format.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface CleanAnswer {
  /** Ids, oldest first. */
  removed: string[];
  reasons: Record<string, Reason>;
  /** How many are left. */
  kept: number;
  /** Those of them that stay whatever the limits say, and why. */
  held: Record<string, string>;
  freedBytes: number;
  /** Of the recordings that are left, and of the database. */
  bytes: number;
  databaseBytes: number;
  dryRun: boolean;
}

export const cleanAnswer = (
  { all, gone, databaseBytes }: CleanPlan,
  freedBytes: number,
  dryRun: boolean,
): CleanAnswer => {
  const left = all.filter(({ id }) => !gone.some((each) => each.id === id));
  return {
    removed: gone.map(({ id }) => id),
    reasons: Object.fromEntries(gone.map(({ id, reason }) => [id, reason])),
    kept: left.length,
    held: Object.fromEntries(left.flatMap(({ id, held }) => (held === null ? [] : [[id, held]]))),
    freedBytes,
    bytes: sum(left.map(({ bytes }) => bytes)),
    databaseBytes,
    dryRun,
  };
};

const REASONS: Record<Reason, string> = { count: 'too many', age: 'too old', size: 'too large together' };

export function cleanText(plan: CleanPlan, freed: number, dryRun: boolean, { paint }: Terminal): string {
  const { removed, reasons, kept, held, bytes } = cleanAnswer(plan, freed, dryRun);
  const sizes = new Map(plan.gone.map((each) => [each.id, each.bytes]));
  const list = removed.map((id) => [id, size(sizes.get(id) ?? 0), paint.dim(REASONS[reasons[id]])]);
  const stay = Object.entries(held).map(([id, why]) => [id, '', paint.dim(`stays, ${oneLine(why, 60)}`)]);
  const done = dryRun ? 'would be removed' : 'removed';
  const sentence =
    removed.length === 0
      ? `nothing to remove, ${kept} kept (${size(bytes)})`
      : `${done}: ${counted(removed.length, 'recording')}, ${size(freed)}; ${kept} kept (${size(bytes)})`;
  const rows = [...(dryRun ? list : []), ...(removed.length > 0 || dryRun ? stay : [])];
  return rows.length === 0 ? sentence : `${table(rows, { right: [1] })}\n${sentence}`;
}
