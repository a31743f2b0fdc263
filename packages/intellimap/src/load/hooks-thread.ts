/** Node 20's hooks thread: the same steps as everywhere, asynchronous because that is how Node asks there. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { threadId, Worker } from 'node:worker_threads';
import { loaded, resolution, type HookParts } from './hook-steps.ts';
import { createInstrument } from './instrument.ts';
import { openJournal } from './journal.ts';
import { takeWaiting } from './late-preloads.ts';
import { isOwn, scopeFor } from './node-scope.ts';
import { Bell, openPost } from './post.ts';
import { fixStackTraces } from './stack-traces.ts';
import { transformerStarter, type TransformerData } from './start-transformer.ts';
import { createTransformer } from './transformer.ts';

// Taken now: programs delete globals.
const { load: atomicLoad, store } = Atomics;

export interface HooksThreadData {
  transformer: TransformerData;
  /** Names this thread in the recording. */
  thread: string;
  leaveAlone: string | undefined;
  /** [0] = 1: the program registers hooks, too. */
  others: Int32Array;
}

let parts: HookParts | undefined;
/** Runs what the program preloads, once it registers hooks. */
let preload = (): void => {};

export const initialize: InitializeHook<HooksThreadData> = ({
  transformer: data,
  thread,
  leaveAlone,
  others,
}) => {
  // Registered again after a compiler: same thread, same parts.
  if (parts !== undefined) return;
  const runWaiting = takeWaiting();
  preload = () => {
    if (atomicLoad(others, 0) === 1) runWaiting();
  };
  // Errors of Node's loader are made here.
  fixStackTraces(Error, {
    has: () => false,
    place: () => undefined,
    own: isOwn,
    withoutHooks: (sites) => sites,
  });
  const { settings, memory } = data;
  const scope = scopeFor(settings.root, settings.patterns);
  const journal = openJournal(settings.runDir, thread);
  const { bell } = openPost(memory);
  const start = transformerStarter(data, Worker, (make) => make());
  const transformer = createTransformer({ memory, thread, tid: threadId, start });
  const instrument = createInstrument({
    scope,
    journal,
    transformer,
    leaveAlone: () => leaveAlone,
    onInstrumented: (_module, _base, text) => {
      if (text.includes('assert')) store(bell, Bell.ASSERTS, 1);
    },
  });
  parts = { scope, journal, instrument, stripsTypes: false };
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  // Hooks of the program are loaded through ours.
  preload();
  const answer = await next(specifier, context);
  if (parts) resolution(parts, specifier, context, answer.url);
  return answer;
};

export const load: LoadHook = async (url, context, next) => {
  const answer = await next(url, context);
  return parts ? loaded(parts, url, answer) : answer;
};
