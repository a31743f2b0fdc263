if (require('node:worker_threads').isMainThread) process.env.SET_BEFORE = 'set before';
