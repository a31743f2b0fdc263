const { Worker, isMainThread, workerData, parentPort } = require('node:worker_threads');
if (isMainThread)
  (async () => {
    const busy = new Worker(__filename, { workerData: 'spin' });
    await new Promise((r) => busy.once('message', r));
    console.log('terminated', await busy.terminate());
    const full = new Worker(__filename, {
      workerData: 'fill',
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    full.on('error', (e) => console.log(e.code, e.message));
    full.on('exit', (code) => console.log('exit', code));
  })();
else if (workerData === 'spin') {
  function spin() {
    for (;;) step();
  }
  let n = 0;
  function step() {
    n++;
  }
  parentPort.postMessage('ready');
  spin();
} else {
  const all = [];
  function fill() {
    return new Array(1000).fill({ n: all.length });
  }
  for (;;) all.push(fill());
}
