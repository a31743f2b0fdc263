module.exports = function inner() {
  Error.stackTraceLimit = 30;
  return new Error('x').stack;
};
