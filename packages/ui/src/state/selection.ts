/** What a person looks at: one selection for all screens, which is the URL, too. Every change of it is a step that Back undoes. */
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import { type Selection, selectionOf, urlOf } from './url.ts';

export const selection = createStore<Selection>(() => selectionOf(location.search));

/**
 * Changes what is looked at. `replace`: no step of its own in the history, for what changes many times a second (the playhead, a pan);
 * the step is the place where it comes to rest.
 */
export function go(change: Partial<Selection>, { replace = false } = {}): void {
  const next = { ...selection.getState(), ...change };
  const url = urlOf(next);
  if (url === urlOf(selection.getState())) return;
  selection.setState(next, true);
  if (replace) later(url);
  else settle(url);
}

/** The options of now with some of them changed; null takes one away. */
export const optionsWith = (changes: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...selection.getState().options, ...changes }).filter(
      (each): each is [string, string] => each[1] !== null,
    ),
  );

/** Options of one screen, e.g. the metric of the map's heat; null takes one away. */
export const choose = (options: Record<string, string | null>, how?: { replace?: boolean }): void =>
  go({ options: optionsWith(options) }, how);

/** An option on; off again where it is on. */
export const toggle = (name: string, value = '1'): void =>
  choose({ [name]: selection.getState().options[name] === value ? null : value });

/** Another run; null: the latest. Moments and calls are those of one run: they do not go with it. */
export const lookAt = (run: string | null, change: Partial<Selection> = {}): void =>
  go({ ...change, run, t: null, window: null, call: null });

/** The part of the selection that a component needs; it is drawn anew when that part changes. */
export const useSelection = <T>(pick: (selection: Selection) => T): T =>
  useSyncExternalStore(selection.subscribe, () => pick(selection.getState()));

addEventListener('popstate', () => {
  forget();
  selection.setState(selectionOf(location.search), true);
});

// Browsers refuse more than some hundred changes of the URL in half a minute.
const REST_MS = 250;
let waiting: { url: string; timer: ReturnType<typeof setTimeout> } | null = null;

function later(url: string): void {
  forget();
  waiting = {
    url,
    timer: setTimeout(() => {
      waiting = null;
      history.replaceState(null, '', url);
    }, REST_MS),
  };
}

/** The place that was left is where the playhead stood, not where it began to move. */
function settle(url: string): void {
  if (waiting !== null) history.replaceState(null, '', waiting.url);
  forget();
  history.pushState(null, '', url);
}

function forget(): void {
  if (waiting !== null) clearTimeout(waiting.timer);
  waiting = null;
}
