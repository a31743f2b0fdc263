/** What the browser measures by itself, each entry once, those of before this file began included. */
import { quietly } from './patch.ts';

// Taken now: programs put others into its place.
const { PerformanceObserver: Observer } = globalThis;
const observers: (() => void)[] = [];

/** Returns whether this browser measures it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what entries of the type hold
export function observe<Facts = object>(
  type: string,
  hear: (entry: PerformanceEntry & Facts) => void,
): boolean | undefined {
  return quietly(() => {
    if (!Observer.supportedEntryTypes.includes(type)) return false;
    const all = (entries: PerformanceEntryList): void =>
      entries.forEach((entry) => quietly(() => hear(entry as PerformanceEntry & Facts)));
    const observer = new Observer((list) => all(list.getEntries()));
    // Faster events are no interactions that are slow.
    observer.observe({ type, buffered: true, durationThreshold: 40 } as PerformanceObserverInit);
    observers.push(() => all(observer.takeRecords()));
    return true;
  });
}

/** What was measured and not told yet is told now: the page may go. */
export const tellMeasured = (): void => observers.forEach((tell) => tell());
