const workers = require('node:worker_threads');
const { once } = require('node:events');
const { Worker, isMainThread, threadId, parentPort, workerData } = workers;

/** One after the other: which of two that start at once begins a third one first is chance. */
async function main() {
  for (let round = 0; round < 3; round++) {
    const worker = new Worker(__filename, { workerData: { nested: round === 1 } });
    console.log('created', worker.threadId);
    worker.on('message', (inside) => console.log('inside', inside));
    const [code] = await once(worker, 'exit');
    console.log(code, worker.threadId);
  }
  if (typeof workers.postMessageToThread === 'function') await talk(workers.postMessageToThread);
}

async function talk(postMessageToThread) {
  const worker = new Worker(__filename, { workerData: { listens: true } });
  const answer = once(worker, 'message');
  await once(worker, 'online');
  process.once('workerMessage', (message, from) => console.log('main thread got', message, 'from', from));
  await once(process, 'workerMessage');
  await postMessageToThread(worker.threadId, 'hello');
  console.log(await answer, await worker.terminate());
}

if (isMainThread) main();
else if (workerData.listens) {
  process.on('workerMessage', (message, from) => parentPort.postMessage(`${message} from ${from}`));
  const stay = setInterval(() => {}, 1000);
  void stay;
  workers.postMessageToThread(0, `ready in ${threadId}`);
} else {
  parentPort.postMessage(threadId);
  import('node:worker_threads').then((module) => parentPort.postMessage(`imported ${module.threadId}`));
  if (workerData.nested) {
    const inner = new Worker(__filename, { workerData: {} });
    parentPort.postMessage(`created ${inner.threadId} in ${threadId}`);
    inner.on('message', (message) => parentPort.postMessage(`inner: ${message}`));
  }
}
