const { Worker, isMainThread, threadId, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const w = new Worker(__filename);
  console.log('created', w.threadId);
  w.on('message', (m) => console.log('inside', m));
  w.on('exit', (c) => console.log(c, w.threadId));
} else {
  parentPort.postMessage(threadId);
}
