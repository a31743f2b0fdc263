// A router small enough to read: the path is the state, the History API keeps it.

import { useSyncExternalStore } from 'react';

const MOVED = 'storefront:moved';

/** The path of the address bar, whoever changes it. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

export function navigate(path: string): void {
  history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
}

function subscribe(listener: () => void): () => void {
  const events = ['popstate', MOVED];
  for (const event of events) addEventListener(event, listener);
  return () => {
    for (const event of events) removeEventListener(event, listener);
  };
}
