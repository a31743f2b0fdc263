/**
 * The `--import` that instruments a Node process: wires the hosts to one `instrument`, in each thread. It runs after the
 * probe's own `--import`, which left its registry on a global symbol; without a registry nothing happens at all.
 */
import * as nodeModule from 'node:module';
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, threadId } from 'node:worker_threads';
import type { ProbeRegistry } from '@intellimap/probe/wire';
import { hookCommonJs } from './host-commonjs.ts';
import { syncHooks } from './host-hooks.ts';
import { registerHooksThread } from './host-register.ts';
import { hookVm } from './host-vm.ts';
import { fixFunctionTexts } from './function-text.ts';
import { mirrored } from './mirror.ts';
import { createInstrument } from './instrument.ts';
import { openJournal } from './journal.ts';
import { ownFolders, scopeFor } from './node-scope.ts';
import type { Scope } from './scope.ts';
import { createRecall } from './recall.ts';
import { readSettings } from './settings.ts';
import { createSiteIds } from './site-ids.ts';
import { loadsOf, placeOf } from './places.ts';
import { fixStackTraces } from './stack-traces.ts';
import { createTexts } from './texts.ts';
import { keepUncaughtBanner } from './uncaught-banner.ts';

type TransformModule = typeof import('../transform/index.ts');
type RegisterHooks = (hooks: ReturnType<typeof syncHooks>) => unknown;

const registry = (globalThis as Record<symbol, unknown>)[Symbol.for('intellimap.probe.1')] as
  | ProbeRegistry
  | undefined;

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
  const texts = createTexts(createRecall(settings, scope, loadTransform));
  const instrument = createInstrument({
    scope,
    journal,
    tier: settings.tier,
    siteIds: createSiteIds(probe.shared.siteCounter),
    loadTransform,
    onInstrumented: texts.remember,
  });
  const registerHooks = (nodeModule as { registerHooks?: RegisterHooks }).registerHooks;
  if (registerHooks !== undefined) {
    const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
    registerHooks(syncHooks({ scope, journal, instrument, stripsTypes }));
  } else {
    registerHooksThread({ settings, writer: `${writer}h`, siteCounter: probe.shared.siteCounter });
  }
  hookCommonJs(instrument);
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
    thrownAt(error) {
      const site = probe.thrownBy(error);
      const place = site === undefined ? undefined : placeOf(runDir, loadsOf(runDir, process.pid), site);
      return place && { ...place, script: scriptOf(resolve(root, place.path), place.format) };
    },
  });
  hookVm(instrument, fixRealm);
}

/** V8's name of a file. */
const scriptOf = (path: string, format: string): string =>
  format.startsWith('module') ? pathToFileURL(path).href : path;

/** The drain takes some 40 ms to start: when the program itself is recorded, it starts while Node still reads the program. */
function startEarly(probe: ProbeRegistry, scope: Scope): void {
  const entry = process.argv[1];
  if (!isMainThread || entry === undefined) return;
  try {
    if (scope.has(realpathSync(entry))) probe.start();
  } catch {
    // No such file: Node will say so.
  }
}

/**
 * The parser is a native module of some weight: it is loaded with the first file in scope, synchronously, because `require` is.
 * What it brings into `require.cache` is taken out again: the program never asked for it.
 */
function loadTransform(): TransformModule['transform'] {
  const require = nodeModule.createRequire(import.meta.url);
  const before = new Set(Object.keys(require.cache));
  const { transform } = require('../transform/index.js') as TransformModule;
  for (const key of Object.keys(require.cache)) if (!before.has(key)) delete require.cache[key];
  return transform;
}
