/** The frame: top bar, rail, the screen, status bar. */
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { type Command, useCommands } from '../commands/registry.ts';
import { listenToKeys } from '../commands/keys.ts';
import { SCREENS_THERE } from '../screens.ts';
import { go, useSelection } from '../state/selection.ts';
import { otherTheme } from '../state/theme.ts';
import type { ScreenId } from '../state/url.ts';
import './app.css';

const drawn = new Map<ScreenId, ComponentType>(SCREENS_THERE.map(({ id, load }) => [id, lazy(load)]));

const COMMANDS: readonly Command[] = [
  ...SCREENS_THERE.map(({ id, title, letter }) => ({
    id: `go.${id}`,
    title: `Go to ${title}`,
    group: 'Go',
    keys: [`g ${letter}`],
    run: () => go({ screen: id }),
  })),
  { id: 'theme.other', title: 'Dark or light', group: 'View', keys: ['Alt+Shift+KeyT'], run: otherTheme },
];

export function App() {
  const screen = useSelection((selection) => selection.screen);
  const Screen = drawn.get(screen) ?? drawn.get('home')!;
  useCommands(COMMANDS);
  useEffect(() => listenToKeys(window), []);
  return (
    <div className="app">
      <header className="top" />
      <nav className="rail" aria-label="Screens">
        {SCREENS_THERE.map(({ id, title, icon: Icon }) => (
          <button
            key={id}
            aria-current={id === screen ? 'page' : undefined}
            onClick={() => go({ screen: id })}
          >
            <Icon size={17} aria-hidden />
            {title}
          </button>
        ))}
      </nav>
      <main className="screen">
        <Suspense>
          <Screen />
        </Suspense>
      </main>
      <footer className="status" />
    </div>
  );
}
