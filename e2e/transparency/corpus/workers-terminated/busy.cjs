const { parentPort, workerData } = require('node:worker_threads');
const Module = require('node:module');
parentPort.postMessage('ready');
// Each text is another one, so that none is known already.
for (let at = 0; ; at++) {
  const made = new Module(`${__dirname}/made-${workerData}-${at}.cjs`);
  made.filename = made.id;
  made._compile(`function f${at}() { return '${workerData}'; }\n`.repeat(50) + `f${at}();`, made.id);
}
