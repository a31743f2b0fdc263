/** What goes on now: counters of what is being recorded, and word that runs came or ended, upon which questions are asked again. */
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import type { LiveEvent, LiveRun } from '../../../intellimap/src/serve/contract.ts';
import { type Answered, answers } from './ask.ts';

export interface Live {
  /** `lost`: the server is gone; it is tried again by itself. */
  connection: 'connecting' | 'there' | 'lost';
  runs: readonly LiveRun[];
}

export const live = createStore<Live>(() => ({ connection: 'connecting', runs: [] }));

export const useLive = (): Live => useSyncExternalStore(live.subscribe, live.getState);

/** The server looks once a second. */
const FIRST_MS = 1500;

/**
 * Listens until what it gives is called; not while nobody sees the page: browsers open six connections to a server at most, so that a handful
 * of tabs that listen would leave none to ask with.
 */
export function listenToLive(): () => void {
  let source: EventSource | null = null;
  const follow = (): void => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else source ??= listening();
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    source?.close();
  };
}

let hasListened = false;

function listening(): EventSource {
  const source = new EventSource('api/live', { withCredentials: true });
  source.addEventListener('open', () => {
    // Whoever was away does not know what was missed.
    if (hasListened) void missed();
    hasListened = true;
    live.setState({ connection: 'there' });
  });
  source.addEventListener('error', () => live.setState({ connection: 'lost' }));
  const begun = performance.now();
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as LiveEvent;
    // Who begins to listen is told that there are runs: no news to a page that has just asked for them.
    if (event.kind !== 'runs' || performance.now() - begun > FIRST_MS) hear(event);
  });
  return source;
}

/** All may have changed while the server was gone; while nobody looked, it is what runs there are. */
async function missed(): Promise<void> {
  if (live.getState().connection === 'lost') return await answers.invalidateQueries();
  const key = ['workspace', {}];
  const runs = (): string => JSON.stringify(answers.getQueryData<Answered<'workspace'>>(key)?.runs);
  const before = runs();
  await answers.refetchQueries({ queryKey: key });
  if (runs() !== before) hear({ kind: 'runs' });
}

export function hear(event: LiveEvent): void {
  if (event.kind === 'live') live.setState({ runs: event.runs });
  // Answers about the latest run, and lists of runs; a run that has ended says the same for ever.
  else void answers.invalidateQueries({ predicate: ({ queryKey }) => !isOfNamedRun(queryKey) });
}

const isOfNamedRun = ([, by]: readonly unknown[]): boolean =>
  typeof by === 'object' &&
  by !== null &&
  'run' in by &&
  !live.getState().runs.some(({ run }) => run === by.run);
