/** Commands that are there on every screen. */
import type { Command } from '../commands/registry.ts';
import { SCREENS_THERE } from '../screens.ts';
import { copyChosen, isTextMarked } from '../state/chosen-text.ts';
import { openInEditor } from '../state/edit.ts';
import { copyPrompt } from '../state/prompt.ts';
import { go, selection } from '../state/selection.ts';
import { otherTheme } from '../state/theme.ts';
import { LEVELS } from '../state/url.ts';
import { copy } from '../text/copy.ts';
import type { Overlay } from './overlay.ts';

export const frameCommands = (open: (name: Overlay['name'], text?: string) => void): Command[] => [
  ...SCREENS_THERE.map(({ id, title, letter }) => ({
    id: `go.${id}`,
    title: `Go to ${title}`,
    group: 'Go',
    keys: [`g ${letter}`],
    run: () => go({ screen: id }),
  })),
  { id: 'go.back', title: 'Back', group: 'Go', keys: ['Alt+ArrowLeft'], run: () => history.back() },
  { id: 'go.forward', title: 'Forward', group: 'Go', keys: ['Alt+ArrowRight'], run: () => history.forward() },
  {
    id: 'palette.open',
    title: 'Search for anything',
    group: 'Search',
    keys: ['$mod+KeyK'],
    whileTyping: true,
    run: () => open('palette'),
  },
  {
    id: 'palette.slash',
    title: 'Search for anything',
    group: 'Search',
    keys: ['/'],
    run: () => open('palette'),
  },
  {
    id: 'palette.commands',
    title: 'All commands',
    group: 'Search',
    keys: ['$mod+Shift+KeyP'],
    run: () => open('palette', '>'),
  },
  {
    id: 'palette.errors',
    title: 'Search errors',
    group: 'Search',
    keys: ['#'],
    run: () => open('palette', '#'),
  },
  { id: 'palette.time', title: 'Go to a time', group: 'Search', run: () => open('palette', 't ') },
  { id: 'palette.runs', title: 'Choose another run', group: 'Search', run: () => open('palette', 'run ') },
  { id: 'help.keys', title: 'Keys', group: 'View', keys: ['?', 'Shift+?'], run: () => open('help') },
  { id: 'theme.other', title: 'Dark or light', group: 'View', keys: ['Alt+Shift+KeyT'], run: otherTheme },
  {
    id: 'selection.clear',
    title: 'Choose nothing',
    group: 'View',
    keys: ['Escape'],
    run: () => go({ function: null, call: null, module: null }),
  },
  {
    id: 'edit.open',
    title: 'Open in the editor',
    group: 'View',
    keys: ['o'],
    run: () => void openInEditor(),
  },
  {
    id: 'selection.copy',
    title: 'Copy what is chosen, as text',
    group: 'View',
    keys: ['$mod+KeyC'],
    isFor: () => !isTextMarked(),
    run: () => void copyChosen(),
  },
  {
    id: 'selection.prompt',
    title: 'Copy as prompt: what is chosen',
    group: 'View',
    run: () => void copyPrompt(),
  },
  {
    id: 'link.copy',
    title: 'Copy the link to this view',
    group: 'View',
    run: () => void copy(location.href, 'the link'),
  },
  ...LEVELS.map((level, at) => ({
    id: `level.${level}`,
    title: `Level: ${level}`,
    group: 'View',
    keys: [String(at + 1)],
    run: () => {
      if (selection.getState().level !== level) go({ level });
    },
  })),
];
