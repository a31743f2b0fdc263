const isNodes = () => /^\s*function ErrorPrepareStackTrace/.test(String(Error.prepareStackTrace));
const names = (formatter) => [typeof formatter, formatter?.name, formatter?.length].join(' ');
console.log(isNodes(), names(Error.prepareStackTrace));
Error.prepareStackTrace = function mine(error, sites) {
  return `${error.message}: ${sites[0].getFunctionName()}`;
};
console.log(isNodes(), names(Error.prepareStackTrace));
console.log(`${Error.prepareStackTrace}`);
console.log(Function.prototype.toString.call(Error.prepareStackTrace));
(function named() {
  console.log(new Error('formatted').stack);
})();
