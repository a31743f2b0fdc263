if (!require('node:worker_threads').isMainThread) throw new Error('preload');
