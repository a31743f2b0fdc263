/**
 * What a page's browser measured → how soon the page was there and how it answers: TTFB, FCP, LCP, CLS, INP, as web.dev/articles/vitals defines them. Pages tell
 * entries nearly as their browsers do; all else is here, and no page loads it. Pure.
 */

/** One `entry` note. Times are ms of the page's clock; what was 0 is not told. Without a type: how the page was seen when its probe began. */
export interface Measured {
  /** As `PerformanceEntry` has it; `visibilitychange` and `pageshow`: such an event, at `startTime`. */
  entryType?: string;
  name?: string;
  startTime?: number;
  duration?: number;
  /** When a page that was made ahead was shown first. */
  activationStart?: number;
  responseStart?: number;
  /** Inputs so far. */
  interactionCount?: number;
  interactionId?: number;
  processingStart?: number;
  processingEnd?: number;
  /** Of the farthest move of a window that is worse than all before it, and the sum of that window so far. */
  value?: number;
  sum?: number;
  url?: string;
  /** Paths of elements. */
  element?: string;
  target?: string;
  sources?: { node?: string };
  /** What this browser measures. */
  types?: readonly string[];
}

export interface Vital {
  /** 1 is the load, later ones come back from what the browser kept. */
  visit: number;
  name: 'TTFB' | 'FCP' | 'LCP' | 'CLS' | 'INP';
  /** ms, or a score */
  value: number;
  /** ms of the page's clock; NaN: nothing moved */
  at: number;
  element?: string | undefined;
  url?: string | undefined;
  /** Of INP: the event whose listeners took longest. */
  event?: string | undefined;
  /** CLS: the farthest move. INP, ms since the input: until its processing began, had ended, was seen. */
  parts?: readonly number[];
}

/** Of those that took longest, so many are candidates for INP; of so many inputs one is passed over. */
const SLOWEST = 10;
const INPUTS_EACH = 50;
/** ms: events that are answered within this time are answered by one picture, as durations are told in steps of 8. */
const SAME_PICTURE = 8;

const startOf = ({ startTime = 0 }: Measured): number => startTime;
const answeredAt = ({ startTime = 0, duration = 0 }: Measured): number => startTime + duration;

/** @param told all notes of a page, in any order */
export function vitalsOf(told: readonly Measured[]): Vital[] {
  const visits: Measured[][] = [[]];
  let since = 0;
  for (const each of told.toSorted((a, b) => startOf(a) - startOf(b))) {
    // One that comes back says so twice: at once, and when it is seen.
    if (each.entryType === 'pageshow' && startOf(each) > since) {
      since = startOf(each);
      visits.push([]);
    }
    visits.at(-1)!.push(each);
  }
  const areMovesTold = told.some(({ types }) => types?.includes('layout-shift'));
  return visits.flatMap((entries, index) => {
    const paints = index === 0 ? firstPaints(entries) : paintsAgain(entries);
    const cls = shiftOf(entries) ?? (areMovesTold && isPainted(entries) ? UNMOVED : undefined);
    return [...paints, cls, inputOf(entries)]
      .filter((each) => each !== undefined)
      .map((each) => ({ visit: index + 1, ...each }));
  });
}

type Figure = Omit<Vital, 'visit'>;
const UNMOVED: Figure = { name: 'CLS', value: 0, at: NaN };

const isFcp = ({ entryType, name }: Measured): boolean =>
  entryType === 'paint' && name === 'first-contentful-paint';
const isPainted = (entries: Measured[]): boolean =>
  entries.some((each) => isFcp(each) || (each.entryType === 'pageshow' && each.duration! > 0));

function firstPaints(entries: Measured[]): Figure[] {
  const activated = entries.reduce((most, { activationStart = 0 }) => Math.max(most, activationStart), 0);
  const hiddenAt = firstHidden(entries, activated);
  const since = (at: number): number => Math.max(0, at - activated);
  const seen = entries.filter((each) => startOf(each) < hiddenAt);
  const answered = entries.findLast((each) => each.entryType === 'navigation' && each.responseStart! > 0);
  const fcp = seen.find(isFcp);
  const lcp = seen.findLast(({ entryType }) => entryType === 'largest-contentful-paint');
  return [
    answered && {
      name: 'TTFB' as const,
      value: since(answered.responseStart!),
      at: answered.responseStart!,
    },
    fcp && { name: 'FCP' as const, value: since(startOf(fcp)), at: startOf(fcp) },
    lcp && {
      name: 'LCP' as const,
      value: since(startOf(lcp)),
      at: startOf(lcp),
      element: lcp.element,
      url: lcp.url,
    },
  ].filter((each) => each !== undefined);
}

/** What is painted while nobody sees the page is not counted, nor what comes after. Infinity: it was never hidden. */
function firstHidden(entries: Measured[], activated: number): number {
  const ofBrowser = entries.some(({ entryType }) => entryType === 'visibility-state');
  const hidden = entries.filter(
    ({ entryType, name }) =>
      name === 'hidden' &&
      (entryType === 'visibility-state' ||
        entryType === 'visibilitychange' ||
        // It may have been hidden since any time: then it was from the start, unless the browser knows better.
        (entryType === undefined && !ofBrowser)),
  );
  return hidden.map(startOf).find((at) => at >= activated) ?? Infinity;
}

/** Of a page that came back: the second frame after that. */
function paintsAgain(entries: Measured[]): Figure[] {
  const shown = entries.find(({ entryType, duration = 0 }) => entryType === 'pageshow' && duration > 0);
  if (shown === undefined) return [];
  const { duration: value = 0 } = shown;
  return (['FCP', 'LCP'] as const).map((name) => ({ name, value, at: startOf(shown) + value }));
}

function shiftOf(entries: Measured[]): Figure | undefined {
  const sums = entries.filter(({ entryType, sum = 0 }) => entryType === 'layout-shift' && sum > 0);
  if (sums.length === 0) return undefined;
  const worst = sums.reduce((most, each) => (each.sum! > most.sum! ? each : most));
  const { sum: value = 0, value: farthest = 0, sources } = worst;
  return { name: 'CLS', value, at: startOf(worst), element: sources?.node, parts: [farthest] };
}

function inputOf(entries: Measured[]): Figure | undefined {
  const inputs = new Map<number, Measured[]>();
  for (const each of entries) {
    const { interactionId: id = 0 } = each;
    if (id === 0) continue;
    const known = inputs.get(id);
    if (known === undefined) inputs.set(id, [each]);
    else known.push(each);
  }
  if (inputs.size === 0) return undefined;
  const slowest = [...inputs.values()]
    .map((events) => ({ events, slow: events.reduce(longer) }))
    .toSorted((a, b) => (b.slow.duration ?? 0) - (a.slow.duration ?? 0))
    .slice(0, SLOWEST);
  const passed = Math.floor(inputsIn(entries) / INPUTS_EACH);
  const { events, slow } = slowest[Math.min(slowest.length - 1, passed)];
  const { duration = 0, processingStart = 0, target } = slow;
  // Press, release and click are one, and mostly answered by one picture.
  const last = events
    .filter((each) => Math.abs(answeredAt(each) - answeredAt(slow)) <= SAME_PICTURE)
    .reduce((most, each) => (processed(each) > processed(most) ? each : most));
  const at = startOf(slow);
  const parts = [processingStart - at, (last.processingEnd ?? 0) - at, duration];
  return { name: 'INP', value: duration, at, element: target, event: last.name, parts };
}

const longer = (most: Measured, each: Measured): Measured =>
  (each.duration ?? 0) > (most.duration ?? 0) ? each : most;
const processed = ({ processingStart = 0, processingEnd = 0 }: Measured): number =>
  processingEnd - processingStart;

/** Inputs of the visit, quick ones included. */
function inputsIn(entries: Measured[]): number {
  const [first] = entries;
  const before = first?.entryType === 'pageshow' ? (first.interactionCount ?? 0) : 0;
  return entries.reduce((most, { interactionCount = 0 }) => Math.max(most, interactionCount), 0) - before;
}
