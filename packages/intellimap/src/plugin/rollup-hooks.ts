/** The hooks that Vite, Rollup and Rolldown share. */
import type { Instrumentation, Instrumented } from './instrumentation.ts';
import { PROBE_MODULE } from './instrumentation.ts';
import { moduleOf } from './ids.ts';

/** What of a hook's context is used. */
export interface HookContext {
  warn(message: string): void;
  getCombinedSourcemap?(): unknown;
  environment?: { config?: { consumer?: string } };
}

export interface TransformHook {
  order?: 'pre' | 'post';
  handler(this: HookContext, text: string, id: string, options?: { ssr?: boolean }): Instrumented | undefined;
}

/** What of Rollup's options is used: `external` as its documentation has it. */
export interface InputOptions {
  external?: unknown;
}

export interface SharedHooks {
  options: <Given extends InputOptions>(given: Given) => Given | null;
  resolveId: { order: 'pre'; handler(id: string): { id: string; moduleSideEffects: true } | undefined };
  load: (id: string) => { code: string; map: null; moduleSideEffects: true } | undefined;
  /** Null: as the bundler has it. */
  shouldTransformCachedModule: (module: { id: string; code: string }) => true | null;
  /** Of sources, before anybody compiles them: ids and places are those of the file. */
  sources: TransformHook;
  /** Of components, after their compilers. */
  components: TransformHook;
}

const RESOLVED = `\0${PROBE_MODULE}`;

/** @param instrumentation undefined: nothing is recorded @param hasEnforce the bundler sorts plugins, and has some that must come after ours */
export function sharedHooks(
  instrumentation: () => Instrumentation | undefined,
  hasEnforce: boolean,
): SharedHooks {
  // A page that leaves all that is instrumented out is recorded as well: what it asks for, what goes wrong.
  const moduleSideEffects = true as const;
  return {
    options: (given) =>
      given.external === undefined ? null : { ...given, external: butForProbe(given.external) },
    resolveId: {
      order: 'pre',
      handler: (id) => (id === PROBE_MODULE ? { id: RESOLVED, moduleSideEffects } : undefined),
    },
    load(id) {
      const code = id === RESOLVED ? instrumentation()?.probe() : undefined;
      return code === undefined ? undefined : { code, map: null, moduleSideEffects };
    },
    // Ids that a cache holds are those of the build that made it.
    shouldTransformCachedModule({ id, code }) {
      const module = moduleOf(id);
      const here = instrumentation();
      if (module === undefined) return null;
      const isStale = here?.has(module.file) ? !here.knows(module.file) : code.includes(PROBE_MODULE);
      return isStale || null;
    },
    sources: {
      order: 'pre',
      handler(text, id, options) {
        if (isServers(this, options)) return undefined;
        const module = moduleOf(id);
        return module?.kind === 'source' ? instrumentation()?.source(text, module.file) : undefined;
      },
    },
    components: {
      ...(!hasEnforce && { order: 'post' as const }),
      handler(text, id, options) {
        if (isServers(this, options)) return undefined;
        const module = moduleOf(id);
        const here = module?.kind === 'component' ? instrumentation() : undefined;
        if (here === undefined || module === undefined || !here.has(module.file)) return undefined;
        return here.component(text, module.file, mapOf(this));
      },
    },
  };
}

/** A library leaves out all that is no file of its own, by a rule that takes the probe for a package. */
function butForProbe(external: unknown): (id: string, ...rest: unknown[]) => boolean {
  const all = [external].flat();
  const fits = (each: unknown, id: string, rest: unknown[]): boolean => {
    if (typeof each === 'function') return Boolean(each(id, ...rest));
    // A search does not go on from where the last one was.
    return each instanceof RegExp ? id.search(each) >= 0 : each === id || each === true;
  };
  return (id, ...rest) => !id.includes(PROBE_MODULE) && all.some((each) => fits(each, id, rest));
}

/** Code of the server is recorded where it runs. */
export const isServers = ({ environment }: HookContext, options?: { ssr?: boolean }): boolean =>
  options?.ssr === true || environment?.config?.consumer === 'server';

/** Plain data: some give an object of their own, with a way to be written as JSON. */
function mapOf(
  context: HookContext,
): { version: 3; sources: string[]; names: string[]; mappings: string } | null {
  const map = context.getCombinedSourcemap?.();
  if (map === null || map === undefined) return null;
  return JSON.parse(typeof map === 'string' ? map : JSON.stringify(map)) as never;
}
