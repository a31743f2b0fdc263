/** The frame: top bar, rail, the screen, status bar, and what lies above them. */
import { useIsFetching } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect, useMemo } from 'react';
import { listenToKeys } from '../commands/keys.ts';
import { listenToLive } from '../api/live.ts';
import { useCommands } from '../commands/registry.ts';
import { Waiting } from '../parts/notice.tsx';
import { SCREENS_THERE } from '../screens.ts';
import { useSelection } from '../state/selection.ts';
import type { ScreenId } from '../state/url.ts';
import './app.css';
import { Boundary } from './boundary.tsx';
import { frameCommands } from './commands.ts';
import { closeOverlay, overlay, useOverlay } from './overlay.ts';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

const drawn = new Map<ScreenId, ComponentType>(SCREENS_THERE.map(({ id, load }) => [id, lazy(load)]));
/** Soon, but after what is looked at first. */
const PALETTE_MS = 300;
const loadPalette = () => import('./palette/index.tsx');
const Palette = lazy(loadPalette);
const Help = lazy(() => import('./help.tsx'));

export function App() {
  const screen = useSelection((selection) => selection.screen);
  const Screen = drawn.get(screen)!;
  const above = useOverlay();
  useCommands(useMemo(() => frameCommands(overlay), []));
  useEffect(() => listenToKeys(window), []);
  useEffect(() => listenToLive(), []);
  // What is typed after the key that opens it must find it there.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    document.title = `${SCREENS_THERE.find(({ id }) => id === screen)!.title} · IntelliMap`;
  }, [screen]);
  return (
    <div className="app">
      <TopBar />
      <Rail screen={screen} />
      <main className="screen" aria-label={screen}>
        <Progress />
        <Boundary key={screen}>
          <Suspense fallback={<Waiting>Loading …</Waiting>}>
            <Screen />
          </Suspense>
        </Boundary>
      </main>
      <StatusBar />
      <Toasts />
      <Suspense>
        {above?.name === 'palette' && <Palette start={above.text} onClose={closeOverlay} />}
        {above?.name === 'help' && <Help onClose={closeOverlay} />}
      </Suspense>
    </div>
  );
}

/** A thin line while something is asked that takes longer than a moment; what was there stays. */
const Progress = () => (useIsFetching() > 0 ? <div className="progress" aria-hidden /> : null);
