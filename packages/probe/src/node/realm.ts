/**
 * Makes the probes known to a realm as script-level constants (`const $imE = …`): visible to every script and module
 * there, no property of any object, and folded into the code that uses them, as V8 does with constants.
 */
import vm from 'node:vm';
import type { Probes as Recording } from '../core/index.ts';
import { patchArguments, patchLeaf, quietly } from './patch.ts';

// Taken now: programs delete globals.
const { apply } = Reflect;

/** What a realm gets: the recorder's probes, and `$imB`, with which every module begins: somebody must read this thread's ring. */
export type Probes = Recording & { b: () => void };

const KEYS = ['b', 'g', 'o', 'e', 'l', 'a', 'f', 'x', 's', 'd', 'r', 'm', 't', 'c', 'h', 'v', 'u'] as const;
/** Names of the constants: `$imB` … `$imU`. */
export const PROBE_NAMES: readonly string[] = KEYS.map((key) => `$im${key.toUpperCase()}`);

// The box carries the functions over without any property on the global object or the user's sandbox.
const options = { filename: 'intellimap:probes' };
const openBox = new vm.Script('const $imBox={};$imBox', options);
const declare = new vm.Script(
  `const ${KEYS.map((key, at) => `${PROBE_NAMES[at]}=$imBox.${key}`).join()}`,
  options,
);
// eslint-disable-next-line typescript/unbound-method -- called with Reflect.apply
const { runInContext, runInThisContext } = vm.Script.prototype;
const { createContext, isContext } = vm;

const run = (script: vm.Script, context: object | undefined): unknown =>
  context === undefined ? apply(runInThisContext, script, []) : apply(runInContext, script, [context]);

/** False when the realm has them already, or cannot have them. */
export function installIn(probes: Probes, context?: object): boolean {
  const box = quietly(() => run(openBox, context)) as Partial<Probes> | undefined;
  if (box === undefined) return false;
  Object.assign(box, ...KEYS.map((key) => ({ [key]: probes[key] })));
  const done = quietly(() => (run(declare, context), true)) ?? false;
  for (const key of KEYS) delete box[key];
  return done;
}

/** Every context made from now on gets the probes, however it is made. @param made told about each that got them. */
export function followContexts(probes: Probes, made: (context: object) => void): void {
  const install = (context: object): void => {
    if (installIn(probes, context)) made(context);
  };
  patchLeaf(vm, 'createContext', () => undefined, install as (context: unknown) => void);
  // `vm.runInNewContext` ends here, with a context of its own making.
  patchArguments(vm.Script.prototype, 'runInNewContext', (args) => withContext(args, install));
}

const isContextified = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && isContext(value);

/** Arguments of a `runInNewContext`: with the context that it is given, or one made here as Node would make it. */
function withContext(
  [sandbox, given, ...rest]: unknown[],
  install: (context: object) => void,
): unknown[] | undefined {
  if (isContextified(sandbox)) {
    install(sandbox as object);
    return undefined;
  }
  if (sandbox !== undefined && (typeof sandbox !== 'object' || sandbox === null)) return undefined;
  const from = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const contextOptions = {
    name: from['contextName'],
    origin: from['contextOrigin'],
    codeGeneration: from['contextCodeGeneration'],
    microtaskMode: from['microtaskMode'],
  };
  const defined = Object.entries(contextOptions).filter(([, value]) => value !== undefined);
  const context = createContext(sandbox ?? {}, Object.fromEntries(defined));
  install(context);
  return [context, given, ...rest];
}
