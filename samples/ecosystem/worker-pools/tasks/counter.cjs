const { workerData, isMainThread } = require('node:worker_threads');

const { shared, step } = workerData;
for (let i = 0; i < 1000; i += 1) Atomics.add(shared, 0, add(step));
process.exitCode = process.argv.at(-1) * 10;

function add(amount) {
  return isMainThread ? 0 : amount;
}
