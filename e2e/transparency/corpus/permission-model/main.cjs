const { Worker } = require('node:worker_threads');
const fs = require('node:fs');
const tried = (what, action) => {
  try {
    action();
    console.log(what, 'allowed');
  } catch (error) {
    console.log(what, error.code, error.permission, error.message.split('\n')[0]);
  }
};
for (const scope of ['fs.read', 'fs.write', 'child', 'worker', 'addon']) console.log(scope, process.permission.has(scope));
tried('worker', () => new Worker('0', { eval: true }).unref());
tried('write', () => fs.writeFileSync(`${__dirname}/written`, ''));
tried('child', () => require('node:child_process').spawnSync(process.execPath, ['--version']));
console.log(require('./lib.cjs').twice(21));
process.on('exit', (code) => console.log('exit', code));
