/**
 * The `--require` that records a Node process: the probe first, then the loader.
 *
 * Not `--import`: with one of these, Node starts a CommonJS program out of its loader of ES modules, within a promise. Microtasks
 * then come before `process.nextTick`, stacks and the first async id differ, and an error that ends the program is quoted otherwise.
 */
const known = new Set(Object.keys(require.cache));
try {
  require('@intellimap/probe/node');
  require('./node.js');
} catch (error) {
  // `--no-experimental-require-module`: the program runs, and its end shows that nothing was recorded.
  const [reason] = (error as Error).message.split('\n');
  process.emitWarning(`IntelliMap could not start in process ${process.pid}: ${reason}`);
}
// The program finds what it asked for itself.
for (const key of Object.keys(require.cache)) if (!known.has(key)) delete require.cache[key];
delete require.cache[__filename];

// Starting the drain left ticks of ours: run now, or they would show as a frame in the stacks of the first microtasks.
// Where the function is deprecated (--pending-deprecation), it would say so.
const isPending = `${process.execArgv.join()} ${process.env['NODE_OPTIONS']} ${process.env['NODE_PENDING_DEPRECATION'] === '1' ? 'pending-deprecation' : ''}`;
if (!isPending.includes('pending-deprecation')) (process as { _tickCallback?: () => void })._tickCallback?.();
