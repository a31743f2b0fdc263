/**
 * Node 20 runs what is preloaded (`--require`) once more in its hooks thread, when somebody first registers hooks. We do in every process: what the
 * program preloads waits there until the program registers hooks, too, as it would run then without us; in most it never does.
 */
import Module from 'node:module';
import type { Readable } from 'node:stream';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Name of the environment data of a hooks thread that starts for us alone. */
const ALONE = 'intellimap.hooks.1';
/** Where that thread's preload leaves for its hooks, which are another bundle, what waits. */
const WAITING = Symbol.for('intellimap.preloads.1');

const loader = Module as unknown as {
  prototype: { isPreloading: boolean };
  _preloadModules: (requests: string[]) => void;
};

/**
 * The hooks thread that `action` starts is there for us alone.
 * @returns called when it is not any more: what the program writes there is seen
 */
export function startAlone(action: () => void): () => void {
  setEnvironmentData(ALONE, true);
  try {
    return withoutOutput(action);
  } finally {
    setEnvironmentData(ALONE, undefined);
  }
}

/**
 * Node leads what a thread writes into the program's stdout, and whatever is led there makes an error of it end the process: `| head -1`
 * would. Warnings of Node, on stderr, are the program's.
 */
function withoutOutput(action: () => void): () => void {
  const { stdout } = process;
  let output: Readable | undefined;
  const keep = (source: Readable): void => void (output ??= source);
  stdout.on('pipe', keep);
  try {
    action();
  } finally {
    stdout.removeListener('pipe', keep);
  }
  output?.unpipe(stdout);
  return () => {
    output?.pipe(stdout);
    output = undefined;
  };
}

/** In a thread that is there for us alone, and before the program's preloads, as ours is the first of them. */
export function postponePreloads(): void {
  if (getEnvironmentData(ALONE) === undefined) return;
  const waiting: string[] = [];
  const property = Object.getOwnPropertyDescriptor(Module, '_load')!;
  const wait = (request: string): object => {
    waiting.push(request);
    return {};
  };
  // Gone when Node has asked for all of them: it is not to be on the stack of what loaders require.
  Object.defineProperty(Module, '_load', {
    configurable: true,
    get() {
      if (loader.prototype.isPreloading) return wait;
      Object.defineProperty(Module, '_load', property);
      return property.value as unknown;
    },
  });
  const run = (): void => {
    Object.defineProperty(Module, '_load', property);
    // As Node calls it: by itself.
    const { _preloadModules: preloadModules } = loader;
    preloadModules(waiting);
  };
  Object.defineProperty(globalThis, WAITING, { configurable: true, value: run });
}

/** Runs what waits, the first time that it is called. */
export function takeWaiting(): () => void {
  const holder = globalThis as Record<symbol, unknown>;
  let run = holder[WAITING] as (() => void) | undefined;
  delete holder[WAITING];
  return () => {
    const waiting = run;
    // These may register hooks themselves.
    run = undefined;
    waiting?.();
  };
}
