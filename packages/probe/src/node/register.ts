/**
 * Entry that the loader's preload requires: records this thread when INTELLIMAP_RUN names a run folder, and does nothing otherwise.
 * Runs in every thread and child process of the program, before its code.
 *
 * `process` is the global here and in the whole folder: importing `node:process` runs the getters of its exports, which
 * opens stdin, stdout and stderr; so does `node:util`, but not `node:util/types`. Files of `wire` are imported one by one, without the codec: it costs 10 ms.
 */
import module from 'node:module';
import types from 'node:util/types';
import { getEnvironmentData, isMainThread, parentPort, setEnvironmentData } from 'node:worker_threads';
import {
  createEdgeRecorder,
  createLook,
  createNotes,
  createErrorIds,
  createPreview,
  createRecorder,
  createRedaction,
  createSigner,
  createSignatures,
  describe,
  idleProbes,
  MAX_MESSAGE,
  noLook,
  rememberRepeated,
  shownUrl,
  timeGates,
  withFrames,
  type Recorder,
  type RecorderHost,
  type Redaction,
} from '../core/index.ts';
import { PROBE_KEY, type ProbeRegistry, type ProbeShared, type WorkerWatch } from '../wire/registry.ts';
import { APART_MICROS, Control } from '../wire/ring.ts';
import { Kind, payloadOf, VERSION, wordOf } from '../wire/words.ts';
import { admitted, hasWorkingFolder, leave } from './admission.ts';
import { micros, microsLow } from './clock.ts';
import { CHILD, hideOwn, RUN, type OwnEnvironment } from './environment.ts';
import { watchEnding } from './exit.ts';
import { followChildren } from './follow-children.ts';
import { followCollections } from './collections.ts';
import { followEvents } from './follow-events.ts';
import { followKeeps } from './follow-keeps.ts';
import { Keeps } from './keeps.ts';
import { followWorkers } from './follow-workers.ts';
import { moreFrames, originalOf, patchArguments, quietly } from './patch.ts';
import { followContexts, installIn, type Probes } from './realm.ts';
import { followRequests } from './requests.ts';
import { followResources } from './resources.ts';
import { lendingRings, newRing, takeLent } from './ring-pool.ts';
import { secretVariables } from './secret-variables.ts';
import { share } from './shared.ts';
import { RecordedThread, threadName } from './thread.ts';
import { insideOf } from './inside.ts';
import { Turns } from './turns.ts';
import { V8Watch } from './v8.ts';
import { askBeforeEnding, listenForEnding } from './v8-ending.ts';
import { hideThreadIds, ThreadIds, tid } from './thread-ids.ts';

const key = Symbol.for(PROBE_KEY);
/** Worker environment data of a process that is not recorded: what is handed on to its children. */
const PASSED_BY = 'intellimap.passed.1';

/** Node's own thread for `module.register`: no Worker of the program, so nobody would see its end. */
const isHooksThread = !isMainThread && parentPort === null;

if (!(key in globalThis)) quietly(bootstrap);

function bootstrap(): void {
  const own = hideOwn(process.env);
  const passedBy = isMainThread ? own && refused(own) : getEnvironmentData(PASSED_BY);
  if (passedBy !== undefined) return passBy(passedBy as OwnEnvironment);
  const shared = isMainThread
    ? own && share(own)
    : (getEnvironmentData(PROBE_KEY) as ProbeShared | undefined);
  if (isHooksThread) {
    installIn({ ...idleProbes, b: () => {} });
    if (shared !== undefined) new ThreadIds(shared.threadIds).own(tid);
    return;
  }
  if (shared === undefined) return;
  record(shared);
}

/** What it was given, if this process finds no place, or no thread could start in it. */
function refused(own: OwnEnvironment): OwnEnvironment | undefined {
  const { variables } = own;
  const { pid, ppid } = process;
  if (!hasWorkingFolder(variables[RUN], pid, ppid)) return own;
  const limit = Number(variables['INTELLIMAP_PROCESSES'] ?? 0);
  return admitted(variables[RUN], pid, ppid, limit) ? undefined : own;
}

/** A process that is not recorded runs as without us. What it starts, in any of its threads, asks for a place of its own. */
function passBy(own: OwnEnvironment): void {
  if (isHooksThread) return;
  own.variables[CHILD] = 'yes';
  if (isMainThread) setEnvironmentData(PASSED_BY, own);
  quietly(() => followChildren(own, () => {}));
  quietly(() => followWorkers(own, []));
  quietly(() => module.syncBuiltinESMExports());
}

function isHandled(): boolean {
  return process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback();
}

/** Undefined: nothing of the kind is asked for. */
function watchV8(thread: RecordedThread): V8Watch | undefined {
  const { shared, ring } = thread;
  if (shared.v8 === undefined) return undefined;
  const isQuiet = (): boolean => ring.control[Control.QUIET] !== 0;
  return new V8Watch(shared, shared.v8, { tid, name: threadName(), isQuiet });
}

function lookOf(
  thread: RecordedThread,
  redaction: Redaction,
  value: Recorder['value'],
): Pick<Probes, 'v' | 'u'> {
  const { values } = thread.shared;
  if (values === undefined) return noLook;
  const { isProxy } = types;
  return createLook(thread.ring, {
    preview: createPreview({ isProxy, insideOf, redaction }),
    clock: microsLow,
    budget: values.budget,
    value,
    waitForRoom: (position) => thread.waitForValues(position),
  });
}

function recorderFor({ ring }: RecordedThread, host: RecorderHost): Recorder {
  return ring.edges === undefined ? createRecorder(ring, host) : createEdgeRecorder(ring, ring.edges, host);
}

/** Whether somebody reads what is recorded. */
function onOf(thread: RecordedThread): () => boolean {
  const { control } = thread.ring;
  return () => thread.isStarted && control[Control.QUIET] === 0;
}

function watchResources(
  thread: RecordedThread,
  turns: Turns,
  mark: Recorder['mark'],
  shown: (url: string) => string,
  tell: (json: string) => void,
): void {
  followResources({
    isOn: onOf(thread),
    mark,
    tell,
    shown,
    isProxy: types.isProxy,
    atEnd: (isDone, other) => turns.atEnd(isDone, other),
    withoutUndici: tellsItsEvents(process.env['NODE_DEBUG']),
  });
}

/** `NODE_DEBUG`: `undici`, `fetch`, or a pattern. */
function tellsItsEvents(debug = ''): boolean {
  return ['undici', 'fetch', 'websocket', '*'].some((name) => debug.toLowerCase().includes(name));
}

function record(shared: ProbeShared): void {
  const ids = new ThreadIds(shared.threadIds);
  const isProxy = types.isProxy;
  const variables = secretVariables(() => redaction.isSecretName, isProxy, [microsLow(), process.pid]);
  const redaction: Redaction = createRedaction({ ...shared.redaction, known: variables.known });
  const thread = new RecordedThread(shared, takeLent(tid) ?? newRing(shared), ids, redaction);
  const shownError = (text: string): string => redaction.shown(text, 'error', MAX_MESSAGE);
  const measured = quietly(() => watchV8(thread));
  const errorIdOf = createErrorIds({
    isProxy,
    shown: shownError,
    idOf: createSignatures((id, name, message, causes) =>
      thread.note({ t: 'error', id, name, message, ...(causes.length > 0 && { causes }) }),
    ),
  });
  const sign = createSigner(rememberRepeated(isProxy, errorIdOf));
  const { settle, lastThrown, mark, value, stalls, ...recording } = recorderFor(thread, {
    clock: microsLow,
    sign,
    waitForSpace: (consumed) => thread.waitForSpace(consumed),
    waitForReader: () => thread.waitForReader(),
    waits: shared.policy === 'wait',
    isGenerator: types.isGeneratorObject,
    checked: measured && (() => measured.look()),
  });
  thread.stalls = stalls;
  const stamp = (): void => mark(wordOf(Kind.TIME, 0), 0);
  const { control, gates } = thread.ring;
  // Until the drain says it.
  control[Control.STAMPS] = APART_MICROS;
  const siteCounter = new Int32Array(shared.siteCounter);
  let timedTo = 1;
  /** What is new tells when it is first called. */
  const timeNew = (): void => {
    if (shared.tier !== 'performance') return;
    timeGates(gates, timedTo, siteCounter[0], () => true);
    timedTo = siteCounter[0];
  };
  const turns = new Turns({
    mark,
    cursor: () => control[Control.CURSOR],
    count: (turns) => void (control[Control.TURNS] = turns),
  });
  if (shared.tier === 'performance' && shared.links) quietly(() => turns.watch());
  const moduleWatches: (() => void)[] = [];
  const begin = (): void => {
    variables.lookAgain();
    thread.start();
    turns.module();
    timeNew();
    stamp();
    measured?.began();
    for (let at = 0; at < moduleWatches.length; at += 1) moduleWatches[at]();
  };
  const looking = { ...recording, ...lookOf(thread, redaction, value) };
  const probes = { ...(turns.needsFrames ? withFrames(looking, turns) : looking), b: begin };

  const flush = (): boolean => {
    const done = thread.flush();
    return settle() ? thread.flush() : done;
  };
  const reportUncaught = (error: unknown, origin: string): void => {
    // Right behind the calls that it has left.
    stamp();
    turns.close();
    mark(wordOf(Kind.TIME, 1), 0);
    const { name, message } = describe(error, isProxy, shownError);
    // Reading it may run code of the program. Where nobody handles the error, Node is about to read it itself.
    const isRead = types.isNativeError(error) && !isProxy(error) && !isHandled();
    const stack = isRead ? String(error.stack) : '';
    thread.note({ t: 'uncaught', name, message, stack, origin, micros: micros(), error: sign(error) });
    flush();
  };

  const watches: WorkerWatch[] = [{ starting: () => thread.startDrain(), ended: (tid) => thread.gone(tid) }];
  const contextWatches: ((context: object) => void)[] = [];
  const hidden = new WeakSet();

  const registry: ProbeRegistry = {
    version: VERSION,
    shared,
    tid,
    get disabled() {
      return thread.disabled;
    },
    start: () => thread.start(),
    flush,
    installIn: (context) => installIn(probes, context),
    reportUncaught,
    note: (note) => thread.note(note),
    originalOf,
    moreFrames,
    watchModules: (watch) => void moduleWatches.push(watch),
    watchContexts: (watch) => void contextWatches.push(watch),
    watchWorkers: (watch) => void watches.push(watch),
    apart: (action) => ids.apart(action),
    hidden(make) {
      const worker = ids.making(make);
      hidden.add(worker);
      return worker;
    },
    leaveCoverage: (reason) => measured?.leaveCoverage(reason),
    thrownBy: (error) => {
      const last = lastThrown();
      return last.error !== 0 && last.error >>> 1 === sign(error) >>> 1 ? payloadOf(last.word) : undefined;
    },
  };
  Object.defineProperty(globalThis, key, { value: Object.freeze(registry), configurable: true });

  const isFlight = shared.flightBytes > 0;
  const keep = (reason: string): void => thread.note({ t: 'keep', reason });
  const keeps = new Keeps(isFlight, shared.keepSlower, keep);

  installIn(probes);
  const shown = (url: string): string => shownUrl(url, redaction);
  const tell = createNotes(thread.ring);
  const lookAtRequests = shared.requests
    ? quietly(() =>
        followRequests({
          mark,
          shown,
          claim: () => turns.claim(),
          ended: (name, took, status) => {
            keeps.ended(name, took, status);
            if (thread.wantsEnds) thread.note({ t: 'ended', kind: 'request', name, took, status });
          },
          // No message for each: posting and receiving one takes a tenth of what a small request takes.
          tell: (json) => {
            tell(json);
            thread.tallyAtTimes();
          },
        }),
      )
    : undefined;
  if (shared.resources) quietly(() => watchResources(thread, turns, mark, shown, tell));
  const tallyEvents = quietly(() => followEvents({ isOn: onOf(thread), mark, tell, isProxy, redaction }));
  if (isFlight) quietly(() => followKeeps(keep));
  const collections = shared.gc
    ? quietly(() => followCollections((pauses) => thread.note({ t: 'gc', pauses })))
    : undefined;
  quietly(() => followContexts(probes, (context) => contextWatches.forEach((watch) => watch(context))));
  quietly(() => followChildren(shared.environment, flush));
  // A forked process that has told its results may be killed at once, as test runners do: somebody must have read it by then.
  quietly(() => patchArguments(process, 'send', () => void (thread.isRead ? thread.hurry() : flush())));
  const { v8 } = shared;
  if (measured !== undefined && v8 !== undefined) {
    quietly(() => listenForEnding({ ...shared, v8 }, (isLast) => measured.ending(isLast)));
    quietly(() => askBeforeEnding({ ...shared, v8 }));
  }
  quietly(() =>
    followWorkers(
      shared.environment,
      watches,
      lendingRings(shared, () => thread.hasReader),
    ),
  );
  quietly(() => hideThreadIds(ids));
  quietly(() =>
    watchEnding({
      exit(last) {
        if (!thread.isClosed) {
          turns.close();
          stamp();
        }
        collections?.();
        tallyEvents?.();
        lookAtRequests?.();
        thread.tally();
        const code = Number(process.exitCode ?? 0);
        if (isFlight && !thread.isClosed) {
          if (code !== 0) keep(`exit code ${code}`);
          if (code !== 0 || keeps.end()) thread.heard();
        }
        flush();
        if (!last) return;
        measured?.end();
        // Only now: what leaves the scratch area with `settle` belongs before the end.
        thread.close();
        thread.flush();
        if (isMainThread) leave(shared.runDir, process.pid);
      },
      uncaught: reportUncaught,
      unhandled: (reason) => {
        if (!isFlight) return;
        const { name, message } = describe(reason, isProxy, shownError);
        keeps.keep('unhandled rejection', `unhandled rejection ${name}: ${message}`);
      },
      isOwnWorker: (worker) => thread.isDrain(worker) || hidden.has(worker as object),
      shownThread: (id) => ids.shown(id),
    }),
  );
  quietly(() => module.syncBuiltinESMExports());
}
