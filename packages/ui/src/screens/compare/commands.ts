/** Keys of Compare; those of its views are added by them. */
import type { Command } from '../../commands/registry.ts';
import { choose, lookAt, selection } from '../../state/selection.ts';
import { OPTION, type View, VIEWS, viewOf } from './options.ts';

/** @param now ids of the runs; null: not known (yet) */
export function commandsOf(now: string | null, before: string | null): Command[] {
  const command = (id: string, title: string, keys: string[], run: () => void): Command => ({ id: `compare.${id}`, title, group: 'Compare', keys, run }); // prettier-ignore
  return [
    command('next-view', 'The next view: changes, call tree, map', [']'], () => step(1)),
    command('previous-view', 'The view before', ['['], () => step(-1)),
    command('changes', 'View: changes', [], () => show('changes')),
    command('tree', 'View: call tree', [], () => show('tree')),
    command('map', 'View: map', [], () => show('map')),
    ...(now === null || before === null
      ? []
      : [command('swap', 'Swap the two runs', ['Shift+X'], () => swap(now, before))]),
  ];
}

export const show = (view: View): void => choose({ [OPTION.view]: view === 'changes' ? null : view });

export const swap = (now: string, before: string): void => lookAt(before, { against: now });

function step(by: number): void {
  const at = VIEWS.indexOf(viewOf(selection.getState().options));
  show(VIEWS[(at + by + VIEWS.length) % VIEWS.length]);
}
