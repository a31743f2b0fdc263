/** What the browser measures by itself, each entry once, those of before this file began included. */
import { quietly } from './patch.ts';

// Taken now: programs put others into its place.
const { PerformanceObserver: Observer } = globalThis;

/** @param asked gets whom to ask for what was not told yet, before the page goes. Returns whether this browser measures it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what entries of the type hold
export function observe<Facts = object>(
  type: string,
  hear: (entry: PerformanceEntry & Facts) => void,
  asked: (() => void)[],
  more?: PerformanceObserverInit,
): boolean | undefined {
  return quietly(() => {
    if (!Observer.supportedEntryTypes.includes(type)) return false;
    const all = (entries: PerformanceEntryList): void => {
      for (const entry of entries) quietly(() => hear(entry as PerformanceEntry & Facts));
    };
    const observer = new Observer((list) => all(list.getEntries()));
    observer.observe({ type, buffered: true, ...more });
    asked.push(() => all(observer.takeRecords()));
    return true;
  });
}
