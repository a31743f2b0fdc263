// The lower frames are Node's, which takes another way through them when there are hooks (docs/compatibility.md).
Error.stackTraceLimit = 1;
const made = new Error('made before');
const jobs = {
  arrow: () => queueMicrotask(() => { throw new Error('boom'); }),
  'after-timer': () => setTimeout(() => queueMicrotask(job)),
  'made-before': () => queueMicrotask(() => { throw made; }),
  'by-V8': () => queueMicrotask(() => { return null.missing; }),
  'no-error': () => queueMicrotask(() => { throw 5; }),
  'before-exit': () => process.on('beforeExit', job),
  'after-before-exit': () => process.once('uncaughtException', () => setTimeout(() => queueMicrotask(job))).once('beforeExit', job),
  callback: () => setTimeout(job),
};
function job() { if (made) throw new Error('boom'); }
jobs[process.argv[2]]();
