/** Keys of the cinema (UI.md has the map): each is a command, so palette and help have them, too. */
import type { Command } from '../../commands/registry.ts';
import { choose, go, selection } from '../../state/selection.ts';
import { type Level, LEVELS } from '../../state/url.ts';
import type { Parts } from './parts.ts';

/** A share of what is in view; with Shift four times that. */
const PAN = 0.2;
const ZOOM = 0.7;
const MORE = 4;

export const LEVEL_TITLES: Readonly<Record<Level, string>> = {
  system: 'System',
  module: 'Module',
  function: 'Function',
  line: 'Line',
};

export interface CinemaDoors {
  /** Shows or hides the table of what is drawn. */
  table: () => void;
  escape: () => void;
}

export const cinemaCommands = (parts: Parts, doors: CinemaDoors): readonly Command[] =>
  [
    ...viewCommands(parts),
    ...playCommands(parts),
    ...stepCommands(parts),
    ...otherCommands(parts, doors),
  ].map(([id, title, keys, run]) => ({ id: `cinema.${id}`, title, group: 'Cinema', keys, run }));

type Line = [id: string, title: string, keys: string[], run: () => void];

function viewCommands({ moves }: Parts): Line[] {
  return [
    ['zoom-in', 'Zoom in', ['KeyW', 'Shift+KeyW'], () => moves.zoom(ZOOM)],
    ['zoom-out', 'Zoom out', ['KeyS', 'Shift+KeyS'], () => moves.zoom(1 / ZOOM)],
    ['earlier', 'Look earlier', ['KeyA'], () => moves.pan(-PAN)],
    ['later', 'Look later', ['KeyD'], () => moves.pan(PAN)],
    ['much-earlier', 'Look much earlier', ['Shift+KeyA'], () => moves.pan(-PAN * MORE)],
    ['much-later', 'Look much later', ['Shift+KeyD'], () => moves.pan(PAN * MORE)],
    ['fit', 'Fit the call', ['f'], () => void moves.fit()],
    ['whole', 'Show the whole run', ['0'], () => moves.jump(null)],
    ['window-back', 'Window before this one', ['z'], () => moves.back()],
    ...LEVELS.map((level, n): Line => [
      `level-${level}`,
      `Level: ${LEVEL_TITLES[level]}`,
      [String(n + 1)],
      () => moves.level(level),
    ]),
    ['deeper', 'One level in', ['Enter'], () => moves.deeper(1)],
    ['outer', 'One level out', ['Backspace'], () => moves.deeper(-1)],
  ];
}

function playCommands({ player }: Parts): Line[] {
  return [
    ['play', 'Play or pause', ['Space'], () => player.toggle()],
    ['reverse', 'Play backwards; again: faster', ['j'], () => player.play(-1)],
    ['stop', 'Stop', ['k'], () => player.stop()],
    ['forward', 'Play; again: faster', ['l'], () => player.play(1)],
    [
      'hot-path',
      'Play the hot path only, or everything',
      [],
      () => choose({ hot: selection.getState().options['hot'] === undefined ? '1' : null }),
    ],
    ['faster', 'Play faster', [], () => player.faster()],
    ['slower', 'Play slower', [], () => player.slower()],
    ['own-speed', 'Play at the speed that fits', [], () => player.setSpeed(null)],
  ];
}

function stepCommands({ moves, player }: Parts): Line[] {
  const step = (...by: Parameters<typeof moves.step>): void => {
    player.stop();
    void moves.step(...by);
  };
  return [
    ['next', 'Next event in this lane', ['ArrowRight'], () => step('next', 'event')],
    ['previous', 'Previous event in this lane', ['ArrowLeft'], () => step('previous', 'event')],
    ['next-sibling', 'Next call of the same caller', ['Shift+ArrowRight'], () => step('next', 'sibling')],
    [
      'previous-sibling',
      'Previous call of the same caller',
      ['Shift+ArrowLeft'],
      () => step('previous', 'sibling'),
    ],
    ['caller', 'To the caller', ['ArrowUp'], () => step('previous', 'parent')],
    ['first-call', 'To the first call made', ['ArrowDown'], () => step('next', 'child')],
    ['step', 'Step on in this task', ['.'], () => step('next', 'event', moves.taskScope())],
    ['step-back', 'Step back in this task', [','], () => step('previous', 'event', moves.taskScope())],
    [
      'next-call',
      'Next call of this function',
      ['>', 'Shift+>'],
      () => step('next', 'same-function', moves.functionScope()),
    ],
    [
      'previous-call',
      'Previous call of this function',
      ['<', 'Shift+<'],
      () => step('previous', 'same-function', moves.functionScope()),
    ],
    ['next-error', 'Next error', ['e'], () => step('next', 'error', {})],
    ['previous-error', 'Previous error', ['Shift+E'], () => step('previous', 'error', {})],
    ['next-write', 'Next write', [], () => step('next', 'state', {})],
    ['previous-write', 'Previous write', [], () => step('previous', 'state', {})],
    ['sender', 'Follow the message to its sender', ['['], () => moves.follow('from')],
    ['receiver', 'Follow the message to its receiver', [']'], () => moves.follow('to')],
  ];
}

function otherCommands({ moves }: Parts, { table, escape }: CinemaDoors): Line[] {
  return [
    ['bookmark', 'Set or take away a bookmark', ['b'], () => moves.bookmark()],
    ['next-bookmark', 'Next bookmark', ['Shift+B'], () => moves.nextBookmark()],
    ['table', 'Table of what is drawn', ['t'], table],
    ['map', 'Show this function on the map', [], () => go({ screen: 'map' })],
    [
      'clear',
      'Clear the selection',
      ['Escape'],
      () => {
        const { call, function: fn } = selection.getState();
        if (call === null && fn === null) escape();
        else go({ call: null, function: null });
      },
    ],
  ];
}
