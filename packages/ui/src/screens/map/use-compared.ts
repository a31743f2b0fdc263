/** The run that the map compares with. */
import { runBefore } from '../../state/latest.ts';
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

/** The chosen one; else the one that Home and Compare take by themselves. */
export function useCompared(): Compared {
  const { data } = useWorkspace();
  const run = useSelection((selection) => selection.run);
  const against = useSelection((selection) => selection.against);
  const isWanted = useSelection((selection) => selection.options[COMPARE] === '1');
  if (data === undefined) return { other: null, why: 'The runs are not known yet', isOn: false };
  const now = chosenAmong(data.runs, run);
  const before = now && runBefore(data.runs, now);
  const other = against === null ? before : chosenAmong(data.runs, against);
  const why = other === null ? 'There is no earlier complete run of the same command and tier' : null;
  return { other, why, isOn: isWanted && other !== null };
}
