/**
 * What the browser measures by itself, nearly as it tells it: how soon the page was there, what it loaded, what took long, what moved. Whoever reads the recording
 * makes vitals of it: `wire/vitals.ts`.
 */
import { indexOf, slice } from '../core/intrinsics.ts';
import { pathOf } from './element-name.ts';
import { listen } from './natives.ts';
import { quietly } from './patch.ts';
import type { Teller } from './teller.ts';

/** What programs say themselves, or ask for. */
const NOT_TOLD = 'element mark measure';
/** What is told of an entry, and of what it holds, where it is there and not 0. */
const FIELDS =
  'entryType name startTime duration activationStart initiatorType responseStart responseEnd responseStatus encodedBodySize contentType blockingDuration renderStart scripts sourceURL sourceFunctionName invoker value sources node element url interactionId processingStart processingEnd target'.split(
    ' ',
  );
/** Where n of a type were told, those that took less than n >> MANY ms are passed over. */
const MANY = 8;
/** A window of moves ends after so many ms without any, or altogether. */
const MOVES_APART = 1000;
const MOVES_LONG = 5000;
const MAX_PATH = 80;

// Taken now: programs put others into their place.
const { PerformanceObserver: Observer, requestAnimationFrame: framed } = globalThis;

type Facts = Record<string, unknown>;
interface Entry extends PerformanceEntry {
  initiatorType?: string;
  hadRecentInput?: boolean;
  value?: number;
  processingStart?: number;
  interactionId?: number;
}

export function followMeasured(teller: Teller): void {
  const { note, atTake, number, shown, said } = teller;
  const { document, performance } = globalThis as {
    document?: Document;
    performance: Performance & { interactionCount?: number };
  };
  /** How many, by type. */
  const told: Record<string, number> = {};
  /** The window of moves at hand: its sum, when it began and went on, the farthest; and the sum of the worst window so far. */
  let sum = 0;
  let began = 0;
  let last = 0;
  let worst = 0;
  let farthest: Entry;

  /** Of elements their path, of a list what took longest in it. */
  const within = (value: Node | Entry[]): unknown =>
    quietly(() =>
      'nodeType' in value
        ? slice(said(pathOf(value)), -MAX_PATH)
        : facts(value.toSorted((a, b) => b.duration - a.duration)[0]),
    );
  const facts = (of: object): Facts => {
    const known: Facts = {};
    for (const field of FIELDS) {
      const value = (of as Facts)[field];
      if (value)
        known[field] =
          typeof value === 'object'
            ? within(value as Node)
            : typeof value === 'string' && indexOf(value, '://') > 0
              ? shown(value)
              : value;
    }
    return known;
  };
  const tell = (entry: object, more?: object): void =>
    note({
      t: 'entry',
      id: number(),
      interactionCount: performance.interactionCount,
      ...more,
      ...facts(entry),
    });
  const moved = (entry: Entry, value: number): void => {
    const { startTime } = entry;
    if (!sum || startTime - last >= MOVES_APART || startTime - began >= MOVES_LONG) {
      sum = 0;
      began = startTime;
      farthest = entry;
    }
    if (value > farthest.value!) farthest = entry;
    last = startTime;
    sum += value;
    if (sum > worst) tell(farthest, { sum: (worst = sum) });
  };
  const hear = (entry: Entry): void => {
    const { entryType, initiatorType, duration, value } = entry;
    const of = initiatorType ? teller.asked?.(entry as never) : undefined;
    if (of === undefined) {
      if (
        duration < told[entryType] >> MANY ||
        entry.hadRecentInput ||
        (entry.processingStart && !entry.interactionId)
      )
        return;
      if (value) return moved(entry, value);
      told[entryType] = (told[entryType] ?? 0) + 1;
    }
    tell(entry, { of });
  };
  const hearAll = (entries: PerformanceEntryList): void =>
    entries.forEach((entry) => quietly(() => hear(entry)));

  const observer = new Observer((list) => hearAll(list.getEntries()));
  const types = Observer.supportedEntryTypes.filter((type) => !NOT_TOLD.includes(type));
  for (const type of types)
    quietly(() =>
      // Events that are answered sooner are no interactions that are slow.
      observer.observe({ type, buffered: true, durationThreshold: 40 } as PerformanceObserverInit),
    );
  const flush = (): void => hearAll(observer.takeRecords());
  // The page may go.
  atTake(flush);
  if (!document) return;
  /** How the page is seen now. */
  const seenNow = ({ type, timeStamp }: Partial<Event>, duration?: number): void =>
    tell(
      {
        entryType: type,
        startTime: timeStamp,
        duration,
        name: document.visibilityState,
      },
      { types },
    );
  seenNow({});
  listen(globalThis, 'visibilitychange', (event) => {
    seenNow(event);
    // Of a page that was made ahead, it knows only now when it was shown.
    hearAll(performance.getEntriesByType('navigation'));
  });
  // What the browser kept is shown again: a visit of its own.
  listen(globalThis, 'pageshow', (event) => {
    if (!(event as PageTransitionEvent).persisted) return;
    flush();
    sum = worst = 0;
    seenNow(event);
    framed(() => framed(() => seenNow(event, performance.now() - event.timeStamp)));
  });
}
