import { useEffect, useState } from 'react';

/** What a page waits for: nothing yet, the value, or why there is none. */
export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; message: string };

/**
 * Asks when the component appears and whenever `key` changes; what was asked before is called off.
 * @param key stands for all that `load` depends on
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal).then(
      (value) => setLoaded({ state: 'ready', value }),
      (error: Error) => {
        if (!controller.signal.aborted) setLoaded({ state: 'failed', message: error.message });
      },
    );
    return () => controller.abort();
    // `load` is a new function at each render.
  }, [key]);
  return loaded;
}
