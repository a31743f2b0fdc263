const v8 = require('node:v8');
const report = process.report.getReport();
console.log(
  report.header.event,
  report.javascriptStack.message,
  report.workers.length >= 0,
  report.header.commandLine.slice(1).map((a) => a.replace(/.*[/]/, '')),
);
console.log(
  typeof v8.getHeapStatistics().used_heap_size,
  v8.getHeapSnapshot().readableLength >= 0,
  v8.deserialize(v8.serialize({ a: 1n })),
);
const { PerformanceObserver, performance } = require('node:perf_hooks');
new PerformanceObserver((list, o) => {
  console.log(
    list
      .getEntries()
      .map((e) => e.name)
      .join(),
  );
  o.disconnect();
}).observe({ entryTypes: ['function', 'measure', 'mark'] });
const timed = performance.timerify(function timed(x) {
  return x;
});
timed(1);
performance.mark('m');
performance.measure('d', 'm');
console.log(
  performance
    .getEntries()
    .map((e) => e.name)
    .filter((n) => !/^(node|v8|bootstrap|loop|environment)/.test(n))
    .join(),
  timed.name,
  timed.length,
);
