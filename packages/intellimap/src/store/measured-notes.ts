/** What browsers measured: `entry` notes → vitals' entries, loads, what took long. Recordings are not to be trusted: a field may hold anything. Pure. */
import type { Measured, Note } from '@intellimap/probe/wire';
import type { LongNote } from './page-notes.ts';
import type { BegunResource, EndedResource } from './replay/resources.ts';
import { numberOf, textOf } from './thread-notes.ts';

const NUMBERS = [
  'startTime',
  'duration',
  'activationStart',
  'responseStart',
  'interactionCount',
  'interactionId',
  'processingStart',
  'processingEnd',
  'value',
  'sum',
] as const satisfies (keyof Measured)[];
const TEXTS = ['entryType', 'name', 'url', 'element', 'target'] as const satisfies (keyof Measured)[];

type Facts = Record<string, unknown>;
const factsOf = (value: unknown): Facts =>
  typeof value === 'object' && value !== null ? (value as Facts) : {};
/** ms → µs */
const micros = (ms: number): number => Math.round(ms * 1000);

export function measuredOf(note: Note): Measured {
  const told = note as Facts;
  const measured: Measured = {};
  for (const name of NUMBERS) {
    const value = numberOf(told[name]);
    if (Number.isFinite(value)) measured[name] = value;
  }
  for (const name of TEXTS) {
    const value = textOf(told[name]);
    if (value !== '') measured[name] = value;
  }
  const node = textOf(factsOf(told['sources'])['node']);
  if (node !== '') measured.sources = { node };
  if (Array.isArray(told['types'])) measured.types = told['types'].map(textOf);
  return measured;
}

/** µs of the machine's clock at which the page's was 0; NaN: not told. */
export function originOf(note: Note): number {
  const { micros: at, startTime } = note as Facts;
  return numberOf(at) - micros(numberOf(startTime ?? 0));
}

/** A file that the page loaded, or the page itself; `of`: or what came of the request of this number. */
export interface Load {
  of: number | undefined;
  begun: BegunResource;
  ended: EndedResource;
}

/** Told where the program asks. */
const ASKED_BY_PROGRAM = new Set(['fetch', 'xmlhttprequest', 'eventsource']);

/** Told with a body: `navigator.sendBeacon`, and `ping` of links. */
const POSTS = new Set(['beacon', 'ping']);

/** Undefined: it is none, or has not come yet. */
export function loadOf(note: Note): Load | undefined {
  const told = note as Facts;
  const [start, end] = [numberOf(told['startTime'] ?? 0), numberOf(told['responseEnd'] ?? 0)];
  const kind = textOf(told['initiatorType']);
  const begun = {
    id: numberOf(told['id']),
    kind,
    method: POSTS.has(kind) ? 'POST' : 'GET',
    url: textOf(told['name']),
    start: numberOf(told['micros']),
    trace: null,
    span: null,
  };
  if (kind === '' || Number.isNaN(begun.id + begun.start + start + end)) return undefined;
  if (kind === 'navigation' && end === 0) return undefined;
  const of = numberOf(told['of']);
  if (Number.isNaN(of) && ASKED_BY_PROGRAM.has(kind)) return undefined;
  // Of other origins the rest is not told.
  const since = (name: string): number => micros(numberOf(told[name]) - start);
  return {
    of: Number.isNaN(of) ? undefined : of,
    begun,
    ended: {
      took: since('responseEnd'),
      ttfb: since('responseStart'),
      status: numberOf(told['responseStatus']),
      // A request that was answered by nothing; of a load it may be that the browser had it already. One that broke off in its body has no status there.
      bytes: numberOf(
        told['encodedBodySize'] ?? (of > 0 && told['responseStart'] && told['responseStatus'] ? 0 : NaN),
      ),
      type: textOf(told['contentType']) || null,
      failure: null,
    },
  };
}

/** A long task, or a long animation frame with the script that took longest in it. Undefined: it is none. */
export function longOf(note: Note): LongNote | undefined {
  const told = note as Facts;
  const type = told['entryType'];
  const isFrame = type === 'long-animation-frame';
  if (!isFrame && type !== 'longtask') return undefined;
  const script = factsOf(told['scripts']);
  const [at, start] = [numberOf(told['micros']), numberOf(told['startTime'] ?? 0)];
  const took = numberOf(told['duration']);
  if (!Number.isFinite(at + start) || !(took >= 0)) return undefined;
  const url = textOf(script['sourceURL']);
  const invoker = textOf(isFrame ? script['invoker'] : told['name']);
  const render = numberOf(told['renderStart']);
  return {
    at,
    took: micros(took),
    blocking: isFrame ? micros(numberOf(told['blockingDuration'] ?? 0)) : NaN,
    render: micros(start + took - render),
    url,
    function: textOf(script['sourceFunctionName']),
    // Of a script as a whole it is the script's URL.
    invoker: invoker === url ? '' : invoker.slice(0, MAX_NAME),
  };
}

const MAX_NAME = 120;
