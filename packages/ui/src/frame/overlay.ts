/** What lies above the page: the palette, or the help; one at a time. */
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';

export interface Overlay {
  name: 'palette' | 'help';
  /** What the palette begins with. */
  text: string;
}

const store = createStore<{ above: Overlay | null }>(() => ({ above: null }));

export const overlay = (name: Overlay['name'], text = ''): void => store.setState({ above: { name, text } });

export const closeOverlay = (): void => store.setState({ above: null });

export const useOverlay = (): Overlay | null =>
  useSyncExternalStore(store.subscribe, () => store.getState().above);
