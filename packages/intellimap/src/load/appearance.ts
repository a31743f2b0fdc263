/** What the program sees of itself, as without us: traces, texts of functions, messages that quote the source, last words. */
import { resolve } from 'node:path';
import { runInContext } from 'node:vm';
import type { ProbeRegistry } from '@intellimap/probe/wire';
import { assertMessages } from './assert-messages.ts';
import type { CallSite } from './call-sites.ts';
import { fixFunctionTexts } from './function-text.ts';
import { createHookFrames } from './hook-frames.ts';
import { mirrored } from './mirror.ts';
import { isOwnFrame } from './node-scope.ts';
import { loadsOf, placeOf } from './places.ts';
import type { ModuleText } from './questions.ts';
import { scriptOfPath } from './script-name.ts';
import type { LoadSettings } from './settings.ts';
import { fixStackTraces } from './stack-traces.ts';
import type { Texts } from './texts.ts';
import type { Transformer } from './transformer.ts';
import { keepUncaughtBanner, type Place } from './uncaught-banner.ts';

export interface AppearanceParts {
  probe: ProbeRegistry;
  settings: LoadSettings;
  texts: Texts;
  quote: Transformer['quote'];
}

export interface Appearance {
  /** Told about each text before it runs, with the author's. */
  onInstrumented: (module: ModuleText, base: number, text: string) => void;
  /** Messages of `node:assert` from now on. */
  fixAsserts: () => void;
  /** Called again and again: the program may have put something in the place of ours. */
  renew: () => void;
  /** The program hooks Node's loader, too. */
  othersHook: () => void;
}

type Realm = [ErrorConstructor, FunctionConstructor];

/** Before the loader is hooked. */
export function keepAppearance({ probe, settings, texts, quote }: AppearanceParts): Appearance {
  const { moreFrames } = probe;
  const { has, place, line, original, holdsSites } = texts;
  const { othersHook, withoutHooks } = createHookFrames();
  const tops = new WeakMap<object, Place>();
  const formatting = (error: object, [top]: CallSite[]): void => {
    const found = top && placeIn(top);
    if (found && typeof error === 'object') tops.set(error, found);
  };
  const standsFor = (value: object): object | undefined => mirrored(value) ?? probe.originalOf(value);
  const keepRealm = (...[realmError, realmFunction]: Realm): (() => void) => {
    fixFunctionTexts(realmFunction, { original, standsFor, moreFrames });
    return fixStackTraces(realmError, { has, place, own: isOwnFrame, withoutHooks, formatting });
  };
  const renew = keepRealm(Error, Function);
  probe.watchContexts((context) => {
    const [realmError, realmFunction] = runInContext('[Error, Function]', context) as Realm;
    keepRealm(realmError, realmFunction);
  });
  let hasScripts = false;
  keepUncaughtBanner({
    hasScripts: () => hasScripts || isEvaluated(),
    line,
    column: (path, from, column) => place(path, from, column)?.column,
    holdsSites,
    thrownAt: (error) => thrownAt(probe, settings, error),
    topOf: (error) => tops.get(error),
  });
  const fixAsserts = assertMessages({ place, quote, moreFrames });
  return {
    onInstrumented({ path, format }, base, text) {
      renew();
      texts.note(path, base);
      hasScripts ||= format === 'vm';
      if (text.includes('assert')) fixAsserts();
    },
    fixAsserts,
    renew,
    othersHook,
  };
}

function placeIn(site: CallSite): Place | undefined {
  const script = site.getFileName();
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  return script && line && column ? { script, line, column: column - 1 } : undefined;
}

function thrownAt(probe: ProbeRegistry, { runDir, root }: LoadSettings, error: unknown): Place | undefined {
  const site = probe.thrownBy(error);
  const place = site === undefined ? undefined : placeOf(runDir, loadsOf(runDir, process.pid), site);
  return place && { ...place, script: scriptOfPath(resolve(root, place.path), place.format) };
}

/** `node --eval`, a program from stdin, or an evaluated worker. */
function isEvaluated(): boolean {
  const { _eval: text, argv } = process as NodeJS.Process & { _eval?: string };
  return typeof text === 'string' || [undefined, '-', '[worker eval]'].includes(argv[1]);
}
