/** Node 20's hooks thread: the same steps as everywhere, asynchronous because that is how Node asks there. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { loaded, resolution, type HookParts } from './hook-steps.ts';
import { createInstrument, isOnDisk } from './instrument.ts';
import { openJournal } from './journal.ts';
import type { LoadSettings } from './settings.ts';
import { createSiteIds } from './site-ids.ts';
import { scopeFor } from './node-scope.ts';
import { transform } from '../transform/index.ts';

export interface HooksThreadData {
  settings: LoadSettings;
  /** Names the journal of this thread. */
  writer: string;
  /** Int32Array[0] = next free site id of the process. */
  siteCounter: SharedArrayBuffer;
  leaveAlone: string | undefined;
}

let parts: HookParts | undefined;

export const initialize: InitializeHook<HooksThreadData> = ({
  settings,
  writer,
  siteCounter,
  leaveAlone,
}) => {
  // Registered again after a compiler: same thread, same parts.
  if (parts !== undefined) return;
  const scope = scopeFor(settings);
  const journal = openJournal(settings.runDir, writer);
  const siteIds = createSiteIds(siteCounter);
  const instrument = createInstrument({
    scope,
    journal,
    tier: settings.tier,
    siteIds,
    leaveAlone,
    loadTransform: () => transform,
    onInstrumented({ path, base, moves }, source) {
      if (!isOnDisk(path, source)) journal.keepMoves(base, moves);
    },
  });
  parts = { scope, journal, instrument, stripsTypes: false };
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const answer = await next(specifier, context);
  if (parts) resolution(parts, specifier, context, answer.url);
  return answer;
};

export const load: LoadHook = async (url, context, next) => {
  const answer = await next(url, context);
  return parts ? loaded(parts, url, answer) : answer;
};
