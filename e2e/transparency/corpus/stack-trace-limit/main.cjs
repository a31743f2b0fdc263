function deep(n) {
  return n === 0 ? new Error('x') : deep(n - 1);
}
const show = (e) =>
  console.log(
    String(e.stack).split('\n').length,
    String(e.stack)
      .split('\n')[1]
      ?.replace(/\(.*[/]/, '('),
  );
for (const limit of [0, 1, 3, 100, Infinity]) {
  Error.stackTraceLimit = limit;
  show(deep(20));
  console.log(Error.stackTraceLimit);
}
delete Error.stackTraceLimit;
show(deep(5));
console.log('stackTraceLimit' in Error);
Error.stackTraceLimit = 5;
const holder = {};
(function outer() {
  (function inner() {
    Error.captureStackTrace(holder, inner);
  })();
})();
show(holder);
require('./lib.cjs');
