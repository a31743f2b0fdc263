/** Keys of the changes, also while the table has no focus. */
import type { Command } from '../../../commands/registry.ts';
import { steppedTo } from '../../../parts/table.tsx';
import { showOnMap } from '../../../state/moments.ts';
import { choose, go, selection } from '../../../state/selection.ts';
import { show } from '../commands.ts';
import { OPTION } from '../options.ts';
import { type Change, keyOf } from './groups.ts';

export function changeCommands(rows: readonly Change[], chooseChange: (change: Change) => void): Command[] {
  const command = (id: string, title: string, keys: string[], run: () => void): Command => ({ id: `compare.changes.${id}`, title, group: 'Changes', keys, run }); // prettier-ignore
  const at = (): number =>
    rows.findIndex((row) => keyOf(row) === selection.getState().options[OPTION.change]);
  const step = (key: 'ArrowDown' | 'ArrowUp') => () => {
    const to = steppedTo(key, at(), rows.length);
    if (to !== null) chooseChange(rows[to]);
  };
  return [
    command('next', 'The next change', ['ArrowDown'], step('ArrowDown')),
    command('previous', 'The change before', ['ArrowUp'], step('ArrowUp')),
    command('open', 'The chosen change in the call tree, or on the map', ['Enter'], () => {
      const change = rows[at()];
      if (change !== undefined) openChange(change);
    }),
    command('close', 'Choose nothing', ['Escape'], () => {
      const { options } = selection.getState();
      if (options[OPTION.change] !== undefined) choose({ [OPTION.change]: null });
      else go({ function: null, call: null, module: null });
    }),
  ];
}

/** Where more is told of it. */
export function openChange({ function: id, path, line }: Change): void {
  if (id !== null) show('tree');
  else if (path !== null) showOnMap({ path, line });
}
