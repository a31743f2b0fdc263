/**
 * Begins to record this thread of a browser: a page, a frame, a worker. What a bundler's plugin makes of it is a module that every instrumented file
 * imports its probes from.
 */
import {
  createProbes,
  createRedaction,
  createFewSignatures,
  createErrorIds,
  createSigner,
  EVENT_CHANNEL,
  idleProbes,
  MAX_MESSAGE,
  noLook,
  type Probes as Recording,
  type Redaction,
  shownUrl,
  withFrames,
} from '../core/index.ts';
import { getPrototypeOf, uncurried } from '../core/intrinsics.ts';
import { PROBE_KEY } from '../wire/registry.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { followEvents } from './events.ts';
import { followFetch } from './fetch.ts';
import { listen, micros, microsLow, origin } from './natives.ts';
import { createNetwork } from './network.ts';
import { patch, quietly } from './patch.ts';
import { followSchedules } from './schedule.ts';
import { followSockets } from './sockets.ts';
import { createTurns } from './turns.ts';
import { belongToPage, followWorkers } from './workers.ts';
import { followXhr } from './xhr.ts';
import { createThread, type PageThread } from './page.ts';
import { tellOfPage } from './teller.ts';
import type { BrowserSettings } from './settings.ts';

export type { BrowserSettings } from './settings.ts';

/** `b`: a module begins whose sites are `count` from `base` on. */
export type BrowserProbes = Recording & { b: (base: number, count: number) => void };

const key = Symbol.for(PROBE_KEY);
type Started = Map<string, BrowserProbes>;

/** The probes of this thread: one recording for each build that runs here, however many copies of this file do. Never throws. */
export function start(settings: BrowserSettings): BrowserProbes {
  try {
    const all = ((globalThis as Record<symbol, unknown>)[key] ??= new Map()) as Started;
    const known = all.get(settings.build);
    if (known !== undefined) return known;
    const probes = record(settings);
    all.set(settings.build, probes);
    return probes;
  } catch {
    return { ...idleProbes, b: () => {} };
  }
}

function record(settings: BrowserSettings): BrowserProbes {
  const redaction = rememberingPlain(createRedaction({ key: settings.privacyKey }));
  const kind = kindOfThread();
  const thread = createThread(settings, redaction, {
    kind,
    url: shownUrl(globalThis.location.href, redaction),
    agent: globalThis.navigator.userAgent,
    origin,
  });
  const { ring } = thread;
  const errorIdOf = createErrorIds({
    // Nothing in a browser tells a proxy from what it stands for.
    isProxy: () => false,
    shown: (text) => redaction.shown(text, 'error', MAX_MESSAGE),
    idOf: createFewSignatures((id, name, message, causes) =>
      thread.note({ t: 'error', id, name, message, ...(causes.length > 0 && { causes }) }),
    ),
  });
  const sign = createSigner(errorIdOf);
  const recorder = createProbes(ring, { clock: microsLow, sign, isGenerator }, ring.full, thread.late);
  const { mark } = recorder;
  const turns = (thread.turns = createTurns(thread, ring, mark));
  quietly(() => patch(Function.prototype, 'toString', () => undefined));
  const teller = tellOfPage(thread, { mark, sign }, redaction);
  const network = createNetwork(teller, turns, thread.isOn, settings.propagate);
  quietly(() => followEvents(turns, teller.said));
  // Before others that follow messages: what a message says is recorded then.
  const isWorker = kind[0] === 'w';
  quietly(() => (isWorker ? belongToPage : followWorkers)(thread, settings.build));
  quietly(() => followSchedules(turns));
  for (const follow of [followFetch, followXhr, followSockets]) quietly(() => follow(network));
  // For `intellimap/events` of the page, which brings along what it does with these.
  (globalThis as Record<symbol, unknown>)[Symbol.for(EVENT_CHANNEL)] = [thread, mark, redaction, micros];
  followPage(thread);
  if (!isWorker) thread.begin();
  return {
    ...withFrames({ ...recorder, ...noLook }, turns),
    b: (base, count) => {
      thread.module(base, count);
      turns.module();
      mark(wordOf(Kind.TIME, 0), 0);
    },
  };
}

/** Texts in which nothing was secret, of so many characters. */
const MAX_PLAIN = 2000;
const MAX_LENGTH = 100;

/** Pages say the same again and again: what turned out to hold no secret is not looked at once more. */
function rememberingPlain(redaction: Redaction): Redaction {
  const { shown } = redaction;
  const plain = new Set<string>();
  redaction.shown = (text, ...how) => {
    if (plain.has(text)) return text;
    const answer = shown(text, ...how);
    if (answer === text && text.length < MAX_LENGTH && plain.size < MAX_PLAIN) plain.add(text);
    return answer;
  };
  return redaction;
}

function followPage(thread: PageThread): void {
  listen(globalThis, 'pagehide', (event) => thread.leave(!(event as PageTransitionEvent).persisted));
  listen(globalThis, 'visibilitychange', () => {
    if (globalThis.document.visibilityState === 'hidden') thread.flush();
  });
}

const generator = getPrototypeOf(getPrototypeOf((function* () {})())) as object;
const asyncGenerator = getPrototypeOf(getPrototypeOf((async function* () {})())) as object;
const isPrototypeOf = uncurried<(prototype: object, value: unknown) => boolean>(
  // oxlint-disable-next-line typescript/unbound-method -- bound to `call`
  Object.prototype.isPrototypeOf,
);

const isGenerator = (value: unknown): boolean =>
  isPrototypeOf(generator, value) || isPrototypeOf(asyncGenerator, value);

function kindOfThread(): string {
  // `DedicatedWorkerGlobalScope`, `SharedWorker…`, `ServiceWorker…`
  const scope = globalThis.constructor.name;
  if (typeof document === 'undefined')
    return `${scope[0] === 'D' ? 'web' : scope[1] === 'h' ? 'shared' : 'service'} worker`;
  return globalThis.parent === globalThis.self ? 'page' : 'frame';
}
