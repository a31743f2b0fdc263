/**
 * Instruments a Node process: wires the hosts to one `instrument`, in each thread. The probe came before, and left its registry on
 * a global symbol; without a registry nothing happens at all.
 */
import Module from 'node:module';
import { realpathSync } from 'node:fs';
import workerThreads, {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  type Worker,
} from 'node:worker_threads';
import type { ProbeRegistry } from '@intellimap/probe/wire';
import { keepAppearance } from './appearance.ts';
import { coverageOfProcess, watchCoverage } from './coverage.ts';
import { hookCommonJs } from './host-commonjs.ts';
import { registerOutermost, syncHooks } from './host-hooks.ts';
import type { CommonJsText } from './hook-steps.ts';
import { registerHooksThread } from './host-register.ts';
import { hookVm } from './host-vm.ts';
import { createInstrument } from './instrument.ts';
import { openJournal } from './journal.ts';
import { scopeFor } from './node-scope.ts';
import { Bell, giveBackAll, openPost, postMemory } from './post.ts';
import type { Scope } from './scope.ts';
import { type LoadSettings, readSettings } from './settings.ts';
import { type TransformerData, transformerStarter } from './start-transformer.ts';
import { createTexts } from './texts.ts';
import { createTransformer } from './transformer.ts';

// Taken now: programs delete globals.
const { load: atomicLoad } = Atomics;

/** Before `module.registerHooks`, ES modules are seen in a thread of their own only. */
const hasHooksThread = !('registerHooks' in Module);

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
  const covered = coverageOfProcess();
  const { data, start } = transformerOfProcess(probe, settings, covered === undefined);
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
  const appearance = keepAppearance({ probe, settings, texts, quote: transformer.quote });
  if (hasHooksThread) watchAsserts(probe, data.memory, appearance.fixAsserts);
  const coverage = watchCoverage((reason) => probe.leaveCoverage(reason));
  const leaveAlone = (): string | undefined => covered ?? coverage();
  const { onInstrumented } = appearance;
  const instrument = createInstrument({ scope, journal, transformer, leaveAlone, onInstrumented });

  const { moreFrames } = probe;
  const handed = new Map<string, CommonJsText>();
  if (hasHooksThread)
    registerHooksThread({ transformer: data, thread: `${thread}h`, leaveAlone: covered }, (action) =>
      probe.apart(action),
    );
  else {
    const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
    const commonJs = (path: string, text: CommonJsText): void => void handed.set(path, text);
    const hooks = syncHooks({ scope, journal, instrument, stripsTypes, commonJs }, moreFrames);
    registerOutermost(hooks, appearance.othersHook);
  }
  hookCommonJs({ scope, instrument, handed, onFile: appearance.renew });
  hookVm({ instrument, moreFrames });
}

/** What the hooks thread instruments is not seen here until it runs. */
function watchAsserts(probe: ProbeRegistry, memory: SharedArrayBuffer, fix: () => void): void {
  const { bell } = openPost(memory);
  probe.watchModules(() => {
    if (atomicLoad(bell, Bell.ASSERTS) === 1) fix();
  });
}

/** The transformer is one for all threads; the main thread starts it, before others could ask. */
function transformerOfProcess(
  probe: ProbeRegistry,
  settings: LoadSettings,
  isNeeded: boolean,
): { data: TransformerData; start: () => void } {
  const { siteCounter } = probe.shared;
  const data = { memory: memoryOfPost(), settings, siteCounter };
  // The probe has put a stand-in in its place, which makes workers be recorded.
  const NativeWorker = (probe.originalOf(workerThreads.Worker) ?? workerThreads.Worker) as typeof Worker;
  const start =
    isNeeded && isMainThread
      ? transformerStarter(data, NativeWorker, (make) => probe.hidden(make))
      : () => {};
  probe.watchWorkers({ starting: start, ended: (tid) => giveBackAll(data.memory, tid) });
  return { data, start };
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
