/** How soon the page was there and how it answers: TTFB, FCP, LCP, CLS, INP, as web.dev/articles/vitals defines them. Each is told when it has changed, with the next batch. */
import type { Note } from '../wire/segment.ts';
import { listen } from './natives.ts';
import { observe } from './observe.ts';
import { createSelector } from './selector.ts';
import type { Teller } from './teller.ts';

// Taken now: programs put another into its place.
const { requestAnimationFrame: framed } = globalThis;

/** A window of moves ends after so many ms without any, or altogether. */
const MOVES_APART = 1000;
const MOVES_LONG = 5000;
/** Inputs that are kept; of so many, one is passed over. */
const SLOWEST = 10;
const INPUTS_EACH = 50;
/** ms: faster events are not told. */
const SLOW_EVENT = 40;

interface Move extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}
interface Largest extends PerformanceEntry {
  element: Element | null;
  url: string;
}
interface Input extends PerformanceEntry {
  interactionId: number;
  processingStart: number;
  processingEnd: number;
  target: Node | null;
}

export function followVitals({ note, atTake, shown, said }: Teller): void {
  const { document, performance } = globalThis as {
    document?: Document & { prerendering?: boolean };
    performance: Performance & { interactionCount?: number };
  };
  if (document === undefined) return;
  const nameOf = createSelector(said);
  const changed: Record<string, Note> = {};
  const asked: (() => void)[] = [];
  const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry &
    Record<string, number>)[];
  const activated = navigation?.['activationStart'] ?? 0;
  let visit = 1;
  let hiddenAt =
    performance
      .getEntriesByType('visibility-state')
      .find(({ name, startTime }) => name === 'hidden' && startTime >= activated)?.startTime ??
    (document.hidden && document.prerendering !== true ? 0 : Infinity);
  /** The window of moves at hand: its sum, and when it began and went on. */
  let [sum, began, last, worst] = [0, 0, 0, 0];
  let farthest: Move | undefined;
  let inputs: { id: number; entry: Input }[] = [];
  let inputsBefore = 0;
  const inputCount = (): number => performance.interactionCount ?? inputs.length;

  const tell = (name: string, value: number, at?: number, more?: object): void => {
    const micros = at !== undefined && { micros: Math.floor(at * 1000) };
    changed[name] = { t: 'vital', visit, name, value: Math.max(0, value), ...micros, ...more };
  };
  const painted = (name: string, { startTime }: PerformanceEntry, more?: object): void => {
    if (startTime < hiddenAt) tell(name, startTime - activated, startTime, more);
  };

  const start = navigation?.['responseStart'] ?? 0;
  if (start > 0) {
    const parts = ['fetchStart', 'domainLookupStart', 'connectStart', 'connectEnd', 'responseStart'];
    tell('TTFB', start - activated, start, { parts: parts.map((name) => navigation[name] - activated) });
  }
  const isMoved = observe<Move>(
    'layout-shift',
    (entry) => {
      const { hadRecentInput, value, startTime } = entry;
      if (hadRecentInput) return;
      if (sum === 0 || startTime - last >= MOVES_APART || startTime - began >= MOVES_LONG) {
        sum = 0;
        began = startTime;
        farthest = undefined;
      }
      sum += value;
      last = startTime;
      if (value > (farthest?.value ?? 0)) farthest = entry;
      if (sum <= worst) return;
      worst = sum;
      tell('CLS', worst, farthest!.startTime, {
        parts: [farthest!.value],
        element: nameOf(farthest!.sources[0]?.node ?? null),
      });
    },
    asked,
  );
  observe(
    'paint',
    (entry) => {
      if (entry.name !== 'first-contentful-paint') return;
      painted('FCP', entry);
      // Nothing has moved so far.
      if (isMoved && worst === 0) tell('CLS', 0);
    },
    asked,
  );
  observe<Largest>(
    'largest-contentful-paint',
    (entry) => {
      const { element, url } = entry;
      painted('LCP', entry, { element: nameOf(element), url: url ? shown(url) : undefined });
    },
    asked,
  );
  const input = (entry: Input): void => {
    const id = entry.interactionId;
    if (!id) return;
    const known = inputs.find((each) => each.id === id);
    if (known === undefined) inputs.push({ id, entry });
    // Of those that are answered by the same picture the last: a click comes after its pointers.
    else if (entry.duration >= known.entry.duration) known.entry = entry;
    inputs.sort((a, b) => b.entry.duration - a.entry.duration);
    inputs.length = Math.min(inputs.length, SLOWEST);
    const slow = Math.min(inputs.length - 1, Math.floor((inputCount() - inputsBefore) / INPUTS_EACH));
    const { startTime, duration, processingStart, processingEnd, name, target } = inputs[slow].entry;
    const parts = [processingStart, processingEnd, startTime + duration].map((at) => at - startTime);
    tell('INP', duration, startTime, { event: name, parts, element: nameOf(target) });
  };
  observe<Input>('event', input, asked, { durationThreshold: SLOW_EVENT } as PerformanceObserverInit);
  observe<Input>('first-input', input, asked);

  listen(
    globalThis,
    'visibilitychange',
    ({ timeStamp }) => {
      if (document.hidden) hiddenAt = Math.min(hiddenAt, timeStamp);
    },
    { capture: true },
  );
  // What the browser kept is shown again: a visit of its own.
  listen(
    globalThis,
    'pageshow',
    (event) => {
      if (!(event as PageTransitionEvent).persisted) return;
      tellChanged();
      const { timeStamp } = event;
      visit++;
      hiddenAt = Infinity;
      sum = worst = 0;
      inputsBefore = inputCount();
      inputs = [];
      framed(() =>
        framed(() => {
          const now = performance.now();
          for (const name of ['FCP', 'LCP']) tell(name, now - timeStamp, now);
          if (isMoved && worst === 0) tell('CLS', 0);
        }),
      );
    },
    { capture: true },
  );

  const tellChanged = (): void => {
    for (const ask of asked) ask();
    for (const name of Object.keys(changed)) {
      note(changed[name]);
      delete changed[name];
    }
  };
  atTake(tellChanged);
}
