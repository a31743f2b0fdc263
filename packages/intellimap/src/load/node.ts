/**
 * Instruments a Node process: wires the hosts to one `instrument`, in each thread. `preload.cts` requires it after the probe, which
 * left its registry on a global symbol; without a registry nothing happens at all.
 */
import * as nodeModule from 'node:module';
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import type { ProbeRegistry } from '@intellimap/probe/wire';
import { hookCommonJs } from './host-commonjs.ts';
import { registerOutermost, syncHooks } from './host-hooks.ts';
import type { CommonJsText } from './hook-steps.ts';
import { registerHooksThread } from './host-register.ts';
import { hookVm } from './host-vm.ts';
import { fixFunctionTexts } from './function-text.ts';
import { mirrored } from './mirror.ts';
import { createInstrument } from './instrument.ts';
import { openJournal } from './journal.ts';
import { ownFolders, scopeFor } from './node-scope.ts';
import type { Scope } from './scope.ts';
import { createRecall } from './recall.ts';
import { scriptOfPath } from './script-name.ts';
import { readSettings } from './settings.ts';
import { createSiteIds } from './site-ids.ts';
import { loadsOf, placeOf } from './places.ts';
import { fixStackTraces } from './stack-traces.ts';
import { createTexts } from './texts.ts';
import { keepUncaughtBanner } from './uncaught-banner.ts';

type TransformModule = typeof import('../transform/index.ts');

/** Node's own way to load a `.js` file, taken before a compiler of the program (esbuild-register) puts itself there. */
const nodesHandler = nodeModule.createRequire(import.meta.url).extensions['.js'];

const COVERAGE = 'V8 measures coverage here, in places of the text that runs: it must be that of the file';

const key = Symbol.for('intellimap.probe.1');
const registry = (globalThis as Record<symbol, unknown>)[key] as ProbeRegistry | undefined;
// Handed over: the program finds nothing of ours on its global object.
delete (globalThis as Record<symbol, unknown>)[key];

if (registry !== undefined && registry.disabled === undefined) {
  try {
    install(registry);
  } catch (error) {
    // The program wins; the run will show that nothing was instrumented here, and this line says why.
    process.emitWarning(`IntelliMap could not start in process ${process.pid}: ${(error as Error).message}`);
  }
}

function install(probe: ProbeRegistry): void {
  const settings = readSettings(probe.shared.runDir);
  const scope = scopeFor(settings);
  const own = ownFolders().map((folder) => folder + sep);
  startEarly(probe, scope);
  const writer = `${process.pid}-${threadId}`;
  const journal = openJournal(settings.runDir, writer);
  const leaveAlone = measuresCoverage() ? COVERAGE : undefined;
  const texts = createTexts(createRecall(settings, scope, loadTransform));
  const instrument = createInstrument({
    scope,
    journal,
    tier: settings.tier,
    siteIds: createSiteIds(probe.shared.siteCounter),
    loadTransform,
    leaveAlone,
    onInstrumented: texts.remember,
  });
  const handed = new Map<string, CommonJsText>();
  if ('registerHooks' in nodeModule) {
    const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
    registerOutermost(
      syncHooks({
        scope,
        journal,
        instrument,
        stripsTypes,
        commonJs: (path, text) => handed.set(path, text),
      }),
    );
  } else {
    registerHooksThread({
      settings,
      writer: `${writer}h`,
      siteCounter: probe.shared.siteCounter,
      leaveAlone,
    });
  }
  hookCommonJs(scope, instrument, handed);
  const fixes = {
    column: texts.column,
    own: (path: string) => own.some((folder) => path.startsWith(folder)),
  };
  const fixRealm = (realmError: ErrorConstructor, realmFunction: FunctionConstructor): void => {
    fixStackTraces(realmError, fixes);
    fixFunctionTexts(realmFunction, {
      original: texts.original,
      standsFor: (value) => mirrored(value) ?? probe.originalOf(value),
    });
  };
  fixRealm(Error, Function);
  const { runDir, root } = settings;
  keepUncaughtBanner({
    changed: texts.changed,
    column: texts.column,
    thrownAt(error) {
      const site = probe.thrownBy(error);
      const place = site === undefined ? undefined : placeOf(runDir, loadsOf(runDir, process.pid), site);
      return place && { ...place, script: scriptOfPath(resolve(root, place.path), place.format) };
    },
  });
  hookVm(instrument, fixRealm);
}

/** V8 tells offsets, which tools look up in the files on disk: `node --test` fails when they lie behind their ends. */
function measuresCoverage(): boolean {
  return (
    Boolean(process.env['NODE_V8_COVERAGE']) || process.execArgv.includes('--experimental-test-coverage')
  );
}

/**
 * The drain takes some 40 ms to start: when the program itself is recorded, it starts while Node still reads the program. So it does
 * in forked processes: test runners (vitest) kill theirs as soon as these have told their results.
 */
function startEarly(probe: ProbeRegistry, scope: Scope): void {
  const entry = process.argv[1];
  if (!isMainThread || entry === undefined) return;
  try {
    if (process.connected || scope.has(realpathSync(entry))) probe.start();
  } catch {
    // No such file: Node will say so.
  }
}

/**
 * The parser is a native module of some weight: it is loaded with the first file in scope, synchronously, because `require` is.
 * It requires parts of itself later on, with the first file of each language.
 */
function loadTransform(): TransformModule['transform'] {
  const require = nodeModule.createRequire(import.meta.url);
  const { transform } = unseen(require, () => require('../transform/index.js') as TransformModule);
  return (source, options) => unseen(require, () => transform(source, options));
}

/** What `action` brings into `require.cache` is taken out again: the program never asked for it, nor is it to compile it. */
function unseen<T>({ cache, extensions }: NodeJS.Require, action: () => T): T {
  const before = { ...cache };
  const handler = extensions['.js'];
  if (handler !== nodesHandler) extensions['.js'] = nodesHandler;
  try {
    return action();
  } finally {
    if (handler !== nodesHandler) extensions['.js'] = handler;
    for (const key of Object.keys(cache)) if (!(key in before)) delete cache[key];
  }
}
