// Preloaded into the shop by the benchmark: tells its parent the CPU time of the whole process, all threads of the recorder included, when
// asked. The channel does not keep the process alive. Workers of the shop are preloaded, too, and have none.
'use strict';
if (process.channel) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ micros: user + system });
  });
  process.channel.unref();
}
