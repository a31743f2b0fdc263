// Preloaded into the shop by the benchmark: tells by file descriptor 3 the CPU time of the whole process, all threads of the recorder included, each
// time that it gets SIGUSR2. Not by a channel of Node's: with one, Node 20 loads its promise hooks, and the recorder then follows no callbacks.
// Workers of the shop are preloaded, too, and hear no signals.
'use strict';
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread)
  process.on('SIGUSR2', () => {
    const { user, system } = process.cpuUsage();
    writeSync(3, `${user + system}\n`);
  });
