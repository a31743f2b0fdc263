/** Keys and commands of the map. */
import { type RefObject, useMemo } from 'react';
import { type Command, useCommands } from '../../commands/registry.ts';
import { choose, selection, toggle } from '../../state/selection.ts';
import { chosenNow, clear, enter, goToLevel, hide, leave, nextMetric, onlyNeighbours, playSlowest, showAll, toLines, walk } from './actions.ts'; // prettier-ignore
import type { MapDrawing } from './drawing.ts';
import { OPTION } from './model/items.ts';
import type { MapModel } from './model/model.ts';
import type { OpenCard } from './model/open-card.ts';
import type { Direction } from './model/walk.ts';

const STEP_PX = 120;
const ZOOM = 1.35;

interface Has {
  model: MapModel;
  open: OpenCard | null;
  drawing: RefObject<MapDrawing | null>;
  /** null: there is no run to compare with. */
  compare: (() => void) | null;
}

export function useMapCommands({ model, open, drawing, compare }: Has): void {
  const commands = useMemo((): Command[] => {
    const command = (id: string, title: string, keys: string[], run: () => void): Command => ({ id: `map.${id}`, title, group: 'Map', keys, run }); // prettier-ignore
    const step = (direction: Direction, key: string): Command =>
      command(direction, `Choose what is ${WHERE[direction]}`, [key], () => {
        walk(model, open, direction);
        // The drawing is told of what was chosen when React has drawn.
        requestAnimationFrame(() => drawing.current?.reveal());
      });
    const pan = (dx: number, dy: number): void => drawing.current?.pan(dx * STEP_PX, dy * STEP_PX);
    return [
      command('system', 'Level: groups of files', ['1'], () => goToLevel(model, 'system')),
      command('module', 'Level: files', ['2'], () => goToLevel(model, 'module')),
      command('function', 'Level: functions of the chosen file', ['3'], () => goToLevel(model, 'function')),
      command('line', 'Lines of what is chosen', ['4'], () => toLines(model, chosenNow(model))),
      step('left', 'ArrowLeft'),
      step('right', 'ArrowRight'),
      step('up', 'ArrowUp'),
      step('down', 'ArrowDown'),
      command('in', 'One level in', ['Enter'], () => enter(model, chosenNow(model))),
      command('out', 'One level out', ['Backspace'], () => leave(model)),
      command('clear', 'Choose nothing, then show all', ['Escape'], clear),
      command('metric', 'Heat: the next metric', ['v'], () => nextMetric(model)),
      ...(compare === null ? [] : [command('compare', 'Compare with another run', ['c'], compare)]),
      command('play', 'Play the slowest call', ['p'], () => void playSlowest(model)),
      command('only', 'Only the neighbours', ['h'], () => onlyNeighbours(model)),
      command('hide', 'Hide the file', ['x'], () => hide(model)),
      command('all', 'Show all files', ['Shift+H'], showAll),
      command('table', 'As a table', ['t'], () => toggle(OPTION.view, 'table')),
      command('focus', 'Who calls it, and what it calls', ['n'], () => {
        if (selection.getState().function !== null) toggle(OPTION.view, 'focus');
      }),
      command('fit', 'Camera: what is chosen', ['f'], () => drawing.current?.fitChosen()),
      command('whole', 'Camera: the whole map', ['0'], () => drawing.current?.fit()),
      command('closer', 'Camera: closer', ['KeyW', '='], () => drawing.current?.zoom(ZOOM)),
      command('farther', 'Camera: farther', ['KeyS', '-'], () => drawing.current?.zoom(1 / ZOOM)),
      command('pan-left', 'Camera: left', ['KeyA'], () => pan(-1, 0)),
      command('pan-right', 'Camera: right', ['KeyD'], () => pan(1, 0)),
      command('weaker', 'Weaker edges, too', [], () => toggle(OPTION.weaker)),
      command('dots', 'Dots along the hot path', [], () => toggle(OPTION.dots)),
      command('inspector', 'Inspector', ['\\'], () => toggle('inspector', 'off')),
      command('find-none', 'Find nothing', [], () => choose({ [OPTION.find]: null })),
    ];
  }, [model, open, drawing, compare]);
  useCommands(commands);
}

const WHERE: Readonly<Record<Direction, string>> = {
  left: 'at the left',
  right: 'at the right',
  up: 'above',
  down: 'below',
};
