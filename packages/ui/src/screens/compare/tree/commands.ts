/** Keys of the tree. */
import type { RefObject } from 'react';
import type { Command } from '../../../commands/registry.ts';
import { choose, selection, toggle } from '../../../state/selection.ts';
import { OPTION } from '../options.ts';
import { paceOf } from './direction.ts';
import type { FlameDrawing } from './drawing.ts';
import { MEASURE_NAMES } from './figures.ts';
import { byOwnDifference, type Flame, pathsOf, type Step, stepFrom } from './flame.ts';

interface Has {
  flame: Flame;
  drawing: RefObject<FlameDrawing | null>;
  choose: (row: number) => void;
}

const ZOOM = 1.6;
const STEP_PX = 140;

export function treeCommands({ flame, drawing, choose: chooseRow }: Has): Command[] {
  const command = (id: string, title: string, keys: string[], run: () => void): Command => ({ id: `compare.tree.${id}`, title, group: 'Call tree of both runs', keys, run }); // prettier-ignore
  const walk = (step: Step, key: string): Command =>
    command(step, WORDS[step], [key], () => chooseRow(stepFrom(flame, chosenRow(flame), step)));
  return [
    walk('up', 'ArrowUp'),
    walk('down', 'ArrowDown'),
    walk('left', 'ArrowLeft'),
    walk('right', 'ArrowRight'),
    command('in', 'Look closer at the chosen path', ['Enter'], () => drawing.current?.goTo(chosenRow(flame))),
    command('out', 'To the caller, and look at it', ['Backspace'], () => {
      const above = flame.tree.parent[chosenRow(flame)] ?? -1;
      if (above >= 0) chooseRow(above);
      drawing.current?.goTo(above);
    }),
    command('whole', 'All of the tree', ['0'], () => drawing.current?.whole()),
    command('fit', 'Fit the chosen path', ['f'], () => drawing.current?.goTo(chosenRow(flame))),
    command('next', 'The next path that makes a difference of its own', ['e'], () => stepDifference(flame, chooseRow, 1)), // prettier-ignore
    command('previous', 'The one before', ['Shift+E'], () => stepDifference(flame, chooseRow, -1)),
    command('closer', 'Closer', ['KeyW', '='], () => drawing.current?.zoom(ZOOM)),
    command('farther', 'Farther', ['KeyS', '-'], () => drawing.current?.zoom(1 / ZOOM)),
    command('pan-left', 'To the left', ['KeyA'], () => drawing.current?.pan(-STEP_PX, 0)),
    command('pan-right', 'To the right', ['KeyD'], () => drawing.current?.pan(STEP_PX, 0)),
    command('table', 'As a table', ['t'], () => toggle(OPTION.form, 'table')),
    command('one', 'Functions of one run only', ['u'], () => toggle(OPTION.form, 'one')),
    command('measure', 'Another measure: work, latency, calls', ['v'], () => nextMeasure(flame)),
  ];
}

const WORDS: Readonly<Record<Step, string>> = {
  up: 'The caller',
  down: 'The heaviest callee',
  left: 'The path at the left',
  right: 'The path at the right',
};

/** -1: none. */
function chosenRow({ tree }: Flame): number {
  const { function: id, options } = selection.getState();
  return pathsOf(tree, id, options[OPTION.path]).chosen;
}

function stepDifference(flame: Flame, chooseRow: (row: number) => void, by: number): void {
  const rows = byOwnDifference(flame.tree, paceOf(flame.tree));
  const at = rows.indexOf(chosenRow(flame));
  const to = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by));
  if (rows.length > 0) chooseRow(rows[to]);
}

function nextMeasure({ tree: { measure, measures } }: Flame): void {
  const there = MEASURE_NAMES.filter((each) => measures.includes(each));
  if (there.length > 0) choose({ [OPTION.measure]: there[(there.indexOf(measure) + 1) % there.length] });
}
