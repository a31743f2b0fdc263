/** How soon the page was there and how it answers: TTFB, FCP, LCP, CLS, INP, as web.dev/articles/vitals defines them. Each is told when it has changed, with the next batch. */
import type { Note } from '../wire/segment.ts';
import { createSelector } from './element-name.ts';
import { listen } from './natives.ts';
import { observe, tellMeasured } from './observe.ts';
import type { Teller } from './teller.ts';

// Taken now: programs put another into its place.
const { requestAnimationFrame: framed } = globalThis;

/** A window of moves ends after so many ms without any, or altogether. */
const MOVES_APART = 1000;
const MOVES_LONG = 5000;
/** Inputs that are kept; of so many, one is passed over. */
const SLOWEST = 10;
const INPUTS_EACH = 50;
/** ms: durations are told in steps of 8. */
const SAME_PICTURE = 8;
const answeredAt = ({ startTime, duration }: PerformanceEntry): number => startTime + duration;

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
type Navigation = PerformanceEntry & { activationStart?: number; responseStart: number };

export function followVitals({ note, atTake, shown, said }: Teller): void {
  const { document, performance } = globalThis as {
    document?: Document & { prerendering?: boolean };
    performance: Performance & { interactionCount?: number };
  };
  if (!document) return;
  const nameOf = createSelector(said);
  let changed: Record<string, Note> = {};
  const [navigation] = performance.getEntriesByType('navigation') as Navigation[];
  const activated = (): number => navigation?.activationStart ?? 0;
  let visit = 1;
  let hiddenAt = document.prerendering
    ? Infinity
    : (performance
        .getEntriesByType('visibility-state')
        .find(({ name, startTime }) => name === 'hidden' && startTime >= activated())?.startTime ??
      (document.hidden ? 0 : Infinity));
  /** The window of moves at hand: its sum, and when it began and went on. */
  let sum = 0;
  let began = 0;
  let last = 0;
  let worst = 0;
  let farthest: Move | undefined;
  /** Of each its slowest event; and what took longest of those with the same picture: how long, until when, its name. */
  let inputs: { id: number; entry: Input; took: number; end: number; name: string }[] = [];
  let inputsBefore = 0;
  const inputCount = (): number => performance.interactionCount ?? 0;

  const tell = (name: string, value: number, at?: number, more?: object): void => {
    changed[name] = {
      t: 'vital',
      visit,
      name,
      value: Math.max(0, value),
      micros: at && Math.floor(at * 1000),
      ...more,
    };
  };
  const painted = (name: string, { startTime }: PerformanceEntry, more?: object): void => {
    if (startTime < hiddenAt) tell(name, startTime - activated(), startTime, more);
  };
  /** So far. */
  const unmoved = (): void => {
    if (isMoved && !worst) tell('CLS', 0);
  };

  if (navigation) tell('TTFB', navigation.responseStart - activated(), navigation.responseStart);
  const isMoved = observe<Move>('layout-shift', (entry) => {
    const { hadRecentInput, value, startTime } = entry;
    if (hadRecentInput) return;
    if (!sum || startTime - last >= MOVES_APART || startTime - began >= MOVES_LONG) {
      sum = 0;
      began = startTime;
      farthest = entry;
    }
    sum += value;
    last = startTime;
    if (value > farthest!.value) farthest = entry;
    if (sum > worst)
      tell('CLS', (worst = sum), farthest!.startTime, {
        parts: [farthest!.value],
        element: nameOf(farthest!.sources[0]?.node),
      });
  });
  observe('paint', (entry) => {
    if (entry.name[6] !== 'c') return;
    painted('FCP', entry);
    unmoved();
  });
  observe<Largest>('largest-contentful-paint', (entry) =>
    painted('LCP', entry, { element: nameOf(entry.element), url: entry.url && shown(entry.url) }),
  );
  const input = (entry: Input): void => {
    const { interactionId: id, processingStart, processingEnd } = entry;
    if (!id) return;
    let known = inputs.find((each) => each.id === id);
    if (!known) inputs.push((known = { id, entry, took: -1, end: 0, name: '' }));
    // Press, release and click are one, and mostly answered by one picture.
    const isApart = Math.abs(answeredAt(known.entry) - answeredAt(entry)) > SAME_PICTURE;
    const isLonger = entry.duration > known.entry.duration;
    if (isApart && !isLonger) return;
    if (isApart) known.took = -1;
    if (isLonger) known.entry = entry;
    const took = processingEnd - processingStart;
    if (took > known.took) Object.assign(known, { took, end: processingEnd, name: entry.name });
    inputs = inputs.toSorted((a, b) => b.entry.duration - a.entry.duration).slice(0, SLOWEST);
    const passed = Math.floor((inputCount() - inputsBefore) / INPUTS_EACH);
    const { entry: slow, end, name } = inputs[Math.min(inputs.length - 1, passed)];
    const { startTime, duration } = slow;
    tell('INP', duration, startTime, {
      event: name,
      parts: [slow.processingStart - startTime, end - startTime, duration],
      element: nameOf(slow.target),
    });
  };
  observe('event', input);
  observe('first-input', input);

  const tellChanged = (): void => {
    tellMeasured();
    const notes = changed;
    changed = {};
    for (const name in notes) note(notes[name]);
  };
  atTake(tellChanged);
  listen(globalThis, 'visibilitychange', ({ timeStamp }) => {
    if (document.hidden) hiddenAt = Math.min(hiddenAt, timeStamp);
  });
  // What the browser kept is shown again: a visit of its own.
  listen(globalThis, 'pageshow', (event) => {
    if (!(event as PageTransitionEvent).persisted) return;
    tellChanged();
    visit++;
    hiddenAt = Infinity;
    sum = worst = 0;
    inputsBefore = inputCount();
    inputs = [];
    framed(() =>
      framed(() => {
        const now = performance.now();
        for (const name of ['FCP', 'LCP']) tell(name, now - event.timeStamp, now);
        unmoved();
      }),
    );
  });
}
