// What handles an error is the first to look at it.
process.on('uncaughtException', (error) => {
  console.log('handled', Object.keys(error).join());
  Error.prepareStackTrace = (e, sites) => `late ${sites[0].getFunctionName()}`;
  console.log(error.stack);
  Error.prepareStackTrace = undefined;
});
const errors = {
  formatted() {
    Error.prepareStackTrace = (e) => (console.log('formatted', e.message), 'own format');
    throw new Error('one');
  },
  late() {
    Error.prepareStackTrace = undefined;
    throw new Error('two');
  },
  getter() {
    const error = new Error('three');
    Object.defineProperty(error, 'stack', { get: () => (console.log('stack is read'), 'own stack') });
    throw error;
  },
};
for (const name of Object.keys(errors)) setImmediate(errors[name]);
