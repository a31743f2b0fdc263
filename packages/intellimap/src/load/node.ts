/**
 * Instruments a Node process: wires the hosts to one `instrument`, in each thread. The probe came before, and left its registry on
 * a global symbol; without a registry nothing happens at all.
 */
import Module from 'node:module';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInContext } from 'node:vm';
import workerThreads, {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  type Worker,
} from 'node:worker_threads';
import type { ProbeRegistry } from '@intellimap/probe/wire';
import { assertMessages } from './assert-messages.ts';
import { hookCommonJs } from './host-commonjs.ts';
import { createHookFrames, type HookFrames } from './hook-frames.ts';
import { registerOutermost, syncHooks } from './host-hooks.ts';
import type { CommonJsText } from './hook-steps.ts';
import { registerHooksThread } from './host-register.ts';
import { hookVm } from './host-vm.ts';
import { fixFunctionTexts } from './function-text.ts';
import { mirrored } from './mirror.ts';
import { createInstrument, type Instrument } from './instrument.ts';
import { openJournal } from './journal.ts';
import { isOwn, scopeFor } from './node-scope.ts';
import { giveBackAll, postMemory } from './post.ts';
import type { Scope } from './scope.ts';
import { scriptOfPath } from './script-name.ts';
import { type LoadSettings, readSettings } from './settings.ts';
import { loadsOf, placeOf } from './places.ts';
import { fixStackTraces } from './stack-traces.ts';
import { type TransformerData, transformerStarter } from './start-transformer.ts';
import { createTexts, type Texts } from './texts.ts';
import { createTransformer } from './transformer.ts';
import { keepUncaughtBanner } from './uncaught-banner.ts';

// Taken now: programs delete globals.
const { load: atomicLoad } = Atomics;

/** Before `module.registerHooks`, ES modules are seen in a thread of their own only. */
const hasHooksThread = !('registerHooks' in Module);

const COVERAGE = 'V8 measures coverage here, in places of the text that runs: it must be that of the file';

const KEY = Symbol.for('intellimap.probe.1');
/** Name of the worker environment data: the memory of the process's post. */
const POST_KEY = 'intellimap.load.1';

/** Takes the probe's registry, so that the program finds nothing of ours on its global object. */
export function installLoader(): void {
  const holder = globalThis as Record<symbol, unknown>;
  const registry = holder[KEY] as ProbeRegistry | undefined;
  delete holder[KEY];
  if (registry !== undefined && registry.disabled === undefined) install(registry);
}

function install(probe: ProbeRegistry): void {
  const settings = readSettings(probe.shared.runDir);
  const scope = scopeFor(settings.root, settings.patterns);
  const thread = `${process.pid}-${probe.tid}`;
  const leaveAlone = measuresCoverage() ? COVERAGE : undefined;
  const { data, start } = transformerOfProcess(probe, settings, leaveAlone);
  startEarly(probe, scope, start);

  const transformer = createTransformer({ memory: data.memory, thread, tid: probe.tid, start });
  const sites = new Int32Array(data.siteCounter);
  const texts = createTexts({
    recall: transformer.recall,
    askLine: transformer.line,
    isForeign: (path) => hasHooksThread && scope.has(path),
    age: () => atomicLoad(sites, 0),
  });
  const journal = openJournal(settings.runDir, thread);
  const { moreFrames } = probe;
  const fixAsserts = assertMessages({
    column: texts.column,
    quote: transformer.quote,
    moreFrames,
  });
  // What the hooks thread instruments is not seen here.
  if (hasHooksThread) fixAsserts();
  const hookFrames = createHookFrames();
  const fixRealm = realmFixer(probe, texts, hookFrames.withoutHooks);
  const renew = fixRealm(Error, Function);
  const onInstrumented = (path: string, base: number, text: string): void => {
    renew();
    texts.note(path, base);
    if (text.includes('assert')) fixAsserts();
  };
  const instrument = createInstrument({ scope, journal, transformer, leaveAlone, onInstrumented });

  const handed = new Map<string, CommonJsText>();
  if (hasHooksThread) registerHooksThread({ transformer: data, thread: `${thread}h`, leaveAlone });
  else {
    const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
    const commonJs = (path: string, text: CommonJsText): void => void handed.set(path, text);
    const hooks = syncHooks({ scope, journal, instrument, stripsTypes, commonJs }, moreFrames);
    registerOutermost(hooks, hookFrames.othersHook);
  }
  hookCommonJs({ scope, instrument, handed, onFile: renew });
  let hasScripts = false;
  const ofScript: Instrument = (text, module) => {
    const probed = instrument(text, module);
    hasScripts ||= probed !== undefined;
    return probed;
  };
  hookVm({ instrument: ofScript, moreFrames });
  probe.watchContexts((context) => {
    const [realmError, realmFunction] = runInContext('[Error, Function]', context) as Realm;
    fixRealm(realmError, realmFunction);
  });
  keepBanner(probe, settings, texts, () => hasScripts || isEvaluated());
}

/** The transformer is one for all threads; the main thread starts it, before others could ask. */
function transformerOfProcess(
  probe: ProbeRegistry,
  settings: LoadSettings,
  leaveAlone: string | undefined,
): { data: TransformerData; start: () => void } {
  const { siteCounter } = probe.shared;
  const data = { memory: memoryOfPost(), settings, siteCounter };
  const isNeeded = isMainThread && leaveAlone === undefined;
  // The probe has put a stand-in in its place, which makes workers be recorded.
  const NativeWorker = (probe.originalOf(workerThreads.Worker) ?? workerThreads.Worker) as typeof Worker;
  const start = isNeeded
    ? transformerStarter(data, NativeWorker, (worker) => probe.hideWorker(worker))
    : () => {};
  probe.watchWorkers({ starting: start, ended: (tid) => giveBackAll(data.memory, tid) });
  return { data, start };
}

type Realm = [ErrorConstructor, FunctionConstructor];
type FixRealm = (...realm: Realm) => () => void;

const realmFixer =
  (probe: ProbeRegistry, { column, original }: Texts, withoutHooks: HookFrames['withoutHooks']): FixRealm =>
  (realmError, realmFunction) => {
    const standsFor = (value: object): object | undefined => mirrored(value) ?? probe.originalOf(value);
    fixFunctionTexts(realmFunction, { original, standsFor, moreFrames: probe.moreFrames });
    return fixStackTraces(realmError, { column, own: isOwn, withoutHooks });
  };

function keepBanner(
  probe: ProbeRegistry,
  { runDir, root }: LoadSettings,
  { line, column, holdsSites }: Texts,
  hasScripts: () => boolean,
): void {
  keepUncaughtBanner({
    hasScripts,
    line,
    column,
    holdsSites,
    thrownAt(error) {
      const site = probe.thrownBy(error);
      const place = site === undefined ? undefined : placeOf(runDir, loadsOf(runDir, process.pid), site);
      return place && { ...place, script: scriptOfPath(resolve(root, place.path), place.format) };
    },
  });
}

/** `node --eval`, a program from stdin, or an evaluated worker. */
function isEvaluated(): boolean {
  const { _eval: text, argv } = process as NodeJS.Process & { _eval?: string };
  return typeof text === 'string' || [undefined, '-', '[worker eval]'].includes(argv[1]);
}

/** V8 tells offsets, which tools look up in the files on disk: `node --test` fails when they lie behind their ends. */
function measuresCoverage(): boolean {
  return (
    Boolean(process.env['NODE_V8_COVERAGE']) || process.execArgv.includes('--experimental-test-coverage')
  );
}

/** The same in all threads of the process. */
function memoryOfPost(): SharedArrayBuffer {
  const known = isMainThread ? undefined : (getEnvironmentData(POST_KEY) as SharedArrayBuffer | undefined);
  if (known !== undefined) return known;
  const memory = postMemory();
  setEnvironmentData(POST_KEY, memory);
  return memory;
}

/**
 * Drain and transformer take some 40 ms to start: when the program itself is recorded, they start while Node still reads the program.
 * So does the drain in forked processes: test runners (vitest) kill theirs as soon as these have told their results.
 */
function startEarly(probe: ProbeRegistry, scope: Scope, startTransformer: () => void): void {
  const entry = process.argv[1];
  if (!isMainThread || entry === undefined) return;
  try {
    const isInScope = scope.has(realpathSync(entry));
    if (isInScope) startTransformer();
    if (isInScope || process.connected) probe.start();
  } catch {
    // No such file: Node will say so.
  }
}
