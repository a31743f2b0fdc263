const { parentPort, workerData } = require('node:worker_threads');

function odd(n) {
  return n % 2 === 1;
}

parentPort.postMessage(`${Array.from({ length: workerData }, (_, i) => odd(i)).filter(Boolean).length}:${process.execArgv.join()}`);
