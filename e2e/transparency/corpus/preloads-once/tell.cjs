const { isMainThread } = require('node:worker_threads');
// What a thread writes to `console` comes when the main thread has time.
require('node:fs').writeSync(1, `preload ${isMainThread}\n`);
