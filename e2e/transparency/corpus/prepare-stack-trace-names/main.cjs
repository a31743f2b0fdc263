const names = (e, sites) =>
  sites.map((s) => [s.getTypeName(), s.getFunctionName(), s.getMethodName(), s.toString().replace(/\(?\/.*/, '')].join(' | '));
Error.stackTraceLimit = 50;
Error.prepareStackTrace = names;
console.log(new Error('made in a module').stack);
require('./lib.cjs');
