/** The run that the map compares with. */
import { useSelection } from '../../state/selection.ts';
import { chosenAmong, type RunLine, useWorkspace } from '../../state/run.ts';

/** Set when the map compares. */
export const COMPARE = 'compare';

export interface Compared {
  /** null: there is none to compare with. */
  other: RunLine | null;
  /** Why there is none. */
  why: string | null;
  isOn: boolean;
}

/** The chosen one; else the latest before this one, of the same command. */
export function useCompared(): Compared {
  const { data } = useWorkspace();
  const run = useSelection((selection) => selection.run);
  const against = useSelection((selection) => selection.against);
  const isWanted = useSelection((selection) => selection.options[COMPARE] === '1');
  if (data === undefined) return { other: null, why: 'The runs are not known yet', isOn: false };
  const now = chosenAmong(data.runs, run);
  const other = against === null ? likeBefore(data.runs, now) : chosenAmong(data.runs, against);
  const why = other === null ? 'There is no earlier run of the same command' : null;
  return { other, why, isOn: isWanted && other !== null };
}

function likeBefore(runs: readonly RunLine[], now: RunLine | null): RunLine | null {
  if (now === null) return null;
  const command = now.command.join('\0');
  const before = runs.filter(({ startedAt }) => startedAt < now.startedAt);
  return before.find((run) => run.command.join('\0') === command) ?? null;
}
