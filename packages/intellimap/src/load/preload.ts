/**
 * Records a Node process: the probe first, then the loader. Built into one CommonJS file (scripts/bundle.mjs), which a `--require` runs (enter.ts).
 *
 * Not `--import`: with one of these, Node starts a CommonJS program out of its loader of ES modules, within a promise. Microtasks
 * then come before `process.nextTick`, stacks and the first async id differ, and an error that ends the program is quoted otherwise.
 */
import '@intellimap/probe/node';
import Module from 'node:module';
import { postponePreloads } from './late-preloads.ts';
import { isOwn } from './node-scope.ts';
import { installLoader } from './node.ts';

try {
  installLoader();
  postponePreloads();
} catch (error) {
  // The program wins; the run will show that nothing was instrumented here, and this line says why.
  process.emitWarning(`IntelliMap could not start in process ${process.pid}: ${(error as Error).message}`);
}

// The program finds what it asked for itself.
const { _cache: cache } = Module as unknown as { _cache: Record<string, unknown> };
for (const path of Object.keys(cache)) if (isOwn(path)) delete cache[path];

// Starting workers left ticks of ours: run now, or they would show as a frame in the stacks of the first microtasks.
// Where the function is deprecated (--pending-deprecation), it would say so.
const isPending = `${process.execArgv.join()} ${process.env['NODE_OPTIONS']} ${process.env['NODE_PENDING_DEPRECATION'] === '1' ? 'pending-deprecation' : ''}`;
if (!isPending.includes('pending-deprecation')) (process as { _tickCallback?: () => void })._tickCallback?.();
