/** How many changes there are of each kind; each is a filter of the table. */
import { choose, selection, useSelection } from '../../../state/selection.ts';
import { count } from '../../../text/format.ts';
import { type Change, countsOf } from '../changes/groups.ts';
import { OPTION } from '../options.ts';

export function Groups({ changes }: { changes: readonly Change[] }) {
  const chosen = useSelection(({ options }) => options[OPTION.group]);
  const all = countsOf(changes);
  if (all.length === 0) return null;
  return (
    <div className="compare-kinds" role="group" aria-label="Changes by kind: one shows only those">
      {all.map(({ group, count: number }) => (
        <button
          key={group.id}
          className={`kind ${group.id}`}
          aria-pressed={chosen === group.id}
          onClick={() => showGroup(group.id)}
        >
          <span aria-hidden>{group.sign}</span>
          <b>{count(number)}</b> {group.title}
        </button>
      ))}
    </div>
  );
}

/** Once more: all of them again. */
function showGroup(id: string): void {
  const isOn = selection.getState().options[OPTION.group] === id;
  choose({ [OPTION.group]: isOn ? null : id, [OPTION.view]: null });
}
