require('node:worker_threads').parentPort.postMessage(require('./module.cjs').name('last'));
