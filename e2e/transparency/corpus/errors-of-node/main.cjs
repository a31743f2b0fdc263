const cp = require('child_process'), vm = require('vm'), { Worker } = require('worker_threads');
function deep(n, f) { return n ? deep(n - 1, f) : f(); }
function say(f) { try { deep(12, f); } catch (e) { console.log(e.stack.split('\n').filter((l) => l.startsWith('    at')).length, e.stack); } }
const work = {
  file: () => cp.execFileSync('false'),
  sync: () => cp.execSync('exit 3'),
  spawnSync: () => cp.spawnSync(1),
  spawn: () => cp.spawn(''),
  exec: () => cp.exec(3),
  fork: () => cp.fork(5),
  compile: () => vm.compileFunction('a b', []),
  compileNothing: () => vm.compileFunction(5),
  script: () => new vm.Script('a b'),
  run: () => vm.runInThisContext('a b', '/tmp/x.js'),
  context: () => vm.createContext(5),
  worker: () => new Worker(5),
  workerPath: () => new Worker('x.js'),
  workerFlags: () => new Worker('x.js', { execArgv: [] }),
  missing: () => require('./nope'),
  missingPackage: () => require('nope'),
  text: () => Function.prototype.toString.call({}),
  limit: () => { Error.stackTraceLimit = 3; require('./nope'); },
  infinite: () => { Error.stackTraceLimit = Infinity; require('./nope'); },
};
for (const k in work) { console.log('##', k); say(work[k]); }
console.log(Error.stackTraceLimit);
Object.defineProperty(Error, 'stackTraceLimit', { value: 2, writable: false, configurable: true });
say(work.compile);
require('./neither.js');
