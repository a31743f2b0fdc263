/** What goes on now: counters of what is being recorded, and word that runs came or ended, upon which questions are asked again. */
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import type { LiveEvent, LiveRun } from '../../../intellimap/src/serve/contract.ts';
import { answers } from './ask.ts';

export interface Live {
  /** `lost`: the server is gone; it is tried again by itself. */
  connection: 'connecting' | 'there' | 'lost';
  runs: readonly LiveRun[];
}

export const live = createStore<Live>(() => ({ connection: 'connecting', runs: [] }));

export const useLive = (): Live => useSyncExternalStore(live.subscribe, live.getState);

/** Listens until what it gives is called. */
export function listenToLive(): () => void {
  const source = new EventSource('api/live', { withCredentials: true });
  source.onopen = () => {
    // Whoever was away does not know what was missed.
    if (live.getState().connection === 'lost') void answers.invalidateQueries();
    live.setState({ connection: 'there' });
  };
  source.onerror = () => live.setState({ connection: 'lost' });
  source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as LiveEvent);
  return () => source.close();
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
