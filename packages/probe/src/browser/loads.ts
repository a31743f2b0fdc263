/**
 * What the browser did by itself: files that the page loaded, and tasks and frames that took long. What the program asked for with `fetch` or XMLHttpRequest
 * is told where it does so.
 */
import { slice } from '../core/intrinsics.ts';
import { observe } from './observe.ts';
import type { Teller } from './teller.ts';

const ASKED_BY_PROGRAM = ['fetch', 'xmlhttprequest', 'eventsource'];
const MAX_NAME = 120;

const micros = (ms: number): number => Math.round(ms * 1000);
/** µs from one time of an entry to another; undefined: that is 0, as of other origins. */
const between = (from: number, to: number): number | undefined => (to > 0 ? micros(to - from) : undefined);

export function followLoads({ note, atTake, number, shown, said }: Teller): void {
  const asked: (() => void)[] = [];
  const load = (entry: Load): void => {
    const { startTime, initiatorType: kind, contentType } = entry;
    if (ASKED_BY_PROGRAM.includes(kind)) return;
    note({
      t: 'resource',
      id: number(),
      kind,
      method: 'GET',
      url: shown(entry.name),
      micros: micros(startTime),
      took: between(startTime, entry.responseEnd) ?? 0,
      ttfb: between(startTime, entry.responseStart),
      status: entry.responseStatus || undefined,
      bytes: entry.encodedBodySize || undefined,
      type: contentType || undefined,
    });
  };
  const long = (entry: Frame): void => {
    const { name, startTime, duration, scripts, renderStart } = entry;
    const [script] = scripts?.toSorted((a, b) => b.duration - a.duration) ?? [];
    const url = script?.sourceURL;
    note({
      t: 'long',
      micros: micros(startTime),
      took: micros(duration),
      blocking: scripts && micros(entry.blockingDuration),
      render: renderStart && micros(startTime + duration - renderStart),
      url: url && shown(url),
      function: script?.sourceFunctionName,
      // Of a script as a whole it is the script's URL.
      invoker: said(
        slice(scripts ? (url && script.invoker !== url && script.invoker) || '' : name, 0, MAX_NAME),
      ),
    });
  };
  // Told as soon as it is there, and again when the page has loaded.
  let isTold = false;
  observe<Load>(
    'navigation',
    (entry) => {
      if (isTold || !entry.responseEnd) return;
      isTold = true;
      load(entry);
    },
    asked,
  );
  observe<Load>('resource', load, asked);
  observe<Frame>('longtask', long, asked);
  observe<Frame>('long-animation-frame', long, asked);
  atTake(() => {
    for (const ask of asked) ask();
  });
}

interface Load extends PerformanceResourceTiming {
  contentType?: string;
}

/** A task has neither of these. */
interface Frame extends PerformanceEntry {
  blockingDuration: number;
  renderStart?: number;
  scripts?: {
    duration: number;
    sourceURL: string;
    sourceFunctionName: string;
    invoker: string;
    invokerType: string;
  }[];
}
