const vm = require('node:vm');
function fail() {
  throw new RangeError('outside');
}
try {
  vm.runInNewContext('fail()', { fail });
} catch (e) {
  console.log(e.stack.split('\n').slice(1, 3).join('|'));
}
