/** Which runs the map is made of. */
import { choose, useSelection } from '../../../state/selection.ts';
import { OPTION } from '../model/items.ts';
import { COMPARE } from '../use-compared.ts';

const RUNS = [
  [null, 'This run', 'What the chosen run did'],
  ['command', 'Runs like it', 'The last 20 runs of the same command, up to this one, together'],
  ['all', 'All runs', 'The last 20 runs of the workspace, up to this one, together'],
] as const;

export function RunsButtons({ runs }: { runs: number }) {
  const over = useSelection(({ options }) => (options[COMPARE] === '1' ? undefined : options[OPTION.over]));
  return (
    <div className="segments" role="group" aria-label="Runs that the map is made of">
      {RUNS.map(([id, title, meaning]) => (
        <button
          key={title}
          aria-pressed={(over ?? null) === id}
          title={meaning}
          onClick={() => choose({ [OPTION.over]: id, [COMPARE]: null })}
        >
          {title}
          {id !== null && id === over && runs > 1 && ` (${runs})`}
        </button>
      ))}
    </div>
  );
}
