/** Which screens there are: whatever leads to one that is not there is not shown. */
import type { ScreenId } from './url.ts';

const there = new Set<ScreenId>();

/** Told once, before anything is drawn. */
export const announce = (screens: Iterable<ScreenId>): void => {
  for (const screen of screens) there.add(screen);
};

export const isThere = (screen: ScreenId): boolean => there.has(screen);
