/** What flags said, and which of their sides ran. Pure. */
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';

type Flag = Findings.FlagFinding;
type Side = 'on' | 'off' | 'other';

const ON = new Set(['true', '1', '"1"', '"true"', '"on"', '"yes"']);
const OFF = new Set(['false', '0', '"0"', '"false"', '"off"', '"no"', 'null', 'undefined', '""']);

/** Of a value as JSON; null: the variable was not set. */
export const sideOf = (value: string | null): Side =>
  value === null || OFF.has(value) ? 'off' : ON.has(value) ? 'on' : 'other';

export interface Said {
  /** Answers of this run, or runs of a variable. */
  hits: number;
  values: string[];
}

/** What a flag said, by what that means. */
export function saidBy({ flag, inRuns }: Flag): Record<Side, Said> {
  const said: Record<Side, Said> = {
    on: { hits: 0, values: [] },
    off: { hits: 0, values: [] },
    other: { hits: 0, values: [] },
  };
  for (const { value, reads, runs } of flag.values) add(said[sideOf(value)], reads > 0 ? reads : runs, value);
  for (const { value, runs } of inRuns) add(said[sideOf(value)], runs.length, value ?? 'not set');
  return said;
}

function add(said: Said, hits: number, value: string): void {
  said.hits += hits;
  said.values.push(value);
}

export type FlagSide = Flag['uses'][number]['sides'][number];

/** Nothing that was recorded tells whether it was taken. */
export const isUnknown = ({ passes, runsTaken }: FlagSide): boolean => passes === null && runsTaken === 0;

/** Sides of the places that read it: how many ran, of how many that is known. */
export function sidesOf({ uses }: Flag): { ran: number; all: number } {
  const sides = uses.flatMap((use) => use.sides).filter((side) => !isUnknown(side));
  return { ran: sides.filter(({ runsTaken }) => runsTaken > 0).length, all: sides.length };
}
