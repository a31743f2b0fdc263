const { parentPort, workerData, resourceLimits, isMainThread } = require('node:worker_threads');
function describe() {
  process.env.SET_BY_WORKER = 'w';
  return {
    env: Object.keys(process.env)
      .filter((k) => !/^(PATH|HOME|LANG|NO_COLOR)/.test(k))
      .sort(),
    argv: process.argv.slice(2),
    execArgv: process.execArgv,
    workerData,
    limit: resourceLimits.maxOldGenerationSizeMb > 0 && resourceLimits.maxOldGenerationSizeMb < 100,
    isMainThread,
  };
}
parentPort.postMessage(describe());
