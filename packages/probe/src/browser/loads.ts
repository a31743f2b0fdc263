/**
 * What the browser did by itself: files that the page loaded, and tasks and frames that took long. What the program asked for with `fetch` or XMLHttpRequest
 * is told where it does so.
 */
import { observe, tellMeasured } from './observe.ts';
import type { Teller } from './teller.ts';

const ASKED_BY_PROGRAM = 'fetch xmlhttprequest eventsource';
const MAX_NAME = 120;

interface Load extends PerformanceResourceTiming {
  contentType?: string;
}
/** A task has neither of these. */
interface Frame extends PerformanceEntry {
  blockingDuration: number;
  renderStart: number;
  scripts?: { duration: number; sourceURL: string; sourceFunctionName: string; invoker: string }[];
}

const micros = (ms: number): number => Math.round(ms * 1000);

export function followLoads({ note, atTake, number, shown, said }: Teller): void {
  let isTold = false;
  const load = (entry: Load): void => {
    const { startTime, initiatorType, responseStart, responseEnd } = entry;
    // The page itself is told as soon as it is there, and again when it has loaded.
    const isPage = initiatorType === 'navigation';
    if (ASKED_BY_PROGRAM.includes(initiatorType) || (isPage && (isTold || !responseEnd))) return;
    isTold ||= isPage;
    // What is 0 is not told: of other origins.
    note({
      t: 'resource',
      id: number(),
      kind: initiatorType,
      method: 'GET',
      url: shown(entry.name),
      micros: micros(startTime),
      took: responseEnd && micros(responseEnd - startTime),
      ttfb: responseStart ? micros(responseStart - startTime) : undefined,
      status: entry.responseStatus || undefined,
      bytes: entry.encodedBodySize || undefined,
      type: entry.contentType,
    });
  };
  const long = (entry: Frame): void => {
    const { name, startTime, duration, scripts, renderStart } = entry;
    const script = scripts?.toSorted((a, b) => b.duration - a.duration)[0];
    const url = script?.sourceURL ?? '';
    const invoker = scripts ? (script?.invoker ?? '') : name;
    note({
      t: 'long',
      micros: micros(startTime),
      took: micros(duration),
      blocking: scripts && micros(entry.blockingDuration),
      render: renderStart && micros(startTime + duration - renderStart),
      url: shown(url),
      function: script?.sourceFunctionName,
      // Of a script as a whole it is the script's URL.
      invoker: invoker === url ? '' : said(invoker, MAX_NAME),
    });
  };
  observe<Load>('navigation', load);
  observe<Load>('resource', load);
  observe<Frame>('longtask', long);
  observe<Frame>('long-animation-frame', long);
  atTake(tellMeasured);
}
