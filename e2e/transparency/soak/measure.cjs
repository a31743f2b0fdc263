// Preloaded by the soak: on SIGUSR2 the process collects its garbage and writes what it holds to the file SOAK_MEASURES, a line of JSON.
'use strict';
const fs = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
const file = process.env.SOAK_MEASURES;
delete process.env.SOAK_MEASURES;

process.on('SIGUSR2', () => {
  for (let round = 0; round < 4; round += 1) collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles = {};
  for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
  const files = fs.readdirSync('/proc/self/fd').length;
  fs.appendFileSync(file, `${JSON.stringify({ heapUsed, external, rss, files, handles })}\n`);
});
