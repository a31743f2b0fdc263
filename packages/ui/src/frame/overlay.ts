/** What lies above the page: the palette, or the help; one at a time. */
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';

export interface Overlay {
  name: 'palette' | 'help';
  /** What the palette begins with. */
  text: string;
}

const store = createStore<{ above: Overlay | null }>(() => ({ above: null }));

export function overlay(name: Overlay['name'], text = ''): void {
  if (name === 'palette' && store.getState().above === null) hold();
  store.setState({ above: { name, text } });
}

export function closeOverlay(): void {
  release();
  store.setState({ above: null });
}

export const useOverlay = (): Overlay | null =>
  useSyncExternalStore(store.subscribe, () => store.getState().above);

// What is typed between the key that opens the palette and its field being there is neither lost nor taken for commands.
let typed: string | null = null;

function hold(): void {
  typed = '';
  addEventListener('keydown', keep, { capture: true });
}

/** @returns what was typed meanwhile */
export function release(): string {
  const text = typed ?? '';
  typed = null;
  removeEventListener('keydown', keep, { capture: true });
  return text;
}

function keep(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || typed === null) return;
  if (event.key.length === 1) typed += event.key;
  else if (event.key === 'Backspace') typed = typed.slice(0, -1);
  else if (event.key === 'Escape') closeOverlay();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
